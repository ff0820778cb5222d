import { expect, test } from "vitest";
import { domainOf } from "../../../login/organization.ts";
import { tenantOf } from "../../../login/plain.ts";
import { connection, link, organization, story } from "./story.ts";

const tenant = tenantOf({
  ...story,
  connections: [...story.connections, connection("old-people", "database", { domains: ["acme.com"] })],
});
const idsOf = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id);

test("every lookup finds what has that key, and nothing else", () => {
  expect(tenant.client("app")).toMatchObject({ id: "app" });
  expect(tenant.connection("acme-sso")).toMatchObject({ id: "acme-sso" });
  expect(tenant.connectionNamed("google")).toMatchObject({ id: "google" });
  expect(tenant.organization("org_cedar")).toMatchObject({ id: "org_cedar" });
  expect(tenant.organizationNamed("cedar")).toMatchObject({ id: "org_cedar" });
  expect(tenant.user("cat")).toMatchObject({ id: "cat" });
  expect(tenant.invitation("bound")).toMatchObject({ ticket: "bound" });
  for (const lookup of ["client", "connection", "connectionNamed", "organization", "organizationNamed"] as const)
    expect(tenant[lookup]("nobody")).toBeUndefined();
  expect(tenant.user("nobody")).toBeUndefined();
  expect(tenant.invitation("nobody")).toBeUndefined();
});

test("a domain belongs to providers, and to the organizations that it was verified for", () => {
  expect(idsOf(tenant.connectionsOf("acme.com"))).toEqual(["acme-sso"]);
  expect(tenant.connectionsOf("nobody.com")).toEqual([]);
  expect(idsOf(tenant.organizationsOf("shared.com"))).toEqual(["org_borealis", "org_cedar"]);
  expect(tenant.organizationsOf("nobody.com")).toEqual([]);
});

test("a connection belongs to the organizations that have it, and is listed once", () => {
  expect(idsOf(tenant.organizationsWith("people"))).toEqual(["org_borealis", "org_cedar"]);
  expect(tenant.organizationsWith("google")).toEqual([]);
  expect(idsOf(tenant.organizationConnections())).toEqual(["people", "acme-sso", "other-sso"]);
  const none = tenantOf({ ...story, ...organization("org_acme", { connections: [link("people"), link("google")] }) });
  expect(idsOf(none.organizationsWith("people"))).toEqual(["org_acme", "org_borealis", "org_cedar"]);
  expect(none.organizationsWith("acme-sso")).toEqual([]);
});

test("memberships come in the order of joining, without organizations that are gone", () => {
  expect(idsOf(tenant.membershipsOf("cat"))).toEqual(["org_cedar", "org_borealis"]);
  expect(tenant.membershipsOf("ivy")).toEqual([]);
  const organizations = story.organizations.filter(({ id }) => id !== "org_cedar");
  expect(idsOf(tenantOf({ ...story, organizations }).membershipsOf("cat"))).toEqual(["org_borealis"]);
});

test("an address's domain stands behind its last @, where there is something on both sides", () => {
  expect(domainOf("Ann@ACME.com")).toBe("acme.com");
  expect(domainOf('"a@b"@acme.com')).toBe("acme.com");
  expect(domainOf("a@b")).toBe("b");
  for (const address of ["", "ann", "@", "@acme.com", "ann@"]) expect(domainOf(address)).toBeUndefined();
});
