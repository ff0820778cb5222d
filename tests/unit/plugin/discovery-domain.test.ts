import { expect, test } from "vitest";
import { IncompleteError } from "../../../local/plugin/provider.ts";
import { connected, plain, typeOf } from "./connected.ts";
import { refusal, store } from "./fake-management-api.ts";

const held = connected();
const type = typeOf("organizationDiscoveryDomain");
const COLLECTION = "organizations/org_1/discovery-domains";
const decided = {
  verification_txt: "proof",
  verification_host: "_ss-verification.org_1.acme.com",
  use_for_organization_discovery: true,
};
const inputs = { organizationId: "org_1", domain: "acme.com", status: "verified" };

test("a discovery domain is created, read, changed and deleted with the provider's requests", async () => {
  held.fake.answer = store(COLLECTION, "ord_1", decided);
  const made = await type.create(held.api, inputs);
  expect(made).toEqual({
    id: "org_1::ord_1",
    properties: {
      id: "org_1::ord_1",
      organizationId: "org_1",
      domain: "acme.com",
      status: "verified",
      useForOrganizationDiscovery: true,
      verificationHost: "_ss-verification.org_1.acme.com",
      verificationTxt: "proof",
    },
  });
  const news = { ...inputs, status: "pending", useForOrganizationDiscovery: false };
  const changed = await type.update(held.api, made.id, plain(made.properties), news);
  expect(changed.properties).toMatchObject({ status: "pending", useForOrganizationDiscovery: false });
  await type.delete(held.api, made.id, plain(changed.properties));
  expect(held.fake.requests.slice(-5)).toEqual([
    { method: "POST", path: COLLECTION, body: { domain: "acme.com", status: "verified" } },
    { method: "GET", path: `${COLLECTION}/ord_1`, body: null },
    {
      method: "PATCH",
      path: `${COLLECTION}/ord_1`,
      body: { status: "pending", use_for_organization_discovery: false },
    },
    { method: "GET", path: `${COLLECTION}/ord_1`, body: null },
    { method: "DELETE", path: `${COLLECTION}/ord_1`, body: null },
  ]);
});

test("a status that the API does not know is refused by the check", () => {
  const { failures } = type.check({ ...inputs, status: "done" }, undefined, {
    resourceName: "acme",
    seed: new Uint8Array(),
  });
  expect(failures).toEqual([
    'expected status to be one of ["pending" "verified"], got done. Examine values at \'acme.status\'.',
  ]);
});

test("an import reads by organization and domain id, and then changes nothing", async () => {
  held.fake.answer = () => ({ status: 200, body: { id: "ord_1", domain: "acme.com", status: "verified", ...decided } });
  const found = await type.read(held.api, "org_1::ord_1");
  expect(found?.properties).toMatchObject({ organizationId: "org_1", domain: "acme.com", status: "verified" });
  expect([...type.diff("org_1::ord_1", plain(found?.properties ?? {}), inputs, []).changes]).toEqual([]);
  expect(await type.read(held.api, "ord_1")).toBeNull();
});

test("a domain that is gone is dropped by a refresh, tolerated by a deletion, told by an update", async () => {
  held.fake.answer = () => refusal(404, "Not Found", "No organization domain found by that id");
  const olds = { ...inputs, useForOrganizationDiscovery: true, verificationHost: "h", verificationTxt: "t" };
  expect(await type.read(held.api, "org_1::ord_1", olds)).toBeNull();
  await expect(type.delete(held.api, "org_1::ord_1", olds)).resolves.toBeUndefined();
  await expect(type.update(held.api, "org_1::ord_1", olds, { ...inputs, status: "pending" })).rejects.toThrow(
    "auth0_organization_discovery_domain org_1::ord_1 does not exist any more: run `pulumi refresh`, then update again.",
  );
});

test("an id of another form is a fault in a state", async () => {
  await expect(type.read(held.api, "ord_1", inputs)).rejects.toThrow(
    "invalid organization discovery domain ID format: ord_1, expected format: organization_id::id",
  );
  expect(held.fake.lines()).toEqual([]);
});

test("a refused creation leaves nothing behind, a refused update leaves what was planned", async () => {
  held.fake.answer = () => refusal(409, "Conflict", "taken");
  await expect(type.create(held.api, inputs)).rejects.toThrow("409 Conflict: taken");
  const failed = await type
    .update(
      held.api,
      "org_1::ord_1",
      { ...inputs, useForOrganizationDiscovery: true },
      { ...inputs, status: "pending" },
    )
    .catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(IncompleteError);
  expect(failed).toMatchObject({ resource: { id: "org_1::ord_1", properties: { status: "pending" } } });
});
