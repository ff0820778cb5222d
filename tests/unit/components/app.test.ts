import { expect, test } from "vitest";
import { declare } from "../../../cli/declared/declare.ts";
import { App, type AppArgs } from "../../../components/app/app.ts";

const app: AppArgs = {
  displayName: "Main app",
  description: "Booking",
  kind: "web",
  url: "https://app.example",
  path: "",
  login: "everyone",
  policy: { orgTypes: ["customer"], orgRequires: {}, individuals: "allow", stageClaim: "on", mfa: "off" },
  grants: { service: { audience: "https://api.example/", scopes: ["read:b", "read:a"] } },
  guard: { protect: true, retain: true },
};

const declared = async (change: Partial<AppArgs> = {}) => {
  const all = await declare(() => new App("main", { ...app, ...change }));
  const inputs = (type: string) => all.find((one) => one.type.endsWith(`:${type}`))?.inputs;
  return { all, client: inputs("Client"), credentials: inputs("ClientCredentials"), grant: inputs("ClientGrant") };
};

const client = {
  name: "Main app",
  description: "Booking",
  appType: "regular_web",
  isFirstParty: true,
  oidcConformant: true,
  grantTypes: ["authorization_code", "refresh_token"],
  callbacks: ["https://app.example/callback"],
  allowedLogoutUrls: ["https://app.example"],
  initiateLoginUri: "https://app.example/login",
  organizationUsage: "allow",
  organizationRequireBehavior: "post_login_prompt",
  jwtConfiguration: { alg: "RS256", lifetimeInSeconds: 3_600 },
  refreshToken: {
    rotationType: "rotating",
    expirationType: "expiring",
    leeway: 0,
    tokenLifetime: 2_592_000,
    idleTokenLifetime: 259_200,
    infiniteTokenLifetime: false,
    infiniteIdleTokenLifetime: false,
  },
  clientMetadata: {
    policy_version: "2",
    org_types: "customer",
    org_requires: "none",
    individuals: "allow",
    stage_claim: "on",
    mfa: "off",
    app: "main",
  },
};

test("an app on a server has exact URLs, rotating tokens, a secret, and a grant for a person's tokens", async () => {
  const { client: inputs, credentials, grant, all } = await declared();
  expect(inputs).toEqual(client);
  expect(credentials).toEqual({ clientId: "main-client", authenticationMethod: "client_secret_post" });
  expect(grant).toEqual({
    clientId: "main-client",
    audience: "https://api.example/",
    subjectType: "user",
    scopes: ["read:a", "read:b"],
  });
  expect(all.filter(({ type }) => type.startsWith("auth0:"))).toHaveLength(3);
  expect(all.find(({ type }) => type === "auth0-b2b:app:App")?.opts.protect).toBe(true);
});

test("an app in the browser has no secret, and its own origin only", async () => {
  const { client: inputs, credentials } = await declared({ kind: "spa" });
  expect(inputs).toEqual({ ...client, appType: "spa", webOrigins: ["https://app.example"] });
  expect(credentials).toEqual({ clientId: "main-client", authenticationMethod: "none" });
});

test("a second registration of the same app has login and callback below a path of its own", async () => {
  const { client: inputs } = await declared({ path: "/personal" });
  expect(inputs).toEqual({
    ...client,
    callbacks: ["https://app.example/personal/callback"],
    initiateLoginUri: "https://app.example/personal/login",
  });
});

test.each([
  ["individuals", { organizationUsage: "deny" }],
  ["everyone", { organizationUsage: "allow", organizationRequireBehavior: "post_login_prompt" }],
  ["members", { organizationUsage: "require", organizationRequireBehavior: "post_login_prompt" }],
  [
    "members-organization-first",
    {
      organizationUsage: "require",
      organizationRequireBehavior: "pre_login_prompt",
      organizationDiscoveryMethods: ["email", "organization_name"],
    },
  ],
] as const)("login %s decides all of Auth0's settings for organizations", async (login, organization) => {
  const { organizationUsage: _, organizationRequireBehavior: __, ...rest } = client;
  expect((await declared({ login })).client).toEqual({ ...rest, ...organization });
});
