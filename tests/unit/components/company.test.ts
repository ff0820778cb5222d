import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { type Declared, declare } from "../../../cli/declared/declare.ts";
import { Company, type CompanyArgs } from "../../../components/company/company.ts";
import { GuestAccess } from "../../../components/company/guest-access.ts";
import type { MachineProof } from "../../../components/company/machine-access.ts";
import type { EnterpriseConnectionSettings } from "../../../components/company/strategies.ts";

const ORGANIZATION = "auth0:index/organization:Organization";
const CONNECTION = "auth0:index/connection:Connection";
const CONNECTION_CLIENTS = "auth0:index/connectionClients:ConnectionClients";
const ORGANIZATION_CONNECTION = "auth0:index/organizationConnection:OrganizationConnection";
const GRANT = "auth0:index/clientGrant:ClientGrant";

const CLIENT = "auth0:index/client:Client";
const DISCOVERY = "auth0:index/organizationDiscoveryDomains:OrganizationDiscoveryDomains";

const CREDENTIALS = "auth0:index/clientCredentials:ClientCredentials";
const api = { audience: "https://api.example/" };
const auth0Made: MachineProof = { secret: () => "never" };
const withSecret = { ...api, scopes: ["read:a"], proof: auth0Made } as const;
const guarded = { protect: true, retain: true };
const company: CompanyArgs = {
  displayName: "Acme",
  type: "customer",
  status: "active",
  conditions: { api_access: "off" },
  clientIds: () => ["main-client"],
  discoverable: false,
  routed: true,
  directoryId: "users-id",
  guard: { protect: false, retain: false },
};
const sso = {
  strategy: "oidc",
  issuer: "https://login.acme.example/",
  clientId: "travel",
  domains: ["acme.example"],
} as const;

const declared = (args: CompanyArgs) => declare(() => new Company("acme", args));
const withSso = () => ({ ...company, connections: { "acme-sso": { ...sso, clientSecret: pulumi.secret("hush") } } });
const only = (all: Declared[], type: string) => all.filter((resource) => resource.type === type);
const shortList = (all: Declared[]) =>
  all.filter(({ type }) => type !== "pulumi:pulumi:Stack").map(({ type, name }) => `${type.split(":").at(-1)} ${name}`);

test("a company without single sign-on is an organization with the shared directory, for members by invitation", async () => {
  const all = await declared(company);
  expect(shortList(all)).toEqual(["Company acme", "Organization acme", "OrganizationConnection acme-directory"]);
  expect(only(all, ORGANIZATION)[0]?.inputs).toEqual({
    name: "acme",
    displayName: "Acme",
    metadata: { type: "customer", status: "active", api_access: "off" },
  });
  expect(only(all, ORGANIZATION_CONNECTION)[0]?.inputs).toEqual({
    organizationId: "acme-id",
    connectionId: "users-id",
    assignMembershipOnLogin: false,
    isSignupEnabled: false,
  });
});

test("a company with single sign-on has a connection of its own and not the shared directory", async () => {
  const all = await declare(() => new Company("acme", withSso()));
  expect(shortList(all)).toEqual([
    "Company acme",
    "Organization acme",
    "EnterpriseConnection acme-sso",
    "Connection acme-sso",
    "ConnectionClients acme-sso",
    "OrganizationConnection acme-sso",
  ]);
  expect(only(all, CONNECTION_CLIENTS)[0]?.inputs).toEqual({
    connectionId: "acme-sso-id",
    enabledClients: ["main-client"],
  });
  expect(only(all, ORGANIZATION_CONNECTION)[0]?.inputs).toEqual({
    organizationId: "acme-id",
    connectionId: "acme-sso-id",
    assignMembershipOnLogin: true,
    showAsButton: true,
  });
});

