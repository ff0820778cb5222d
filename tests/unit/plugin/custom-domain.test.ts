import { expect, test } from "vitest";
import { failure } from "../../../local/plugin/failure.ts";
import { Secret } from "../../../local/plugin/marshal.ts";
import { connected, plain, typeOf } from "./connected.ts";
import { type Reply, refusal, store } from "./fake-management-api.ts";

const held = connected();
const domain = { domain: "login.a.example", type: "auth0_managed_certs" };

test("a domain's metadata are sent when they change, a relying party that is taken out goes first and as null", async () => {
  const type = typeOf("customDomain");
  const made = {
    status: "pending_verification",
    verification: { methods: [{ name: "CNAME", record: "r", domain: "d" }] },
  };
  held.fake.answer = store("custom-domains", "cd_1", made, "custom_domain_id");
  const party = { relyingPartyIdentifier: "a.example" };
  const first = await type.create(held.api, { ...domain, ...party, domainMetadata: { a: "1", b: "2" } });
  expect(first.properties).toEqual({
    id: "cd_1",
    ...domain,
    ...party,
    domainMetadata: { a: "1", b: "2" },
    status: "pending_verification",
    verifications: [{ ...made.verification, status: "", errorMsg: "", lastVerifiedAt: "" }],
    certificates: [],
    primary: false,
    isDefault: false,
    originDomainName: "",
    tlsPolicy: "",
    customClientIpHeader: "",
  });
  const state = plain(first.properties);
  await type.update(held.api, "cd_1", state, {
    ...domain,
    ...party,
    tlsPolicy: "recommended",
    domainMetadata: { a: "1", b: "2" },
  });
  await type.update(held.api, "cd_1", state, { ...domain, domainMetadata: { b: "3" } });
  const writes = held.fake.requests.filter(({ method }) => method !== "GET");
  expect(writes.map(({ method, body }) => [method, body])).toEqual([
    ["POST", { ...domain, relying_party_identifier: "a.example", domain_metadata: { a: "1", b: "2" } }],
    ["PATCH", { tls_policy: "recommended", relying_party_identifier: "a.example" }],
    ["PATCH", { relying_party_identifier: null }],
    ["PATCH", { domain_metadata: { a: null, b: "3" } }],
  ]);
});

/** Answers a verification with each status in turn, the last one for ever. */
function verifying(...statuses: string[]): void {
  held.fake.answer = ({ path }): Reply => {
    const status = path.endsWith("/verify") && statuses.length > 1 ? statuses.shift() : statuses[0];
    const answer = { custom_domain_id: "cd_1", status: status ?? "", origin_domain_name: "origin" };
    return { status: 200, body: path.endsWith("/verify") ? { ...answer, cname_api_key: "hush" } : answer };
  };
}

test("a verification is asked for again, each time later, until the domain is ready; its key is told once and kept", async () => {
  const type = typeOf("customDomainVerification");
  verifying(...Array.from({ length: 8 }, () => "pending_verification"), "ready");
  const made = await type.create(held.api, { customDomainId: "cd_1" });
  expect(held.waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000]);
  expect(held.fake.lines()).toEqual([
    ...Array.from({ length: 9 }, () => "POST custom-domains/cd_1/verify"),
    "GET custom-domains/cd_1",
  ]);
  const properties = {
    __meta: '{"e2bfb730-ecaa-11e6-8f88-34363bc7c4c0":{"create":300000000000}}',
    id: "cd_1",
    customDomainId: "cd_1",
    originDomainName: "origin",
    cnameApiKey: new Secret("hush"),
  };
  expect(made).toEqual({ id: "cd_1", properties });
  expect(await type.read(held.api, "cd_1", plain(made.properties))).toMatchObject({ id: "cd_1", properties });
  expect((await type.read(held.api, "cd_1"))?.properties).toMatchObject({
    ...properties,
    cnameApiKey: new Secret(null),
  });
  await type.delete(held.api, "cd_1", plain(made.properties));
  expect(held.fake.lines()).toEqual(["GET custom-domains/cd_1", "GET custom-domains/cd_1"]);
});

test.each([
  ["five minutes by itself", 0, 300_000, 34],
  ["as long as the program says", 3, 3_000, 3],
])("a verification waits %s, and leaves nothing behind", async (_, seconds, whole, attempts) => {
  verifying("pending_verification");
  const failed = typeOf("customDomainVerification").create(held.api, { customDomainId: "cd_1" }, seconds);
  const error: unknown = await failed.catch((thrown: unknown) => thrown);
  expect(failure(error, "creating urn")).toMatchObject({
    message: '1 error occurred:\n\t* custom domain has status "pending_verification"\n\n',
  });
  expect(failure(error, "creating urn")).not.toHaveProperty("metadata");
  expect(held.waits.reduce((sum, wait) => sum + wait)).toBe(whole);
  expect(held.fake.lines()).toHaveLength(attempts);
});

test("what Auth0 refuses is not tried again", async () => {
  held.fake.answer = () => refusal(404, "Not Found", "The custom domain cd_1 does not exist");
  const failed = typeOf("customDomainVerification").create(held.api, { customDomainId: "cd_1" });
  await expect(failed).rejects.toThrow("404 Not Found: The custom domain cd_1 does not exist");
  expect([held.waits, held.fake.lines()]).toEqual([[], ["POST custom-domains/cd_1/verify"]]);
});
