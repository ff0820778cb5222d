import { expect, test } from "vitest";
import { type Body, bodyAt, listAt } from "../../../local/tenant/management/json.ts";
import { ownFolder, TestTenant } from "./harness.ts";

const managed = { domain: "login.acme.com", type: "auth0_managed_certs" };
const own = { domain: "login.acme.com", type: "self_managed_certs" };

test("a custom domain waits for its record, so it cannot be the default", async () => {
  const tenant = await TestTenant.fresh();
  const made = await tenant.make("/custom-domains", own);
  expect(made).toEqual({
    custom_domain_id: expect.stringMatching(/^cd_[A-Za-z0-9]{16}$/),
    domain: "login.acme.com",
    type: "self_managed_certs",
    primary: false,
    status: "pending_verification",
    verification: {
      methods: [
        { name: "TXT", record: expect.stringMatching(/^[a-z0-9]{32}$/), domain: "_cf-custom-hostname.login.acme.com" },
      ],
    },
    custom_client_ip_header: null,
    created_at: expect.any(String),
  });
  expect(await tenant.call("PATCH", "/custom-domains/default", { domain: "login.acme.com" })).toEqual({
    status: 400,
    body: {
      statusCode: 400,
      error: "Bad Request",
      message: "The domain must be verified before it can be set as default.",
      errorCode: "invalid_body",
    },
  });
  const test = await tenant.call("POST", `/custom-domains/${made.custom_domain_id}/test`);
  expect(test).toEqual({
    status: 409,
    body: { statusCode: 409, error: "Conflict", message: "The custom domain is not ready." },
  });
});

test("a domain under Auth0's certificates has an alias, and tells neither its age nor whether it is the default", async () => {
  const tenant = await TestTenant.fresh();
  expect(await tenant.make("/custom-domains", managed)).toEqual({
    custom_domain_id: expect.stringMatching(/^cd_[A-Za-z0-9]{16}$/),
    domain: "login.acme.com",
    type: "auth0_managed_certs",
    primary: true,
    status: "pending_verification",
    verification: {
      methods: [
        {
          name: "CNAME",
          record: expect.stringMatching(/^[a-z0-9]{16}\.edge\.tenants\.localhost$/),
          domain: "login.acme.com",
        },
      ],
    },
    tls_policy: "recommended",
  });
});

test("a domain tells its age and whether it is the default from its first change on, or with a relying party", async () => {
  const tenant = await TestTenant.fresh();
  const told = { is_default: false, created_at: expect.any(String) };
  const plain = await tenant.make("/custom-domains", managed);
  const changed = await tenant.call("PATCH", `/custom-domains/${plain.custom_domain_id}`, {
    domain_metadata: { one: "1" },
  });
  expect(changed.body).toEqual({ ...plain, domain_metadata: { one: "1" }, ...told });
  expect((await tenant.call("GET", `/custom-domains/${plain.custom_domain_id}`)).body).toEqual(changed.body);
  const party = { ...managed, domain: "id.acme.com", relying_party_identifier: "acme.com" };
  expect(await tenant.make("/custom-domains", party)).toMatchObject(told);
});

test("verifying makes the domain ready and tells the key for the operator's proxy once", async () => {
  const tenant = await TestTenant.fresh();
  const made = await tenant.make("/custom-domains", own);
  const path = `/custom-domains/${made.custom_domain_id}`;
  const ready = {
    ...made,
    status: "ready",
    origin_domain_name: expect.stringMatching(/^[a-z0-9]{16}\.edge\.tenants\.localhost$/),
  };
  expect(await tenant.call("POST", `${path}/verify`)).toEqual({
    status: 201,
    body: { ...ready, cname_api_key: expect.stringMatching(/^[0-9a-f]{128}$/) },
  });
  const { body } = await tenant.call("GET", path);
  expect(body).toEqual(ready);
  await tenant.call("PATCH", path, { custom_client_ip_header: "true-client-ip" });
  expect(await tenant.call("POST", `${path}/verify`)).toEqual({
    status: 201,
    body: { ...body, custom_client_ip_header: "true-client-ip" },
  });
  expect(await tenant.call("POST", `${path}/test`)).toEqual({
    status: 200,
    body: { success: false, message: "The custom domain did not answer." },
  });
});

test("only the first of several domains is primary, and none once the operator kept certificates", async () => {
  const tenant = await TestTenant.fresh();
  const first = await tenant.make("/custom-domains", managed);
  const second = await tenant.make("/custom-domains", { ...managed, domain: "login.other.com" });
  expect([first.primary, second.primary]).toEqual([true, false]);
  for (const { custom_domain_id: id } of [first, second]) await tenant.call("DELETE", `/custom-domains/${id}`);
  expect(await tenant.make("/custom-domains", managed)).toMatchObject({ primary: true });
  const another = await TestTenant.fresh();
  const { custom_domain_id: id, primary } = await another.make("/custom-domains", own);
  expect(primary).toBe(false);
  await another.call("DELETE", `/custom-domains/${id}`);
  expect(await another.make("/custom-domains", managed)).toMatchObject({ primary: false });
});

