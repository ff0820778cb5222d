import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Declared } from "./aws-side.program.ts";
import { World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = await World.create({ DNS_RECORDS: "told" });
  world.write("index.ts", readFileSync(join(import.meta.dirname, "aws-side.program.ts"), "utf8"));
});

afterAll(() => world?.close());

const category = (name: string) => ({ type: "category", name });
const audit = {
  name: "audit",
  type: "eventbridge",
  sink: { awsAccountId: "123456789012", awsRegion: "eu-west-1" },
  filters: [category("auth.login.fail"), category("management.fail")],
};
const login = { domain: "login.travel.example", type: "auth0_managed_certs" };
const own = { domain: "sso.travel.example", type: "self_managed_certs" };

const declare = (streams: Declared["streams"], domains: Declared["domains"]) =>
  world.write("declared.json", JSON.stringify({ streams, domains }));

/** By name: what each verification told. */
const told = async () => (await world.outputs()) as unknown as Record<string, Readonly<Record<string, string>>>;

interface Domain {
  readonly custom_domain_id: string;
  readonly domain: string;
  readonly verification: {
    readonly methods: readonly [{ readonly name: string; readonly record: string; domain: string }];
  };
}

const domains = () => world.tenant.read("custom-domains") as Promise<Domain[]>;
const streams = () => world.tenant.read("log-streams") as Promise<{ id: string; sink: Record<string, string> }[]>;

/** Sets the records that all domains ask for, as Route 53 would have them. */
async function setRecords(): Promise<void> {
  const methods = (await domains()).map(({ verification }) => verification.methods[0]);
  await world.tenant.setRecords(
    methods.map(({ name, domain, record }) => ({ type: name, name: domain, value: record })),
  );
}

/** Ids that the tenant has given, each with the name of what bears it. */
const known = new Map<string, string>();

/** The requests since `after` with the answers' status, ids by name. Lists are asked for by this test alone. */
async function requests(after = 0): Promise<string[]> {
  const named = [...known.values()].filter((name) => name.startsWith("STREAM")).length;
  for (const { id } of await streams()) if (!known.has(id)) known.set(id, `STREAM${named + 1}`);
  for (const { custom_domain_id: id, domain } of await domains()) known.set(id, domain);
  const made = (await world.tenant.requests(after)).filter(({ method, path }) => method !== "GET" || !isList(path));
  return made.map(({ method, path, body, status }) => {
    const [family = "", id = "", ...more] = path.replace("/api/v2/", "").split("/");
    const place = [family, known.get(id) ?? id, ...more].filter((part) => part !== "").join("/");
    return `${status} ${method} ${place}${body ? ` ${json(body)}` : ""}`;
  });
}

const isList = (path: string): boolean => /^\/api\/v2\/(log-streams|custom-domains)$/.test(path);

/** As text, the names of every object in order. */
const json = (value: unknown): string =>
  JSON.stringify(value, (_, held: unknown) =>
    typeof held === "object" && held !== null && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : held,
  );

/** Streams before domains, each in order: the engine makes both at once. */
const byFamily = (made: readonly string[]): string[] => [
  ...made.filter((line) => line.includes(" log-streams")),
  ...made.filter((line) => !line.includes(" log-streams")),
];

/** What an `up` did, by alphabet, and the requests that it took; then nothing is left to do. */
async function up(): Promise<{ steps: string[]; made: string[] }> {
  const before = await world.tenant.last();
  const steps = (await world.up("--parallel=1")).filter((step) => step.includes(" auth0.")).toSorted();
  const made = byFamily(await requests(before));
  expect((await world.preview()).filter((step) => step.includes(" auth0."))).toEqual([]);
  return { steps, made };
}

// One story: each test stands on the one before.

test("a domain whose record is not there fails once the program's patience ends; what was made stands", async () => {
  declare({ audit }, { login: { ...login, verified: { patience: "3s" } } });
  const steps = await world.preview();
  expect(steps.filter((step) => step.includes(" auth0.")).toSorted()).toEqual([
    "create auth0.CustomDomain login",
    "create auth0.CustomDomainVerification login",
    "create auth0.LogStream audit",
  ]);
  expect(await requests()).toEqual([]);
  expect(await world.refusal("--parallel=1")).toContain(
    '1 error occurred:\n\t* custom domain has status "pending_verification"\n',
  );
  expect(byFamily(await requests())).toEqual([
    `200 POST log-streams ${json(audit)}`,
    "200 GET log-streams/STREAM1",
    `201 POST custom-domains ${json(login)}`,
    "200 GET custom-domains/login.travel.example",
    // at once, after half a second and after one second more: the next would come two seconds later
    ...Array.from({ length: 3 }, () => "200 POST custom-domains/login.travel.example/verify"),
  ]);
});

