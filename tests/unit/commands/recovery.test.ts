import { expect, test } from "vitest";
import { Exported, type Exported as State } from "../../../local/commands/checkpoint.ts";
import { FAMILIES } from "../../../local/commands/families.ts";
import { leftOver, searches, withoutPending } from "../../../local/commands/recovery.ts";

const urn = (type: string, name: string) => `urn:pulumi:local::auth0-b2b::${type}::${name}`;

const resource = (type: string, name: string, inputs: Record<string, unknown>, id?: string, outputs?: object) => ({
  urn: urn(type, name),
  custom: true,
  type,
  inputs,
  ...(outputs === undefined ? {} : { outputs }),
  ...(id === undefined ? {} : { id }),
});

const CLIENT = "auth0:index/client:Client";
const ORGANIZATION_CONNECTION = "auth0:index/organizationConnection:OrganizationConnection";
const DOMAINS = "auth0:index/organizationDiscoveryDomains:OrganizationDiscoveryDomains";

/** A state as `pulumi stack export` prints it, with these resources and these unfinished steps. */
function aState(resources: unknown[], pending: { type: string; resource: unknown }[]): State {
  return Exported.parse({
    version: 3,
    deployment: { manifest: { magic: "m" }, resources, pending_operations: pending },
  });
}

const creating = (of: unknown) => ({ type: "creating", resource: of });
const updating = (of: unknown) => ({ type: "updating", resource: of });

test("for an unfinished create the tenant is searched for an object of its name that the state does not know", () => {
  const known = resource(CLIENT, "other", { name: "Main" }, "known1");
  const state = aState([known], [creating(resource(CLIENT, "main", { name: "Main", appType: "spa" }))]);
  const found = searches(state);
  expect(found).toEqual([
    {
      list: "clients",
      paging: "page",
      id: "client_id",
      wanted: [new Map([["name", "Main"]])],
      known: new Set(["known1"]),
    },
  ]);
  const listed = [
    { client_id: "known1", name: "Main" },
    { client_id: "lost/1", name: "Main" },
    { client_id: "hand-made", name: "Main 2" },
    { name: "Main" },
  ];
  expect(found.flatMap((search) => leftOver(search, listed))).toEqual(["clients/lost%2F1"]);
});

test("all properties of an identity must be equal", () => {
  const grant = resource("auth0:index/clientGrant:ClientGrant", "g", { clientId: "c1", audience: "https://api/" });
  const found = searches(aState([], [creating(grant)]));
  const listed = [
    { id: "cgr_1", client_id: "c1", audience: "https://other/" },
    { id: "cgr_2", client_id: "c2", audience: "https://api/" },
    { id: "cgr_3", client_id: "c1", audience: "https://api/" },
  ];
  expect(found.flatMap((search) => leftOver(search, listed))).toEqual(["client-grants/cgr_3"]);
});

test("a nested object is searched in its own parent, and known there by the id that joins both", () => {
  const inputs = { organizationId: "org_1", connectionId: "con_1" };
  const pending = [creating(resource(ORGANIZATION_CONNECTION, "a", inputs))];
  const elsewhere = resource(ORGANIZATION_CONNECTION, "b", { ...inputs, organizationId: "org_2" }, "org_2::con_1");
  const here = resource(ORGANIZATION_CONNECTION, "c", inputs, "org_1::con_1");
  const listed = [{ connection_id: "con_1" }, { connection_id: "con_2" }];
  const leftOvers = (resources: unknown[]) =>
    searches(aState(resources, pending)).flatMap((search) => leftOver(search, listed));

  expect(leftOvers([elsewhere])).toEqual(["organizations/org_1/enabled_connections/con_1"]);
  expect(leftOvers([elsewhere, here])).toEqual([]);
});

const domainsOf = (organizationId: string, ...domains: string[]) => ({
  organizationId,
  discoveryDomains: domains.map((domain) => ({ domain, status: "verified" })),
});

