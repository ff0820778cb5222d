import { readFileSync } from "node:fs";
import { request } from "node:https";
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";
import vm from "node:vm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readDirectory } from "../../kit/directory.ts";
import { World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = await World.create();
  await world.up();
});

afterAll(() => world?.close());

type Hook = (event: object, api: object) => Promise<void>;

/** The post-login Action as it was deployed, calling the tenant as it would. Its secrets are those that the stack knows. */
async function deployedHook(): Promise<{ hook: Hook; secrets: object }> {
  const { actions } = (await world.tenant.read("actions/actions?triggerId=post-login")) as {
    actions: { deployed_version: { code: string } }[];
  };
  expect(actions).toHaveLength(1);
  const { operators, roles } = await world.outputs();
  const { clientId, clientSecret } = operators["first-roles"];
  const ids = Object.entries(roles).map(([name, { roleId }]) => [name, roleId]);
  const exports: Record<string, Hook> = {};
  const require = createRequire(import.meta.url);
  const surroundings = { exports, require, AbortSignal, console: { log: (line: string) => notes.push(line) }, fetch };
  vm.runInNewContext(actions[0]?.deployed_version.code ?? "", surroundings);
  const { onExecutePostLogin } = exports;
  if (!onExecutePostLogin) throw new Error("the deployed text has no post-login hook");
  return {
    hook: onExecutePostLogin,
    secrets: {
      DOMAIN: world.env.AUTH0_DOMAIN,
      CLIENT_ID: clientId,
      CLIENT_SECRET: clientSecret,
      ROLE_IDS: JSON.stringify(Object.fromEntries(ids)),
    },
  };
}

const notes: string[] = [];

/** As the runtime's own, but trusting the test's authority alone. */
async function fetch(url: string, init: { method: string; headers: Record<string, string>; body: string }) {
  expect(new URL(url).host).toBe(world.env.AUTH0_DOMAIN);
  return new Promise((settle, fail) => {
    const sent = request(url, { ...init, ca: readFileSync(world.local.ca), agent: false }, (answer) => {
      settle({ status: answer.statusCode, text: () => text(answer) });
    });
    sent.on("error", fail);
    sent.end(init.body);
  });
}

interface Outcome {
  denied?: string;
  claims: Record<string, unknown>;
  appMetadata: Record<string, unknown>;
}

/** Runs the Action for one login and writes what it says to the person, as Auth0 does at its end. */
async function login(event: { user: { user_id: string }; [part: string]: unknown }): Promise<Outcome> {
  const outcome: Outcome = { claims: {}, appMetadata: {} };
  const { hook, secrets } = await deployedHook();
  await hook(
    { ...event, secrets },
    {
      access: {
        deny: (reason: string) => {
          outcome.denied = reason;
        },
      },
      idToken: {
        setCustomClaim: (name: string, value: unknown) => {
          outcome.claims[name] = value;
        },
      },
      accessToken: { setCustomClaim: () => undefined },
      user: {
        setAppMetadata: (key: string, value: unknown) => {
          outcome.appMetadata[key] = value;
        },
      },
      authentication: { challengeWithAny: () => undefined, enrollWithAny: () => undefined },
      cache: { get: () => undefined, set: () => undefined, delete: () => undefined },
    },
  );
  if (Object.keys(outcome.appMetadata).length > 0) {
    await world.tenant.send("PATCH", `users/${encodeURIComponent(event.user.user_id)}`, {
      app_metadata: outcome.appMetadata,
    });
  }
  return outcome;
}

async function person(email: string, appMetadata: object): Promise<{ user_id: string; app_metadata: object }> {
  const made = await world.tenant.make("users", {
    connection: "users",
    email,
    password: "Correct-Horse-7-Battery",
    email_verified: true,
    app_metadata: appMetadata,
  });
  return made as { user_id: string; app_metadata: object };
}

/** What a token of that level carries as `permissions`, by the roles that the tenant has for the person. */
async function permissions(rolesPath: string): Promise<string[]> {
  const roles = (await world.tenant.read(rolesPath)) as { id: string }[];
  const all = await Promise.all(roles.map(({ id }) => world.tenant.read(`roles/${id}/permissions`)));
  return (all.flat() as { permission_name: string }[]).map(({ permission_name }) => permission_name).sort();
}

async function organization(name: string) {
  return (await world.tenant.read(`organizations/name/${name}`)) as { id: string; metadata: Record<string, string> };
}

const clientOf = async (name: string) => {
  const clients = (await world.tenant.read("clients?per_page=100")) as { name: string; client_metadata: object }[];
  return { metadata: clients.find((client) => client.name === name)?.client_metadata };
};

const renew = "https://travel.example/claims/renew";