test("a connection is sent with its whole set of options, and they are secret", async () => {
  const connection = only(await declare(() => new Company("acme", withSso())), CONNECTION)[0];
  expect(pulumi.runtime.isRpcSecret(connection?.inputs.options)).toBe(true);
  expect(pulumi.runtime.unwrapRpcSecret(connection?.inputs.options)).toEqual({
    type: "back_channel",
    issuer: "https://login.acme.example/",
    discoveryUrl: "https://login.acme.example/.well-known/openid-configuration",
    clientId: "travel",
    clientSecret: "hush",
    domainAliases: ["acme.example"],
    scopes: ["openid", "profile", "email"],
    connectionSettings: { pkce: "auto" },
    attributeMap: { mappingMode: "bind_all" },
    setUserRootAttributes: "on_each_login",
  });
  expect(connection?.inputs).toMatchObject({
    name: "acme-sso",
    strategy: "oidc",
    metadata: { slug: "acme", domains: "acme.example" },
  });
});

test("an okta connection is told its domain instead of an issuer", async () => {
  const args = (): CompanyArgs => ({
    ...company,
    connections: {
      "acme-okta": { ...sso, strategy: "okta", domain: "acme.okta.example", clientSecret: pulumi.secret("hush") },
    },
  });
  const connection = only(await declare(() => new Company("acme", args())), CONNECTION)[0];
  expect(connection?.inputs.strategy).toBe("okta");
  expect(pulumi.runtime.unwrapRpcSecret(connection?.inputs.options)).toEqual({
    domain: "acme.okta.example",
    clientId: "travel",
    clientSecret: "hush",
    domainAliases: ["acme.example"],
    scopes: ["openid", "profile", "email"],
    connectionSettings: { pkce: "auto" },
    attributeMap: { mappingMode: "basic_profile" },
    setUserRootAttributes: "on_each_login",
  });
});

test("a SAML connection is sent signed, with the certificate that it trusts, and no secret is made up", async () => {
  const saml = { strategy: "samlp", signInUrl: "https://l.example/in", certificate: "PEM", domains: ["acme.example"] };
  const optionsOf = async (more: object) => {
    const connections = { "acme-saml": { ...saml, ...more } as EnterpriseConnectionSettings };
    const [connection] = only(await declared({ ...company, connections }), CONNECTION);
    expect(connection?.inputs.strategy).toBe("samlp");
    return connection?.inputs.options;
  };
  const options = {
    signInEndpoint: "https://l.example/in",
    disableSignOut: true,
    signingCert: "PEM",
    signSamlRequest: true,
    signatureAlgorithm: "rsa-sha256",
    digestAlgorithm: "sha256",
    protocolBinding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
    fieldsMap: JSON.stringify({
      email: ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress", "email"],
      family_name: ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname", "family_name"],
      given_name: ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname", "given_name"],
      name: ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name", "name"],
      user_id: ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier"],
    }),
    debug: false,
    domainAliases: ["acme.example"],
    setUserRootAttributes: "on_each_login",
  };
  expect(await optionsOf({})).toEqual(options);
  expect(await optionsOf({ signOutUrl: "https://l.example/out" })).toEqual({
    ...options,
    disableSignOut: false,
    signOutEndpoint: "https://l.example/out",
  });
});

test("a company that apps find by its domains has them all in one resource", async () => {
  const domains = ["acme.example", "acme-group.example"];
  const connections = () => ({ "acme-sso": { ...withSso().connections["acme-sso"], domains } });
  const all = await declare(() => new Company("acme", { ...company, connections: connections(), discoverable: true }));
  expect(only(all, DISCOVERY).map(({ name, inputs, parent }) => ({ name, inputs, parent }))).toEqual([
    {
      name: "acme",
      inputs: {
        organizationId: "acme-id",
        discoveryDomains: domains.map((domain) => ({ domain, status: "verified", useForOrganizationDiscovery: true })),
      },
      parent: "auth0-b2b:company:Company::acme",
    },
  ]);
  expect(only(await declared({ ...company, discoverable: true }), DISCOVERY)).toEqual([]);
});

test("one connection serves at most 50 apps, since the provider sends them in one request", async () => {
  const clients = (count: number) => () => Array.from({ length: count }, (_, n) => `client-${n}`);
  const of = (count: number) => declare(() => new Company("acme", { ...withSso(), clientIds: clients(count) }));
  expect(only(await of(50), CONNECTION_CLIENTS)[0]?.inputs.enabledClients).toHaveLength(50);
  await expect(of(51)).rejects.toThrow("51 apps use one connection; allowed: 50");
});

