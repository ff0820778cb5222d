import { expect, test } from "vitest";
import { failure } from "../../../local/plugin/failure.ts";
import type { JsonObject } from "../../../local/plugin/management.ts";
import { GuardedError, IncompleteError, RefusedError } from "../../../local/plugin/provider.ts";
import { type Dict, UNKNOWN } from "../../../local/plugin/value.ts";
import { connected, plain, typeOf } from "./connected.ts";
import { type Answer, refusal } from "./fake-management-api.ts";

const held = connected();
const type = typeOf("organizationDiscoveryDomains");
const PATH = "organizations/org_1/discovery-domains";
const LIST = { method: "GET", path: `${PATH}?take=100`, body: null };

/** What a program writes of one domain; what the API is sent of it. */
const written = (domain: string, status = "verified", use = true) => ({
  domain,
  status,
  useForOrganizationDiscovery: use,
});
const sent = (domain: string, status = "verified", use = true) => ({
  method: "POST",
  path: PATH,
  body: { domain, status, use_for_organization_discovery: use },
});
const removed = (id: string) => ({ method: "DELETE", path: `${PATH}/${id}`, body: null });
/** A domain as the state holds it once the API has decided the rest. */
const decided = (id: string, domain: string, status = "verified", use = true) => ({
  ...written(domain, status, use),
  id,
  verificationTxt: `proof of ${id}`,
  verificationHost: `host.${domain}`,
});
const undecided = (domain: string) => ({
  ...written(domain),
  id: UNKNOWN,
  verificationTxt: UNKNOWN,
  verificationHost: UNKNOWN,
});
const inputs = (...discoveryDomains: Dict[]): Dict => ({ organizationId: "org_1", discoveryDomains });

/** The domains of org_1 in the order they were made; those of `refused` cannot be. @param page domains in one answer */
function organization(names: readonly string[] = [], refused: readonly string[] = [], page = 100): Answer {
  let made = 0;
  const domains = new Map<string, JsonObject>();
  const add = (body: JsonObject): JsonObject => {
    const id = `ord_${++made}`;
    const object = { ...body, id, verification_txt: `proof of ${id}`, verification_host: `host.${body.domain}` };
    domains.set(id, object);
    return object;
  };
  for (const domain of names) add({ domain, status: "verified", use_for_organization_discovery: true });
  return ({ method, path, body }) => {
    const [route = "", query] = path.split("?");
    if (route === PATH && method === "GET") {
      const from = Number(new URLSearchParams(query).get("from") ?? 0);
      const rest = [...domains.values()].slice(from);
      const next = rest.length > page ? { next: String(from + page) } : {};
      return { status: 200, body: { domains: rest.slice(0, page), ...next } };
    }
    if (route === PATH && method === "POST") {
      const object = body as JsonObject;
      if (refused.includes(String(object.domain))) return refusal(400, "Bad Request", `no ${object.domain}`);
      return { status: 201, body: add(object) };
    }
    if (method === "DELETE" && domains.delete(route.slice(PATH.length + 1))) return { status: 204 };
    return refusal(404, "Not Found", "gone");
  };
}

/** The requests that a step sent. */
async function requestsOf(step: Promise<unknown>) {
  const before = held.fake.requests.length;
  await step;
  return held.fake.requests.slice(before);
}

test("a creation looks at what is there, sends each domain and reads them back, its id the organization's", async () => {
  held.fake.answer = organization();
  const creation = type.create(held.api, inputs(written("b.com"), written("a.com", "pending", false)));
  expect(await requestsOf(creation)).toEqual([LIST, sent("a.com", "pending", false), sent("b.com"), LIST]);
  expect(await creation).toEqual({
    id: "org_1",
    properties: {
      id: "org_1",
      organizationId: "org_1",
      discoveryDomains: [decided("ord_1", "a.com", "pending", false), decided("ord_2", "b.com")],
    },
  });
});

test("a domain whose use is not written is sent without it", async () => {
  held.fake.answer = organization();
  const creation = type.create(held.api, inputs({ domain: "a.com", status: "verified" }));
  expect(await requestsOf(creation)).toEqual([
    LIST,
    { method: "POST", path: PATH, body: { domain: "a.com", status: "verified" } },
    LIST,
  ]);
});

