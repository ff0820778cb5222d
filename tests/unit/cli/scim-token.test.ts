import { afterAll, beforeAll, expect, test } from "vitest";
import { companyIn, readOffline } from "../../../cli/customer/place.ts";
import { makeScimToken, provisionedBy } from "../../../cli/customer/scim-token.ts";
import { Checkout } from "./project.ts";
import { Tenancy } from "./tenancy.ts";

let tenancy: Tenancy;

beforeAll(async () => {
  tenancy = await Tenancy.start();
});
afterAll(() => tenancy?.close());

/** The company of an entry whose connections are these. */
function company(connections: object) {
  const checkout = new Checkout();
  const entry = { displayName: "Beta", type: "customer", conditions: { api_access: "off" }, connections };
  checkout.write("stacks/local/customers/beta.yaml", JSON.stringify(entry));
  return companyIn(readOffline(checkout, { unfinished: ["secrets"] }).settings, "beta", "local");
}

const oidc = (n: number, more: object = { scim: true }) => ({
  strategy: "oidc",
  issuer: `https://login${n}.beta.example/`,
  clientId: "id",
  clientSecret: { config: `beta-${n}-secret` },
  domains: [`beta${n}.example`],
  ...more,
});

test("a company's one connection with SCIM is meant, or the one that is named", () => {
  expect(provisionedBy(company({ one: oidc(1), two: oidc(2, {}) }), undefined)).toBe("one");
  const both = company({ one: oidc(1), two: oidc(2) });
  expect(provisionedBy(both, "two")).toBe("two");
  expect(() => provisionedBy(both, undefined)).toThrow("✖ --connection: missing; allowed: one, two");
  expect(() => provisionedBy(both, "three")).toThrow("✖ --connection: cannot be used; allowed: one, two");
  expect(() => provisionedBy(company({ one: oidc(1, {}) }), undefined)).toThrow(
    "✖ slug: no connection of beta has SCIM; allowed: with scim: true in its entry",
  );
});

test("a token is made on the tenant for the connection of the name; a third one is Auth0's to refuse", async () => {
  const client = await tenancy.admin();
  const { id = "" } = await client.connections.create({ name: "beta-sso", strategy: "okta" });
  await client.connections.scimConfiguration.create(id);
  const made = await makeScimToken(client, "beta-sso");
  expect(made).toEqual({
    connection: "beta-sso",
    path: `/scim/v2/connections/${id}/`,
    token: expect.stringMatching(/^tok_\w+\.[0-9a-f]{64}$/),
  });
  await makeScimToken(client, "beta-sso");
  await expect(makeScimToken(client, "beta-sso")).rejects.toMatchObject({ statusCode: 409 });
  await expect(makeScimToken(client, "gone-sso")).rejects.toThrow(
    "The tenant has no connection gone-sso; allowed: after pulumi up, on its own tenant.",
  );
});