test("of an organization's domains, those that a killed create had made are left over, and no hand-made one", () => {
  const found = searches(aState([], [creating(resource(DOMAINS, "acme", domainsOf("org_1", "a.com", "b.com")))]));
  expect(found).toEqual([
    {
      list: "organizations/org_1/discovery-domains",
      paging: "mark",
      id: "id",
      wanted: [new Map([["domain", "a.com"]]), new Map([["domain", "b.com"]])],
      known: new Set(),
    },
  ]);
  const listed = [
    { id: "ord_1", domain: "a.com" },
    { id: "ord_2", domain: "hand.made" },
    { id: "ord_3", domain: "b.com" },
  ];
  expect(found.flatMap((search) => leftOver(search, listed))).toEqual([
    "organizations/org_1/discovery-domains/ord_1",
    "organizations/org_1/discovery-domains/ord_3",
  ]);
});

test("of an organization's domains, those that a killed update had made anew are left over, not those of the state", () => {
  const outputs = { discoveryDomains: [{ domain: "a.com", id: "ord_1" }] };
  const held = resource(DOMAINS, "acme", domainsOf("org_1", "a.com"), "org_1", outputs);
  const elsewhere = resource(DOMAINS, "beta", domainsOf("org_2", "b.com"), "org_2", {
    discoveryDomains: [{ domain: "b.com", id: "ord_2" }],
  });
  const step = updating(resource(DOMAINS, "acme", domainsOf("org_1", "a.com", "b.com"), "org_1"));
  const found = searches(aState([held, elsewhere], [step]));
  expect(found.map(({ known }) => known)).toEqual([new Set(["ord_1"])]);
  const listed = [
    { id: "ord_1", domain: "a.com" },
    { id: "ord_2", domain: "b.com" },
  ];
  expect(found.flatMap((search) => leftOver(search, listed))).toEqual(["organizations/org_1/discovery-domains/ord_2"]);
});

test.each([
  ["an update", { type: "updating", resource: resource(CLIENT, "a", { name: "Main" }) }],
  ["a delete", { type: "deleting", resource: resource(CLIENT, "a", { name: "Main" }, "c1") }],
  ["a create that sets a value", creating(resource("auth0:index/prompt:Prompt", "login", {}))],
  ["a create of an object that names nothing", creating(resource(CLIENT, "a", {}))],
  ["a create with a secret name", creating(resource(CLIENT, "a", { name: { ciphertext: "v1:x" } }))],
  ["a create of no domains", creating(resource(DOMAINS, "a", domainsOf("org_1")))],
  ["a create of domains that are not known yet", creating(resource(DOMAINS, "a", { organizationId: "org_1" }))],
  [
    "a deletion of domains",
    { type: "deleting", resource: resource(DOMAINS, "a", domainsOf("org_1", "a.com"), "org_1") },
  ],
  ["a nested create without its parent", creating(resource(ORGANIZATION_CONNECTION, "a", { connectionId: "con_1" }))],
])("%s leaves nothing to look for", (_, operation) => {
  expect(searches(aState([], [operation]))).toEqual([]);
});

test("a state without steps or resources is searched for nothing", () => {
  expect(searches(Exported.parse({ version: 3, deployment: {} }))).toEqual([]);
  expect(searches(Exported.parse({ version: 3, deployment: { resources: null, pending_operations: null } }))).toEqual(
    [],
  );
});

test("only the unfinished steps leave the state", () => {
  const resources = [resource(CLIENT, "a", { name: "Main" }, "c1")];
  const state = aState(resources, [creating(resource(CLIENT, "b", { name: "B" }))]);
  expect(withoutPending(state)).toEqual({
    version: 3,
    deployment: { manifest: { magic: "m" }, resources, pending_operations: [] },
  });
});

test("each family that lies in another one names its parent, and no other does", () => {
  const wrong = Object.entries(FAMILIES).filter(
    ([, family]) => family.list.includes("{parent}") !== (family.parent !== undefined),
  );
  expect(wrong).toEqual([]);
});