test("guests come through a connection that makes nobody a member, and can be shut out", async () => {
  const all = await declare(
    () => new GuestAccess("acme/beta-sso", { organizationId: "acme-id", connectionId: "beta-sso-id" }),
  );
  const [guest, ...others] = only(all, ORGANIZATION_CONNECTION);
  expect(others).toEqual([]);
  expect(guest?.inputs).toEqual({
    organizationId: "acme-id",
    connectionId: "beta-sso-id",
    assignMembershipOnLogin: false,
    showAsButton: false,
  });
  expect(guest?.opts).toMatchObject({ replaceOnChanges: ["connectionId"], deleteBeforeReplace: true });
  expect(all.filter(({ opts }) => opts.protect)).toEqual([]);
});

test("every organization connection is replaced, old one first, when its connection changes", async () => {
  const replaced = { replaceOnChanges: ["connectionId"], deleteBeforeReplace: true };
  for (const all of [await declared(company), await declare(() => new Company("acme", withSso()))]) {
    expect(only(all, ORGANIZATION_CONNECTION)).toHaveLength(1);
    expect(only(all, ORGANIZATION_CONNECTION)[0]?.opts).toMatchObject(replaced);
  }
});

test("machine access is a client, its secret, and a grant that holds within the company's organization only", async () => {
  const args = {
    ...company,
    machines: { machine: { ...api, scopes: ["read:b", "read:a"], proof: auth0Made } },
  } as const;
  const all = await declared(args);
  expect(shortList(all).slice(3)).toEqual([
    "MachineAccess acme-machine",
    "Client acme-machine",
    "ClientCredentials acme-machine",
    "ClientGrant acme-machine",
    "OrganizationClientGrant acme-machine",
  ]);
  expect(only(all, CLIENT)[0]?.inputs.clientMetadata).toEqual({
    machine: "company",
    org_id: "acme-id",
    policy_version: "2",
    org_types: "customer",
    org_requires: "api_access=on",
    individuals: "deny",
    stage_claim: "off",
    mfa: "off",
  });
  expect(only(all, GRANT)[0]?.inputs).toEqual({
    clientId: "acme-machine-client",
    audience: "https://api.example/",
    subjectType: "client",
    scopes: ["read:a", "read:b"],
    organizationUsage: "require",
    allowAnyOrganization: false,
  });
});

test("a guarded company hands its protection down and leaves its connection's clients in place", async () => {
  const machines = { machine: withSecret };
  const all = await declare(() => new Company("acme", { ...withSso(), machines, guard: guarded }));
  expect(all.find(({ type }) => type === "auth0-b2b:company:Company")?.opts.protect).toBe(true);
  expect(only(all, CONNECTION_CLIENTS)[0]?.opts.retainOnDelete).toBe(true);
  const tops = all.filter(({ type, parent }) => type.startsWith("auth0") && !parent?.startsWith("auth0-b2b:company:"));
  expect(tops.map(({ type }) => type)).toEqual(["auth0-b2b:company:Company"]);
});

test("stage and branding are sent only where the entry has them", async () => {
  const branding = { logoUrl: "https://a.example/l.svg", primaryColor: "#000000", backgroundColor: "#ffffff" };
  const organization = only(await declared({ ...company, stage: "owner", branding }), ORGANIZATION)[0];
  expect(organization?.inputs).toEqual({
    name: "acme",
    displayName: "Acme",
    metadata: { type: "customer", status: "active", api_access: "off", stage: "owner" },
    branding: { logoUrl: "https://a.example/l.svg", colors: { primary: "#000000", page_background: "#ffffff" } },
  });
});

test("what the entry sets for its own people stands in the organization's metadata", async () => {
  const limits = { credentials: 2, members: 50 };
  const apps = ["portal", "main"];
  const terms = { apps, memberRoles: ["owner"], mfa: "required", limits, breakGlass: "a@acme.example" } as const;
  const organization = only(await declared({ ...company, ...terms }), ORGANIZATION)[0];
  expect(organization?.inputs.metadata).toEqual({
    type: "customer",
    status: "active",
    api_access: "off",
    apps: "main,portal",
    member_roles: "owner",
    mfa: "required",
    limit_credentials: "2",
    limit_members: "50",
    break_glass: "a@acme.example",
  });
});

