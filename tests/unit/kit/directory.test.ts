import { expect, test } from "vitest";
import { readDirectory } from "../../../kit/directory.ts";
import { directory } from "./known.ts";

const { main } = directory.apps;
const dune = directory.organizations.org_dune;
const read = (more: object) => () => readDirectory(JSON.parse(JSON.stringify({ ...directory, ...more })));
const app = (more: object) => ({ apps: { main: { ...main, ...more } } });
const company = (more: object) => ({ organizations: { org_dune: { ...dune, ...more } } });
const policy = (more: object) => app({ policy: { ...main?.policy, ...more } });

test("a sound directory is what it was", () => {
  expect(read({})()).toEqual(directory);
  expect(read({ apps: {}, apis: {}, organizations: {} })()).toMatchObject({ apps: {}, apis: {}, organizations: {} });
});

test("a company that may make nothing by itself has a limit of none", () => {
  const none = company({ limits: { credentials: 0, members: 0 } });
  expect(read(none)()).toEqual({ ...directory, ...none });
});

test("what a newer program says beside it is no damage", () => {
  const newer = { ...company({ colour: "red" }), version: 2 };
  expect(read(newer)()).toEqual({ ...directory, ...newer });
});

test.each<[object, string]>([
  [{ issuer: undefined }, "issuer: not a text"],
  [{ issuer: "" }, "issuer: not a text"],
  [{ apps: undefined }, "apps: not an object"],
  [{ apps: [] }, "apps: not an object"],
  [{ apps: { main: null } }, "apps.main: not an object"],
  [app({ clientId: undefined }), "apps.main.clientId: not a text"],
  [app({ url: 1 }), "apps.main.url: not a text"],
  [app({ individuals: null }), "apps.main.individuals: not an object"],
  [app({ individuals: { url: "https://app.example" } }), "apps.main.individuals.clientId: not a text"],
  [app({ individuals: { clientId: "personal-client" } }), "apps.main.individuals.url: not a text"],
  [app({ policy: undefined }), "apps.main.policy: not an object"],
  [policy({ orgTypes: "customer" }), "apps.main.policy.orgTypes: not a list of texts"],
  [policy({ orgTypes: [1] }), "apps.main.policy.orgTypes: not a list of texts"],
  [policy({ orgRequires: { api_access: true } }), "apps.main.policy.orgRequires.api_access: not a text"],
  [policy({ individuals: "some" }), 'apps.main.policy.individuals: not "allow" or "deny"'],
  [{ apis: { service: {} } }, "apis.service.identifier: not a text"],
  [{ organizations: "none" }, "organizations: not an object"],
  [{ organizations: { org_dune: "Dune" } }, "organizations.org_dune: not an object"],
  [company({ slug: undefined }), "organizations.org_dune.slug: not a text"],
  [company({ displayName: undefined }), "organizations.org_dune.displayName: not a text"],
  [company({ type: undefined }), "organizations.org_dune.type: not a text"],
  [company({ state: undefined }), "organizations.org_dune.state: not a text"],
  [company({ conditions: undefined }), "organizations.org_dune.conditions: not an object"],
  [company({ domains: undefined }), "organizations.org_dune.domains: not a list of texts"],
  [company({ guests: undefined }), "organizations.org_dune.guests: not a list of texts"],
  [company({ passwords: "yes" }), "organizations.org_dune.passwords: not true or false"],
  [policy({ app: 1 }), "apps.main.policy.app: not a text"],
  [company({ apps: "main" }), "organizations.org_dune.apps: not a list of texts"],
  [company({ subdomains: "dune" }), "organizations.org_dune.subdomains: not a list of texts"],
  [company({ memberRoles: [1] }), "organizations.org_dune.memberRoles: not a list of texts"],
  [company({ limits: 5 }), "organizations.org_dune.limits: not an object"],
  [company({ limits: { members: "5" } }), "organizations.org_dune.limits.members: not a whole number"],
  [company({ limits: { credentials: -1 } }), "organizations.org_dune.limits.credentials: not a whole number"],
])("%j is damaged", (more, place) => {
  expect(read(more)).toThrow(new Error(`the directory is damaged at ${place}`));
});

test.each([undefined, null, "text", []])("%j is no directory", (value) => {
  expect(() => readDirectory(value)).toThrow(new Error("the directory is damaged at its root: not an object"));
});