test("the default is the tenant's own domain until a verified one is set, and again when that goes", async () => {
  const tenant = await TestTenant.fresh();
  const canonical = { domain: `localhost:${tenant.running.port}` };
  expect(await tenant.call("GET", "/custom-domains/default")).toEqual({ status: 200, body: canonical });
  const ids: unknown[] = [];
  for (const domain of ["one.acme.com", "two.acme.com"]) {
    const { custom_domain_id: id } = await tenant.make("/custom-domains", { ...managed, domain });
    await tenant.call("POST", `/custom-domains/${id}/verify`);
    const set = await tenant.call("PATCH", "/custom-domains/default", { domain });
    expect(set).toMatchObject({ status: 200, body: { custom_domain_id: id, is_default: true } });
    expect(await tenant.call("GET", "/custom-domains/default")).toEqual(set);
    ids.push(id);
  }
  expect((await tenant.call("GET", `/custom-domains/${ids[0]}`)).body.is_default).toBe(false);
  await tenant.call("DELETE", `/custom-domains/${ids[1]}`);
  expect((await tenant.call("GET", "/custom-domains/default")).body).toEqual(canonical);
  await tenant.call("PATCH", "/custom-domains/default", { domain: "one.acme.com" });
  expect(await tenant.call("PATCH", "/custom-domains/default", canonical)).toEqual({ status: 200, body: canonical });
  expect((await tenant.call("GET", "/custom-domains/default")).body).toEqual(canonical);
});

test("a domain that is not there is named, and may be deleted all the same", async () => {
  const tenant = await TestTenant.fresh();
  expect(await tenant.call("GET", "/custom-domains/cd_x")).toEqual({
    status: 404,
    body: {
      statusCode: 404,
      error: "Not Found",
      message: "The custom domain cd_x does not exist",
      errorCode: "inexistent_custom_domain",
    },
  });
  expect((await tenant.call("DELETE", "/custom-domains/cd_x")).status).toBe(204);
});

test.each([
  [{ ...own, tls_policy: "recommended" }, "The 'tls_policy' cannot be set on self_managed domains"],
  [
    { ...managed, custom_client_ip_header: "true-client-ip" },
    "The 'custom_client_ip_header' cannot be set on auth0_managed domains",
  ],
  [
    { ...managed, relying_party_identifier: "cme.com" },
    "The 'relying_party_identifier' must be equal to or a registrable domain suffix of the domain.",
  ],
])("what does not go with the kind or the name of the domain is refused", async (given, message) => {
  const tenant = await TestTenant.fresh();
  expect(await tenant.call("POST", "/custom-domains", given)).toEqual({
    status: 400,
    body: { statusCode: 400, error: "Bad Request", message, errorCode: "invalid_body" },
  });
});

test("metadata is merged and a relying party removed by null", async () => {
  const tenant = await TestTenant.fresh();
  const domain_metadata = { one: "1", two: "2" };
  const { custom_domain_id: id } = await tenant.make("/custom-domains", {
    ...managed,
    domain_metadata,
    relying_party_identifier: "acme.com",
  });
  const patch = { domain_metadata: { two: null, three: "3" }, relying_party_identifier: null };
  const { body } = await tenant.call("PATCH", `/custom-domains/${id}`, patch);
  expect(body.domain_metadata).toEqual({ one: "1", three: "3" });
  expect(Object.keys(body)).not.toContain("relying_party_identifier");
  expect(Object.keys(body)).not.toContain("custom_client_ip_header");
});

test("a list is found by the beginning of a name and narrowed to fields", async () => {
  const tenant = await TestTenant.fresh();
  for (const domain of ["login.acme.com", "id.acme.com"]) await tenant.make("/custom-domains", { ...managed, domain });
  const found = await tenant.call("GET", "/custom-domains?q=domain:login*&take=10&fields=domain");
  expect(found).toEqual({ status: 200, body: { custom_domains: [{ domain: "login.acme.com" }] } });
  const sorted = await tenant.call("GET", "/custom-domains?sort=domain:1&fields=domain");
  expect(sorted.body).toEqual([{ domain: "id.acme.com" }, { domain: "login.acme.com" }]);
});

/** How a new domain is to be proven. */
function methodOf(made: Body): { record: string; domain: string } {
  const [method] = listAt(bodyAt(made, "verification"), "methods");
  return method as { record: string; domain: string };
}

test("DNS_RECORDS=told: a domain stays as it is until the record that it asks for is told, in any spelling", async () => {
  const tenant = await TestTenant.start(ownFolder(), { switches: { DNS_RECORDS: "told" } });
  for (const [type, name] of [
    ["auth0_managed_certs", "CNAME"],
    ["self_managed_certs", "TXT"],
  ] as const) {
    const made = await tenant.make("/custom-domains", { domain: `${name}.acme.com`.toLowerCase(), type });
    const { record, domain } = methodOf(made);
    const verify = () => tenant.call("POST", `/custom-domains/${made.custom_domain_id}/verify`);
    expect(await verify()).toEqual({ status: 200, body: made });
    const right = {
      name: `${domain.toUpperCase()}.`,
      type: name,
      value: name === "TXT" ? `"${record}"` : `${record}.`,
    };
    const wrong = [
      { ...right, name: "other.acme.com" },
      { ...right, value: "other" },
      { ...right, type: name === "TXT" ? "CNAME" : "TXT" },
    ];
    expect(await tenant.local("PUT", "/.local/dns", wrong)).toEqual({ status: 204, body: undefined });
    expect(await tenant.local("GET", "/.local/dns")).toEqual({ status: 200, body: wrong });
    expect(await verify()).toEqual({ status: 200, body: made });
    await tenant.local("PUT", "/.local/dns", [right]);
    expect(await verify()).toMatchObject({ status: 201, body: { status: "ready" } });
    await tenant.local("PUT", "/.local/dns", []);
    expect(await verify()).toMatchObject({ status: 201, body: { status: "ready" } });
  }
  expect((await tenant.local("PUT", "/.local/dns", [{ name: "a.com", type: "A", value: "1.1.1.1" }])).status).toBe(400);
  await tenant.local("POST", "/.local/reset");
  expect((await tenant.local("GET", "/.local/dns")).body).toEqual([]);
});