test.each([
  ["another domain", ["b.com"]],
  ["one of two", ["a.com"]],
  ["the same domains in another order", ["c.com", "a.com"]],
])("a creation refuses an organization that has %s, and changes nothing", async (_, present) => {
  held.fake.answer = organization(present);
  const creation = type.create(held.api, inputs(written("a.com"), written("c.com")));
  const requests = requestsOf(creation.catch(() => undefined));
  await expect(creation).rejects.toThrow(
    new GuardedError(
      "Organization with non empty enabled discovery domains: Detected an organization (org_1) with already enabled " +
        "discovery domains. Import the auth0_organization_discovery_domains resource instead of creating it.",
    ),
  );
  expect(await requests).toEqual([LIST]);
});

test("the engine is told of that refusal as of one of the API, and of a plan's with the word for planning", () => {
  const urn = "urn:pulumi:dev::auth0-b2b::auth0:index/x:X::x";
  expect(failure(new GuardedError("Taken."), `creating ${urn}`).details).toBe("1 error occurred:\n\t* Taken.\n\n");
  expect(failure(new RefusedError("Wrong."), `creating ${urn}`).details).toBe(
    `diffing ${urn}: 1 error occurred:\n\t* Wrong.\n\n`,
  );
});

test("a creation takes over domains that are there already, and sends none", async () => {
  held.fake.answer = organization(["a.com", "c.com"]);
  const creation = type.create(held.api, inputs(written("c.com"), written("a.com")));
  expect(await requestsOf(creation)).toEqual([LIST, LIST]);
  expect((await creation).properties).toMatchObject({
    discoveryDomains: [decided("ord_1", "a.com"), decided("ord_2", "c.com")],
  });
});

test("a creation tries every domain, tells all that were refused, and leaves the resource behind", async () => {
  held.fake.answer = organization([], ["a.com", "c.com"]);
  const creation = type
    .create(held.api, inputs(written("a.com"), written("b.com"), written("c.com")))
    .catch((error: unknown) => error);
  expect(await requestsOf(creation)).toEqual([LIST, sent("a.com"), sent("b.com"), sent("c.com")]);
  const failed = await creation;
  expect(failed).toBeInstanceOf(IncompleteError);
  expect(failed).toMatchObject({
    resource: { id: "org_1" },
    cause: { message: "400 Bad Request: no a.com; 400 Bad Request: no c.com" },
  });
});

test("the list is read page by page", async () => {
  held.fake.answer = organization(["a.com", "b.com", "c.com"], [], 2);
  const reading = type.read(held.api, "org_1");
  expect(await requestsOf(reading)).toEqual([LIST, { method: "GET", path: `${PATH}?from=2&take=100`, body: null }]);
  expect((await reading)?.properties).toEqual({
    id: "org_1",
    organizationId: "org_1",
    discoveryDomains: [decided("ord_1", "a.com"), decided("ord_2", "b.com"), decided("ord_3", "c.com")],
  });
});

test("an update deletes what changed or is no longer written, and sends what is new", async () => {
  held.fake.answer = organization(["a.com", "b.com", "c.com"]);
  const olds = plain((await type.read(held.api, "org_1"))?.properties ?? {});
  const news = inputs(written("d.com"), written("a.com"), written("b.com", "pending"));
  const update = type.update(held.api, "org_1", olds, news);
  expect(await requestsOf(update)).toEqual([
    removed("ord_2"),
    removed("ord_3"),
    sent("d.com"),
    sent("b.com", "pending"),
    LIST,
  ]);
  expect((await update).properties.discoveryDomains).toEqual([
    decided("ord_1", "a.com"),
    decided("ord_5", "b.com", "pending"),
    decided("ord_4", "d.com"),
  ]);
});

test("an update of a domain's use alone makes that domain anew", async () => {
  held.fake.answer = organization(["a.com", "b.com"]);
  const before = { ...inputs(decided("ord_1", "a.com"), decided("ord_2", "b.com")), id: "org_1" };
  const news = inputs(written("a.com"), written("b.com", "verified", false));
  expect(await requestsOf(type.update(held.api, "org_1", before, news))).toEqual([
    removed("ord_2"),
    sent("b.com", "verified", false),
    LIST,
  ]);
});