test("an update waits for the record; then nothing is left to do, nor after a look at the tenant", async () => {
  declare({ audit }, { login: { ...login, verified: {} } });
  const before = await world.tenant.last();
  const asked = async () => (await requests(before)).filter((line) => line.endsWith("/verify"));
  let hasEnded = false;
  const running = up().finally(() => {
    hasEnded = true;
  });
  while (!hasEnded && (await asked()).length === 0); // each look is a request of its own
  await setRecords();
  const { steps, made } = await running;
  expect(steps).toEqual(["create auth0.CustomDomainVerification login"]);
  const verify = "POST custom-domains/login.travel.example/verify";
  expect(made.slice(-2)).toEqual([`201 ${verify}`, "200 GET custom-domains/login.travel.example"]);
  expect(new Set(made.slice(0, -2))).toEqual(new Set([`200 ${verify}`]));

  const last = await world.tenant.last();
  expect((await world.refresh()).filter((step) => step.includes(" auth0."))).toEqual([]);
  expect((await requests(last)).toSorted()).toEqual([
    "200 GET custom-domains/login.travel.example",
    "200 GET custom-domains/login.travel.example",
    "200 GET log-streams/STREAM1",
  ]);
  const [found] = await streams();
  const { sources, records, origins, keys } = await told();
  expect(sources).toEqual({ audit: found?.sink.awsPartnerEventSource });
  expect(records).toEqual({ login: (await domains())[0]?.verification.methods[0].record });
  expect(origins).toEqual({ login: expect.stringMatching(/^[a-z0-9]{16}\.edge\.tenants\.localhost$/) });
  expect(keys).toEqual({ login: "" });
});

test("names, filters, what is concealed and the TLS policy change in place, the source stays", async () => {
  const { sources } = await told();
  const pii = { logFields: ["email", "phone"] };
  const changed = { ...audit, name: "trail", filters: [category("auth.login.fail")], piiConfig: pii, status: "paused" };
  declare({ audit: changed }, { login: { ...login, tlsPolicy: "recommended", domainMetadata: { a: "1", b: "2" } } });
  const { steps, made } = await up();
  expect(steps).toEqual([
    "delete auth0.CustomDomainVerification login", // asks for nothing: the domain stays verified
    "update auth0.CustomDomain login",
    "update auth0.LogStream audit",
  ]);
  expect(made).toEqual([
    `200 PATCH log-streams/STREAM1 ${json({
      name: "trail",
      status: "paused",
      filters: [category("auth.login.fail")],
      pii_config: { log_fields: ["email", "phone"], method: "hash", algorithm: "xxhash" },
    })}`,
    "200 GET log-streams/STREAM1",
    `200 PATCH custom-domains/login.travel.example ${json({ tls_policy: "recommended", domain_metadata: { a: "1", b: "2" } })}`,
    "200 GET custom-domains/login.travel.example",
  ]);
  expect((await told()).sources).toEqual(sources);

  declare(
    { audit: { ...changed, filters: [] } },
    { login: { ...login, domainMetadata: { b: "3" }, relyingPartyIdentifier: "travel.example" } },
  );
  expect((await up()).made.filter((line) => !line.includes(" GET "))).toEqual([
    `200 PATCH log-streams/STREAM1 ${json({ name: "trail", status: "paused", filters: [] })}`,
    `200 PATCH custom-domains/login.travel.example ${json({
      domain_metadata: { a: null, b: "3" },
      relying_party_identifier: "travel.example",
    })}`,
  ]);
  declare({ audit: { ...changed, filters: [] } }, { login: { ...login, domainMetadata: { b: "3" } } });
  expect((await up()).made.filter((line) => !line.includes(" GET "))).toEqual([
    '200 PATCH custom-domains/login.travel.example {"relying_party_identifier":null}',
    "200 PATCH custom-domains/login.travel.example {}",
  ]);
});

test("another region is another stream: the old one goes first, for it bears the name", async () => {
  const { sources } = await told();
  declare({ audit: { ...audit, sink: { ...audit.sink, awsRegion: "eu-central-1" } } }, { login });
  const { steps, made } = await up();
  expect(steps).toContain("delete-replaced auth0.LogStream audit");
  expect(made.filter((line) => line.includes("log-streams"))).toEqual([
    "204 DELETE log-streams/STREAM1",
    `200 POST log-streams ${json({ ...audit, sink: { ...audit.sink, awsRegion: "eu-central-1" } })}`,
    "200 GET log-streams/STREAM2",
  ]);
  expect((await told()).sources).not.toEqual(sources);
});

