import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { type Declared, declare } from "../../../cli/declared/declare.ts";
import { Company, type CompanyArgs } from "../../../components/company/company.ts";
import type { ConnectionSettings } from "../../../components/company/strategies.ts";

const company: CompanyArgs = {
  displayName: "Acme",
  type: "customer",
  status: "active",
  routed: true,
  conditions: { api_access: "on" },
  clientIds: () => ["portal-client"],
  discoverable: false,
  directoryId: "users-id",
  guard: { protect: false, retain: true },
};
const domains = ["acme.example", "acme-group.example"];
const tenantId = "0f8fad5b-d9cb-469f-a165-70867728950e";
const client = { clientId: "travel", clientSecret: "hush" } as const;
const waad = { strategy: "waad", tenantId, ...client, domains } as const;
const googleApps = { strategy: "google-apps", domain: "acme.example", ...client, domains } as const;
const adfs = { strategy: "adfs", metadataUrl: "https://adfs.acme.example/metadata", domains } as const;
const oidc = { strategy: "oidc", issuer: "https://login.acme.example/", ...client, domains } as const;
const okta = { strategy: "okta", domain: "acme.okta.com", ...client, domains } as const;
const saml = { strategy: "samlp", signInUrl: "https://l.example/in", certificate: "PEM", domains } as const;

/** What is declared of a company with this one connection. */
async function declared(connection: ConnectionSettings, args: Partial<CompanyArgs> = {}) {
  const secret = "clientSecret" in connection ? { clientSecret: pulumi.secret("hush") } : {};
  const connections = () => ({ "acme-sso": { ...connection, ...secret } });
  const all = await declare(() => new Company("acme", { ...company, ...args, connections: connections() }));
  const only = (type: string): Declared | undefined => all.find((one) => one.type === `auth0:index/${type}`);
  const made = only("connection:Connection");
  return {
    all,
    opts: made?.opts,
    inputs: { ...made?.inputs, options: pulumi.runtime.unwrapRpcSecret(made?.inputs.options) },
    isSecret: pulumi.runtime.isRpcSecret(made?.inputs.options),
    link: only("organizationConnection:OrganizationConnection")?.inputs,
    clients: only("connectionClients:ConnectionClients"),
  };
}

const said = (claim: string) => `\${context.tokenset.${claim}}`;

const optionsOf = async (connection: ConnectionSettings, args?: Partial<CompanyArgs>) =>
  (await declared(connection, args)).inputs.options;

const entra = {
  identityApi: "microsoft-identity-platform-v2.0",
  strategyVersion: 2,
  waadProtocol: "openid-connect",
  waadCommonEndpoint: false,
  useWsfed: false,
  apiEnableUsers: false,
  tenantDomain: tenantId,
  clientId: "travel",
  clientSecret: "hush",
  scopes: ["basic_profile"],
  userIdAttribute: "oid",
  shouldTrustEmailVerifiedConnection: "never_set_emails_as_verified",
  domainAliases: domains,
  setUserRootAttributes: "on_each_login",
};

test("Microsoft Entra is named by its directory's id, which routes nothing, and only the aliases do", async () => {
  const { inputs, isSecret, link, opts } = await declared(waad);
  expect(inputs).toEqual({
    name: "acme-sso",
    displayName: "acme-sso",
    strategy: "waad",
    metadata: { slug: "acme", domains: "acme-group.example,acme.example" },
    options: entra,
  });
  expect(isSecret).toBe(true);
  expect(link).toEqual({
    organizationId: "acme-id",
    connectionId: "acme-sso-id",
    assignMembershipOnLogin: true,
    showAsButton: true,
  });
  expect(opts?.replaceOnChanges).toBeUndefined();
});

test("Microsoft Entra's own domain is sent while its addresses are routed, and not in a pilot", async () => {
  const own = { ...waad, tenantDomain: "acme.example", emailVerified: "always", userId: "sub" } as const;
  const options = {
    ...entra,
    userIdAttribute: "sub",
    shouldTrustEmailVerifiedConnection: "always_set_emails_as_verified",
  };
  expect(await optionsOf(own)).toEqual({ ...options, tenantDomain: "acme.example" });
  expect(await optionsOf(own, { routed: false })).toEqual({ ...options, domainAliases: [] });
});