test("a newly signed-up individual has the permissions of someone before purchase after one login", async () => {
  const lena = await person("lena@mail.example", { stage: "lead" });
  const event = {
    client: await clientOf("Main app"),
    connection: { strategy: "auth0", metadata: {} },
    user: { ...lena, email: "lena@mail.example", email_verified: false },
    transaction: { protocol: "oidc-basic-profile" },
  };
  expect(await login(event)).toEqual({
    claims: { "https://travel.example/claims/stage": "lead", [renew]: "first_roles" },
    appMetadata: { first_roles: ["individual"] },
  });
  const path = `users/${encodeURIComponent(lena.user_id)}`;
  expect(await permissions(`${path}/roles`)).toEqual(["read:account", "update:account"]);
  expect(await world.tenant.read(path)).toMatchObject({ app_metadata: { stage: "lead", first_roles: ["individual"] } });
});

test("a never-seen person of a customer has the permissions of its owners in it after one login, and only in it", async () => {
  const acme = await organization("acme");
  const dune = await organization("dune-crafts");
  const carla = await person("carla@mail.example", {});
  await world.tenant.send("POST", `organizations/${acme.id}/members`, { members: [carla.user_id] }); // auto-membership
  const connections = (await world.tenant.read("connections?strategy=oidc")) as { name: string; metadata: object }[];
  const sso = connections.find(({ name }) => name === "acme-sso");
  const event = {
    client: await clientOf("Main app"),
    connection: { strategy: "oidc", metadata: sso?.metadata },
    organization: acme,
    user: { ...carla, email: "carla@acme.example", email_verified: false },
    transaction: { protocol: "oidc-basic-profile" },
  };
  expect(await login(event)).toEqual({
    claims: {
      "https://travel.example/claims/org_type": "customer",
      "https://travel.example/claims/stage": "owner",
      [renew]: "first_roles",
    },
    appMetadata: { first_roles: [acme.id] },
  });
  const member = (id: string) => `organizations/${id}/members/${encodeURIComponent(carla.user_id)}/roles`;
  expect(await permissions(member(acme.id))).toEqual([
    "create:bookings",
    "read:account",
    "read:bookings",
    "update:account",
  ]);
  expect(await permissions(`users/${encodeURIComponent(carla.user_id)}/roles`)).toEqual([]);

  // In another organization, of which she is no member, the same call gives nothing, and the login says so in the log.
  notes.length = 0;
  const elsewhere = await login({ ...event, organization: dune });
  expect(elsewhere.appMetadata).toEqual({});
  expect(elsewhere.claims).not.toHaveProperty(renew);
  expect(notes).toEqual(["no first role: the role call was answered 404"]);
});

test("a role that an administrator took away does not come back", async () => {
  const users = (await world.tenant.read("users")) as { user_id: string; email: string }[];
  const lena = users.find(({ email }) => email === "lena@mail.example");
  if (!lena) throw new Error("the first test made no person");
  const path = `users/${encodeURIComponent(lena.user_id)}/roles`;
  const roles = (await world.tenant.read(path)) as { id: string }[];
  await world.tenant.send("DELETE", path, { roles: roles.map(({ id }) => id) });
  const event = {
    client: await clientOf("Main app"),
    connection: { strategy: "auth0", metadata: {} },
    user: { ...lena, email: "lena@mail.example" },
    transaction: { protocol: "oidc-basic-profile" },
  };
  expect((await login(event)).appMetadata).toEqual({});
  expect(await permissions(path)).toEqual([]);
});

test("the directory for back ends is told in plain, and no secret of the stack is in it", async () => {
  const { status, stdout } = await world.pulumi("stack", "output", "--json");
  expect(status).toBe(0);
  const { directory, apps } = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
  expect(stdout).toContain('"clientSecret": "[secret]"');
  expect(JSON.stringify(directory)).not.toContain("[secret]");
  const { issuer, apps: told, organizations } = readDirectory(directory);
  expect(issuer).toBe(`https://${world.env.AUTH0_DOMAIN}/`);
  const ids = Object.entries(apps as Readonly<Record<string, { clientId: string }>>).map(
    ([, { clientId }]) => clientId,
  );
  const registrations = Object.values(told).flatMap((app) => [app, ...(app.individuals ? [app.individuals] : [])]);
  expect(registrations.map(({ clientId }) => clientId).toSorted()).toEqual(ids.toSorted());
  const { organizations: made } = await world.tenant.contents();
  const slugs = Object.fromEntries((made as { id: string; name: string }[]).map(({ id, name }) => [id, name]));
  expect(Object.fromEntries(Object.entries(organizations).map(([id, { slug }]) => [id, slug]))).toEqual(slugs);
  const secrets = secretsIn(await world.outputs());
  expect(secrets.length).toBeGreaterThan(0);
  expect(secrets.filter((secret) => JSON.stringify(directory).includes(secret))).toEqual([]);
});

/** Every client's secret that the stack exports. */
function secretsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === "clientSecret" && typeof inner === "string" ? [inner] : secretsIn(inner),
  );
}
