import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { ManagementClient } from "auth0";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { Faults } from "../../../cli/customer/asked.ts";
import { type ImportOptions, importCompany } from "../../../cli/customer/import.ts";
import { declareTenant } from "../../../stacks/declare.ts";
import type { CompanyEntry } from "../../../stacks/schema/company.ts";
import { DeclaredTenant, type Placed } from "../../harness/declared-tenant.ts";
import { config, load } from "../../unit/stacks/project.ts";
import { people } from "./good.people.ts";
import { shapes } from "./good.shapes.ts";
import { strategies } from "./good.strategies.ts";

const slugs = [
  ...["oidc-all", "okta-all", "saml-all", "entra-all", "google-all", "adfs-all", "own-all"],
  ...["twin", "host", "halted", "glass", "three", "branded", "limited"], // a guest's company before its host
];
const all = { ...strategies, ...people, ...shapes };
const good = new Map(slugs.map((slug) => [slug, all[slug]?.entry as CompanyEntry]));

let tenant: DeclaredTenant;
let placed: Placed<unknown>;
let sdk: ManagementClient;
let root: string;

beforeAll(async () => {
  const files = Object.fromEntries([...good].map(([slug, entry]) => [`${slug}.yaml`, entry]));
  const settings = load({ config: { ...config, "shared-secret": { secure: "v1:…" } }, files });
  tenant = await DeclaredTenant.start();
  setDefaultCACertificates([...getCACertificates("default"), tenant.ca]);
  placed = await tenant.place(() => declareTenant(settings, tenant.connected));
  sdk = new ManagementClient({ domain: tenant.connected.domain, token: "any", maxRetries: 0 });
  root = mkdtempSync(join(tmpdir(), "import-"));
  const own = Object.entries(config).map(([name, value]) => [`auth0-b2b:${name}`, value]);
  writeFileSync(join(root, "Pulumi.local.yaml"), stringify({ config: Object.fromEntries(own) }));
});

afterAll(async () => {
  await tenant?.close();
  if (root) rmSync(root, { recursive: true });
});

const take = (organization: string, options: ImportOptions = {}) =>
  importCompany({ root, stack: "local" }, organization, options, sdk, undefined);

/** What is the same where nothing is written. */
const usual: Readonly<Record<string, unknown>> = {
  ...{ owner: "config", state: "live", autoMembership: true, showAsButton: true },
  ...{ pkce: "auto", passwordPolicy: "good", emailVerified: "never", requestBinding: "redirect" },
};
/** What a tenant does not tell. */
const untold = ["machines", "subdomains", "idpInitiated", "proven"];

/** An entry as it comes back: lists in the order of the alphabet, secrets by the names that the command gives. */
function asRead(value: unknown, connection = ""): unknown {
  if (Array.isArray(value)) return value.map((one) => asRead(one)).toSorted();
  if (typeof value !== "object" || value === null) return value;
  const first = "scim" in value ? "first-login" : "each-login";
  const said = ([key, inner]: [string, unknown]) => !untold.includes(key) && usual[key] !== inner;
  const kept = Object.entries(value).filter((one) => said(one) && !(one[0] === "profile" && one[1] === first));
  return Object.fromEntries(
    kept.map(([key, inner]) => [key, key === "clientSecret" ? { config: `${connection}-secret` } : asRead(inner, key)]),
  );
}

/** The resources of a company that an import can bring in, as they were made: its machines' clients are made anew. */
function idsOf(slug: string): string[] {
  const names = new Set([slug, `${slug}-directory`, ...Object.keys(good.get(slug)?.connections ?? {})]);
  return placed.made
    .filter(({ name }) => names.has(name) || name.startsWith(`${slug}/`))
    .map(({ type, name, id }) => `${type.table.token} ${name} ${id}`);
}

test.each(slugs)(
  "%s comes back from the tenant as the entry that made it, with the id of each of its resources",
  async (slug) => {
    const options = slug === "entra-all" ? { tenantId: "7c9e6679-7425-40de-944b-e07fc1f90ae7" } : {};
    const { file, idsFile, count } = await take(slug, options);
    expect(asRead(parse(readFileSync(join(root, file), "utf8")))).toEqual(asRead(good.get(slug)));
    const { resources } = JSON.parse(readFileSync(join(root, idsFile), "utf8")) as {
      resources: { type: string; logicalName: string; id?: string }[];
    };
    const ids = resources.flatMap(({ type, logicalName, id }) =>
      id === undefined ? [] : `${type} ${logicalName} ${id}`,
    );
    expect(ids.toSorted()).toEqual(idsOf(slug).toSorted());
    expect(count).toBe(ids.length);
  },
);

/** Something that somebody made by hand: an organization with one connection of its own. */
async function byHand(name: string, connection: object, organization: object = {}) {
  const { id = "" } = await sdk.connections.create({ name: `${name}-sso`, strategy: "oidc", ...connection } as never);
  const enabled = [{ connection_id: id, assign_membership_on_login: false, show_as_button: false }];
  return sdk.organizations.create({ name, enabled_connections: enabled, ...organization } as never);
}