const workspace = {
  clientId: "travel",
  clientSecret: "hush",
  domain: "acme.example",
  tenantDomain: "acme.example",
  apiEnableUsers: false,
  mapUserIdToId: true,
  domainAliases: domains,
  setUserRootAttributes: "on_each_login",
};

test("Google Workspace knows people by their id; another choice replaces the connection, since it is sent once", async () => {
  const { inputs, isSecret, opts } = await declared(googleApps);
  expect(inputs.options).toEqual(workspace);
  expect(isSecret).toBe(true);
  expect(opts?.replaceOnChanges).toEqual(["options.mapUserIdToId"]);
  expect(await optionsOf({ ...googleApps, userId: "email" })).toEqual({ ...workspace, mapUserIdToId: false });
  expect(await optionsOf(googleApps, { routed: false })).toEqual({ ...workspace, domainAliases: [] });
});

const federation = {
  strategyVersion: 2,
  apiEnableUsers: false,
  shouldTrustEmailVerifiedConnection: "never_set_emails_as_verified",
  domainAliases: domains,
  setUserRootAttributes: "on_each_login",
};

test("AD FS is sent by where its metadata are, or by the metadata themselves; nothing of it is secret", async () => {
  const { inputs, isSecret } = await declared(adfs);
  expect(inputs).toEqual({
    name: "acme-sso",
    displayName: "acme-sso",
    strategy: "adfs",
    metadata: { slug: "acme", domains: "acme-group.example,acme.example" },
    options: { ...federation, adfsServer: "https://adfs.acme.example/metadata" },
  });
  expect(isSecret).toBe(false);
  const read = { strategy: "adfs", metadata: "<EntityDescriptor/>", emailVerified: "always", domains } as const;
  expect(await optionsOf(read)).toEqual({
    ...federation,
    fedMetadataXml: "<EntityDescriptor/>",
    shouldTrustEmailVerifiedConnection: "always_set_emails_as_verified",
  });
});

test("a company's own database is open to nobody's sign-up, and has no domains and no button", async () => {
  const { all, inputs, link, clients } = await declared({ strategy: "database" });
  expect(
    all.filter(({ type }) => type.startsWith("auth0")).map(({ type, name }) => `${type.split(":").at(-1)} ${name}`),
  ).toEqual([
    "Company acme",
    "Organization acme",
    "CompanyDatabase acme-sso",
    "Connection acme-sso",
    "ConnectionClients acme-sso",
    "OrganizationConnection acme-sso",
  ]);
  const options = {
    strategyVersion: 2,
    mfa: { active: true, returnEnrollSettings: true },
    disableSignup: true,
    bruteForceProtection: true,
    passwordPolicy: "good",
    passwordComplexityOptions: { minLength: 8 },
    passwordHistories: [{ enable: false }],
    passwordNoPersonalInfo: { enable: true },
    passwordDictionary: { enable: true, dictionaries: [] },
  };
  expect(inputs).toEqual({ name: "acme-sso", strategy: "auth0", metadata: { slug: "acme" }, options });
  expect(link).toEqual({
    organizationId: "acme-id",
    connectionId: "acme-sso-id",
    assignMembershipOnLogin: true,
    isSignupEnabled: false,
  });
  expect(clients?.inputs.enabledClients).toEqual(["portal-client"]);
  expect(clients?.opts.retainOnDelete).toBe(true);
  const strict = { passwordPolicy: "excellent", passwordHistory: 5, dictionary: ["acme"] } as const;
  expect(await optionsOf({ strategy: "database", ...strict })).toEqual({
    ...options,
    passwordPolicy: "excellent",
    passwordComplexityOptions: { minLength: 10 },
    passwordHistories: [{ enable: true, size: 5 }],
    passwordDictionary: { enable: true, dictionaries: ["acme"] },
  });
  expect(await optionsOf({ strategy: "database", minimumLength: 20 })).toMatchObject({
    passwordComplexityOptions: { minLength: 20 },
  });
});