test("what somebody changed or deleted by hand is found by a refresh and put right", async () => {
  const [stream] = await streams();
  await world.tenant.send("PATCH", `log-streams/${stream?.id}`, { name: "by hand", status: "paused" });
  expect((await world.refresh()).filter((step) => step.includes(" auth0."))).toEqual(["update auth0.LogStream audit"]);
  expect((await up()).steps).toEqual(["update auth0.LogStream audit"]);
  await world.tenant.send("DELETE", `log-streams/${stream?.id}`);
  expect((await world.refresh()).filter((step) => step.includes(" auth0."))).toEqual(["delete auth0.LogStream audit"]);
  expect((await up()).steps).toEqual(["create auth0.LogStream audit"]);
});

test("the key for a proxy of one's own is told once, kept through a refresh, and secret in the state", async () => {
  declare({ audit }, { login, own });
  await up();
  await setRecords();
  declare({ audit }, { login, own: { ...own, verified: {} } });
  expect((await up()).steps).toEqual(["create auth0.CustomDomainVerification own"]);
  const { keys } = await told();
  expect(keys).toEqual({ own: expect.stringMatching(/^[0-9a-f]{128}$/) });
  expect((await world.refresh()).filter((step) => step.includes(" auth0."))).toEqual([]);
  expect((await told()).keys).toEqual(keys);
  expect((await world.pulumi("stack", "export")).stdout).not.toContain(keys?.own);
  declare({ audit }, { login, own: { ...own, customClientIpHeader: "cf-connecting-ip", verified: {} } });
  expect((await up()).made).toEqual([
    '200 PATCH custom-domains/sso.travel.example {"custom_client_ip_header":"cf-connecting-ip"}',
    "200 GET custom-domains/sso.travel.example",
  ]);
});

test("all three kinds are imported by their ids, after which nothing is left to do but what an answer never tells again", async () => {
  declare({ audit }, { login, own: { ...own, customClientIpHeader: "cf-connecting-ip", verified: {} } });
  const [stream] = await streams();
  const ownId = (await domains()).find(({ domain }) => domain === own.domain)?.custom_domain_id ?? "";
  const imports = [
    ["auth0:index/logStream:LogStream", "audit", stream?.id ?? ""],
    ["auth0:index/customDomain:CustomDomain", "own", ownId],
    ["auth0:index/customDomainVerification:CustomDomainVerification", "own", ownId],
  ] as const;
  for (const [type, name] of imports.toReversed()) {
    const urn = `urn:pulumi:${world.stack}::auth0-b2b::${type}::${name}`;
    expect(await world.pulumi("state", "delete", urn, "--yes")).toMatchObject({ status: 0 });
  }
  const before = await world.tenant.last();
  for (const [type, name, id] of imports) {
    const flags = ["--yes", "--protect=false", "--generate-code=false"];
    expect(await world.pulumi("import", type, name, id, ...flags)).toMatchObject({ status: 0 });
  }
  expect(new Set(await requests(before))).toEqual(
    new Set(["200 GET log-streams/STREAM4", "200 GET custom-domains/sso.travel.example"]),
  );
  expect(await up()).toEqual({ steps: [], made: [] });
  expect((await told()).keys).toEqual({ own: null });
});

test("what Auth0 refuses is told in its own words", async () => {
  declare({ audit }, { login, own: { ...own, tlsPolicy: "recommended" } });
  expect(await world.refusal()).toContain("400 Bad Request: The 'tls_policy' cannot be set on self_managed domains");
});

test("a destruction deletes streams and domains; a verification is none to Auth0", async () => {
  declare({ audit }, { login, own: { ...own, verified: {} } });
  await world.up();
  const before = await world.tenant.last();
  expect((await world.destroy()).filter((step) => step.includes(" auth0.")).toSorted()).toEqual([
    "delete auth0.CustomDomain login",
    "delete auth0.CustomDomain own",
    "delete auth0.CustomDomainVerification own",
    "delete auth0.LogStream audit",
  ]);
  expect((await requests(before)).toSorted()).toEqual([
    "204 DELETE custom-domains/login.travel.example",
    "204 DELETE custom-domains/sso.travel.example",
    "204 DELETE log-streams/STREAM4",
  ]);
  expect([await streams(), await domains()]).toEqual([[], []]);
});