test("what no entry says is told, without a value that could be a secret", async () => {
  const { id: shared = "" } = await sdk.organizations.create({ name: "shared" });
  const options = {
    type: "front_channel",
    issuer: "https://login.odd.example/",
    discovery_url: "https://login.odd.example/elsewhere",
    client_id: "odd-client",
    scope: "openid profile email groups",
    domain_aliases: ["Odd.example"],
    set_user_root_attributes: "never_on_login",
    connection_settings: { pkce: "plain" },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Auth0's own form
    attribute_map: { mapping_mode: "use_map", attributes: { email: "${context.tokenset.mail}", team: "hunter2" } },
    upstream_params: { screen: { value: "hunter2" } },
  };
  const organization = {
    display_name: "Odd",
    branding: { logo_url: "https://odd.example/logo.svg" },
    metadata: { type: "customer", api_access: "on", plan: "hunter2" },
  };
  const { id = "" } = await byHand(
    "odd",
    { options, display_name: "Sign in at Odd", metadata: { team: "hunter2" } },
    organization,
  );
  const [{ connection_id: connection = "" } = {}] = (await sdk.organizations.enabledConnections.list(id)).data;
  await sdk.organizations.enabledConnections.add(shared, { connection_id: connection });
  await sdk.organizations.discoveryDomains.create(id, { domain: "elsewhere.example" });
  const { file, notes, secrets } = await take("odd");
  expect(notes).toEqual([
    "organization: no connection shows its button: each does after an up",
    "connection odd-sso: options.discovery_url: becomes the issuer's own",
    "connection odd-sso: options.type: becomes back_channel",
    "connection odd-sso: options.connection_settings.pkce: becomes auto",
    "connection odd-sso: options.attribute_map.attributes.team: no entry says it; an up takes it away",
    "connection odd-sso: options.set_user_root_attributes: becomes on_each_login",
    "connection odd-sso: options.upstream_params: no entry says it; an up takes it away",
    "connection odd-sso: metadata.team: no entry says it; an up takes it away",
    "connection odd-sso: other organizations have it too (shared): their entries name it under guests",
    "organization: metadata.plan: no entry says it; an up takes it away",
    "organization: discovery domains that no connection has (elsewhere.example): an up takes them away",
    "organization: branding: not a logo at an https URL and two colours, so the entry does not say it",
  ]);
  expect(secrets).toEqual(["odd-sso-secret"]);
  expect(parse(readFileSync(join(root, file), "utf8"))).toEqual({
    displayName: "Odd",
    type: "customer",
    conditions: { api_access: "on" },
    connections: {
      "odd-sso": {
        strategy: "oidc",
        issuer: "https://login.odd.example/",
        clientId: "odd-client",
        clientSecret: { config: "odd-sso-secret" },
        scopes: ["groups"],
        attributes: { email: "mail" },
        domains: ["odd.example"],
        displayName: "Sign in at Odd",
        autoMembership: false,
      },
    },
  });
});

test("what cannot become an entry is refused all at once, and nothing is written", async () => {
  const { id = "" } = await byHand(
    "unfit",
    { options: { client_id: "unfit-client" } },
    { metadata: { api_access: "maybe" } },
  );
  const { id: social = "" } = await sdk.connections.create({ name: "Social", strategy: "github" } as never);
  const scripted = { name: "scripted", strategy: "auth0", options: { enabledDatabaseCustomization: true } };
  const { id: database = "" } = await sdk.connections.create(scripted as never);
  for (const connection_id of [social, database]) await sdk.organizations.enabledConnections.add(id, { connection_id });
  await expect(take("unfit")).rejects.toThrow(
    new Faults([
      "--type: missing; allowed: customer, vendor",
      "connection unfit-sso: no domain in the tenant; allowed: --domain, the domains of its people's addresses",
      "connection Social: strategy github, which no entry says; allowed: oidc, okta, samlp, waad, google-apps, adfs, auth0",
      "connection scripted: a database with scripts of its own, which no entry says; allowed: oidc, okta, samlp, waad, google-apps, adfs, auth0",
      "stacks/local/customers/unfit.yaml: connections.unfit-sso.issuer: missing; allowed: the issuer's https URL without /.well-known/openid-configuration, user, query and fragment",
    ]),
  );
  await expect(take("unfit", { type: "customer", condition: ["colour=red"] })).rejects.toThrow(
    /^✖ --condition api_access=…: cannot be used; allowed: on, off\n✖ --condition colour=…: no condition of a customer; allowed: api_access\n/,
  );
  expect(readdirSync(root).filter((name) => name.startsWith("unfit"))).toEqual([]);
});

test("an entry or a file of ids that is there is never written over, and an organization that is not there is told", async () => {
  const before = readFileSync(join(root, "stacks/local/customers/twin.yaml"), "utf8");
  await expect(take("twin")).rejects.toThrow(
    new Faults([
      "stacks/local/customers/twin.yaml: is there already; allowed: to take it away first",
      "twin.import.json: is there already; allowed: to take it away first",
    ]),
  );
  expect(readFileSync(join(root, "stacks/local/customers/twin.yaml"), "utf8")).toBe(before);
  await expect(take("nobody")).rejects.toThrow(
    "✖ organization: the tenant has no nobody; allowed: the name or id of one",
  );
  await expect(take("org_0123456789abcdef")).rejects.toThrow("the tenant has no org_0123456789abcdef");
});