test("the shared directory serves a company with single sign-on where an account keeps its password", async () => {
  const all = await declare(() => new Company("acme", { ...withSso(), passwords: true }));
  expect(only(all, ORGANIZATION_CONNECTION).map(({ name, inputs }) => [name, inputs])).toEqual([
    ["acme-sso", expect.objectContaining({ connectionId: "acme-sso-id" })],
    [
      "acme-directory",
      {
        organizationId: "acme-id",
        connectionId: withSso().directoryId,
        assignMembershipOnLogin: false,
        isSignupEnabled: false,
      },
    ],
  ]);
});

test("the machine client's secret leaves the component as a secret, its id does not", async () => {
  const { machine } = await machinesIn({ machine: withSecret });
  if (!machine?.clientSecret) throw new Error("no machine with a secret was declared");
  expect(await pulumi.isSecret(machine.clientSecret)).toBe(true);
  expect(await pulumi.isSecret(machine.clientId)).toBe(false);
});

test("each machine has a client, a name that people see, and a grant of its own", async () => {
  const all = await declared({
    ...company,
    machines: { machine: withSecret, "eu-west": { ...withSecret, scopes: ["read:b"] } },
  });
  expect(only(all, CLIENT).map(({ name, inputs }) => [name, inputs.name])).toEqual([
    ["acme-machine", "Acme (machine)"],
    ["acme-eu-west", "Acme (eu-west)"],
  ]);
  expect(only(all, GRANT).map(({ name, inputs }) => [name, inputs.scopes])).toEqual([
    ["acme-machine", ["read:a"]],
    ["acme-eu-west", ["read:b"]],
  ]);
});

test("a machine with keys has these, named by themselves, and no secret", async () => {
  const machines = { machine: { ...withSecret, proof: { publicKeys: ["one", "two"] } } };
  const [credentials, ...others] = only(await declared({ ...company, machines }), CREDENTIALS);
  expect(others).toEqual([]);
  const key = { credentialType: "public_key", algorithm: "RS256" };
  expect(credentials?.inputs).toEqual({
    clientId: "acme-machine-client",
    authenticationMethod: "private_key_jwt",
    privateKeyJwt: {
      credentials: [
        { ...key, name: "7692c3ad3540bb80", pem: "one" },
        { ...key, name: "3fc4ccfe745870e2", pem: "two" },
      ],
    },
  });
  expect((await machinesIn(machines)).machine?.clientSecret).toBeUndefined();
});

test("a machine keeps Auth0's secret, or the one that was made before, or gets another one now", async () => {
  const of = async (secret: "never" | "before" | "now") => {
    const [credentials] = only(
      await declared({ ...company, machines: { machine: { ...withSecret, proof: { secret: () => secret } } } }),
      CREDENTIALS,
    );
    const { clientSecret, ...inputs } = credentials?.inputs ?? {};
    expect(inputs).toEqual({ clientId: "acme-machine-client", authenticationMethod: "client_secret_post" });
    return { clientSecret, ignored: credentials?.opts.ignoreChanges };
  };
  expect(await of("never")).toEqual({ clientSecret: undefined, ignored: undefined });
  const [before, now, again] = [await of("before"), await of("now"), await of("now")];
  expect([before.ignored, now.ignored]).toEqual([["clientSecret"], undefined]);
  const made = [before, now, again].map(({ clientSecret }) => {
    expect(pulumi.runtime.isRpcSecret(clientSecret)).toBe(true);
    return pulumi.runtime.unwrapRpcSecret(clientSecret);
  });
  expect(made).toEqual(Array(3).fill(expect.stringMatching(/^[\w-]{64}$/)));
  expect(new Set(made).size).toBe(3);
});

async function machinesIn(machines: NonNullable<CompanyArgs["machines"]>): Promise<Company["machines"]> {
  let made: Company["machines"] = {};
  await declare(() => {
    made = new Company("acme", { ...company, machines }).machines;
  });
  return made;
}