test("a domain that is gone already counts as deleted, by an update and by a deletion", async () => {
  held.fake.answer = organization(["a.com"]);
  const olds = { ...inputs(decided("ord_1", "a.com"), decided("ord_7", "b.com")), id: "org_1" };
  expect(await requestsOf(type.update(held.api, "org_1", olds, inputs(written("a.com"))))).toEqual([
    removed("ord_7"),
    LIST,
  ]);
  held.fake.answer = ({ method }) =>
    method === "GET" ? { status: 200, body: { domains: [{ id: "ord_1" }] } } : refusal(404, "Not Found", "gone");
  expect(await requestsOf(type.delete(held.api, "org_1", olds))).toEqual([LIST, removed("ord_1")]);
});

test("a deletion removes every domain that the organization has, those made by hand too", async () => {
  held.fake.answer = organization(["a.com", "hand.made"]);
  const deletion = type.delete(held.api, "org_1", { ...inputs(decided("ord_1", "a.com")), id: "org_1" });
  expect(await requestsOf(deletion)).toEqual([LIST, removed("ord_1"), removed("ord_2")]);
});

test("an organization that is gone is dropped by a refresh and tolerated by a deletion", async () => {
  held.fake.answer = () => refusal(404, "Not Found", "gone");
  const olds = { ...inputs(decided("ord_1", "a.com")), id: "org_1" };
  expect(await type.read(held.api, "org_1", olds)).toBeNull();
  expect(await requestsOf(type.delete(held.api, "org_1", olds))).toEqual([LIST]);
});

const olds = { ...inputs(decided("ord_1", "a.com"), decided("ord_2", "b.com")), id: "org_1" };
const differenceTo = (...domains: Dict[]) =>
  Object.fromEntries(type.diff("org_1", olds, inputs(...domains), []).changes);

test("another order of the domains is no change", () => {
  expect(differenceTo(written("b.com"), written("a.com"))).toEqual({});
});

test("a domain that is added is all that changes, and only what the API decides of it is unknown", () => {
  const news = inputs(written("c.com"), written("b.com"), written("a.com"));
  expect(Object.keys(differenceTo(written("c.com"), written("b.com"), written("a.com")))).toEqual([
    "discoveryDomains[0]",
  ]);
  expect(plain(type.preview(news, { id: "org_1", olds }))).toEqual({
    id: "org_1",
    organizationId: "org_1",
    discoveryDomains: [decided("ord_1", "a.com"), decided("ord_2", "b.com"), undecided("c.com")],
  });
});

test("a domain that is taken out is all that changes", () => {
  expect(differenceTo(written("b.com"))).toEqual({ "discoveryDomains[0]": { kind: "delete", replaces: false } });
});

test("a domain that is no longer used for discovery is a new one in a preview", () => {
  const news = inputs(written("b.com"), written("a.com", "verified", false));
  expect(plain(type.preview(news, { id: "org_1", olds })).discoveryDomains).toEqual([
    { ...undecided("a.com"), useForOrganizationDiscovery: false },
    decided("ord_2", "b.com"),
  ]);
});

test("a use that is not known yet is told apart from a use, and not from its absence", () => {
  const unused = { ...inputs(decided("ord_1", "a.com", "verified", false)), id: "org_1" };
  const used = { ...inputs(decided("ord_1", "a.com")), id: "org_1" };
  const news = inputs({ ...written("a.com"), useForOrganizationDiscovery: UNKNOWN });
  expect([...type.diff("org_1", unused, news, []).changes.keys()]).toEqual([]);
  expect([...type.diff("org_1", used, news, []).changes.keys()]).toEqual([
    "discoveryDomains[0].id",
    "discoveryDomains[0].useForOrganizationDiscovery",
    "discoveryDomains[0].verificationHost",
    "discoveryDomains[0].verificationTxt",
  ]);
});

test("a status that the API does not know is refused by the check", () => {
  const { failures } = type.check(inputs(written("a.com", "done")), undefined, {
    resourceName: "acme",
    seed: new Uint8Array(),
  });
  expect(failures).toEqual([
    'expected discovery_domains.0.status to be one of ["pending" "verified"], got done. Examine values at \'acme.discoveryDomains\'.',
  ]);
});