test("OpenID Connect is sent more scopes, another proof of the code, and a whole map where one claim has another name", async () => {
  const more = { scopes: ["groups"], pkce: "S256", attributes: { email: "upn" } } as const;
  const openid = {
    clientId: "travel",
    clientSecret: "hush",
    scopes: ["openid", "profile", "email", "groups"],
    connectionSettings: { pkce: "S256" },
    attributeMap: {
      mappingMode: "use_map",
      userinfoScope: "openid profile email groups",
      attributes: JSON.stringify({
        email: said("upn"),
        email_verified: said("email_verified"),
        family_name: said("family_name"),
        given_name: said("given_name"),
        name: said("name"),
        nickname: said("nickname"),
        picture: said("picture"),
      }),
    },
    domainAliases: domains,
    setUserRootAttributes: "on_first_login",
    iconUrl: "https://acme.example/i.png",
  };
  const shown = { profile: "first-login", iconUrl: "https://acme.example/i.png" } as const;
  expect(await optionsOf({ ...oidc, ...more, ...shown })).toEqual({
    type: "back_channel",
    issuer: "https://login.acme.example/",
    discoveryUrl: "https://login.acme.example/.well-known/openid-configuration",
    ...openid,
  });
  expect(await optionsOf({ ...okta, ...more, ...shown })).toEqual({ domain: "acme.okta.com", ...openid });
});

test("SAML is sent another name, binding and attributes, and lets people come unasked into one app, at their company", async () => {
  const { inputs } = await declared({
    ...saml,
    entityId: "urn:travel:acme",
    requestBinding: "post",
    attributes: { email: "mail", nickname: "uid" },
    idpInitiated: { clientId: "main-client", callback: "https://travel.example/callback" },
  });
  const claim = (name: string) => `http://schemas.xmlsoap.org/ws/2005/05/identity/claims/${name}`;
  expect(inputs.options).toEqual({
    signInEndpoint: "https://l.example/in",
    disableSignOut: true,
    signingCert: "PEM",
    signSamlRequest: true,
    signatureAlgorithm: "rsa-sha256",
    digestAlgorithm: "sha256",
    protocolBinding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
    entityId: "urn:travel:acme",
    fieldsMap: JSON.stringify({
      email: ["mail"],
      family_name: [claim("surname"), "family_name"],
      given_name: [claim("givenname"), "given_name"],
      name: [claim("name"), "name"],
      nickname: ["uid"],
      user_id: [claim("nameidentifier")],
    }),
    debug: false,
    idpInitiated: {
      enabled: true,
      clientId: "main-client",
      clientProtocol: "oidc",
      clientAuthorizeQuery:
        "response_type=code&scope=openid+profile+email&redirect_uri=https%3A%2F%2Ftravel.example%2Fcallback&organization=acme-id",
    },
    domainAliases: domains,
    setUserRootAttributes: "on_each_login",
  });
});

test("a connection makes members and shows its button as its entry says, and makes none in a pilot", async () => {
  const { link } = await declared({ ...oidc, autoMembership: false, showAsButton: false });
  expect(link).toMatchObject({ assignMembershipOnLogin: false, showAsButton: false });
  for (const connection of [oidc, { strategy: "database" } as const]) {
    const pilot = await declared(connection, { routed: false });
    expect(pilot.link).toMatchObject({ assignMembershipOnLogin: false });
  }
});

test.each([oidc, okta, saml, waad])(
  "people of $strategy are kept up to date by SCIM where the entry says so, and no token is declared",
  async (one) => {
    const { all, inputs } = await declared({ ...one, scim: true });
    const scim = (resources: readonly Declared[]) => resources.filter(({ type }) => type.includes("Scim"));
    expect(scim(all).map(({ type, name, inputs: given, parent }) => [type, name, given, parent])).toEqual([
      [
        "auth0:index/connectionScimConfiguration:ConnectionScimConfiguration",
        "acme-sso",
        { connectionId: "acme-sso-id" },
        "auth0-b2b:company:EnterpriseConnection::acme-sso",
      ],
    ]);
    expect(inputs.options).toMatchObject({ setUserRootAttributes: "on_first_login" });
    const both = await declared({ ...one, scim: true, profile: "each-login" });
    expect(both.inputs.options).toMatchObject({ setUserRootAttributes: "on_each_login" });
    const without = await declared(one);
    expect(scim(without.all)).toEqual([]);
    expect(without.inputs.options).toMatchObject({ setUserRootAttributes: "on_each_login" });
  },
);

test("a company that keeps its only connection by itself has an organization and nothing to sign in with yet", async () => {
  const all = await declare(() => new Company("acme", { ...company, connections: {} }));
  expect(all.filter(({ type }) => type.startsWith("auth0:")).map(({ name }) => name)).toEqual(["acme"]);
});
