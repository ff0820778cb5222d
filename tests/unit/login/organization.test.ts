import { expect, test } from "vitest";
import { as, ask, decided, denied, inside, step, story } from "./story.ts";

const borealis = { organization: "org_borealis" };
const bob = as("bob");
const ivy = as("ivy");

test("an app for individuals refuses an organization, and takes a member of one as an individual", () => {
  const client = { usage: "deny" } as const;
  const refusal = denied("invalid_request", "parameter organization is not allowed for this client");
  for (const behaviour of ["no_prompt", "pre_login_prompt", "post_login_prompt"] as const) {
    expect(step({ client: { ...client, behaviour }, request: borealis })).toEqual(refusal);
    expect(step({ client: { ...client, behaviour }, known: bob })).toEqual(inside("bob", undefined));
  }
});

test("with an organization named, every other app goes into it, whatever it would ask", () => {
  for (const usage of ["allow", "require"] as const) {
    for (const behaviour of ["no_prompt", "pre_login_prompt", "post_login_prompt"] as const) {
      const given = { client: { usage, behaviour }, request: borealis };
      expect(step({ ...given, known: bob })).toEqual(inside("bob", "org_borealis"));
      expect(step({ ...given, known: ivy })).toEqual(
        denied("access_denied", "user is not part of the org_borealis organization"),
      );
    }
  }
});

test("no_prompt without an organization: a personal login where both may come, an error where members must", () => {
  expect(step({ client: { behaviour: "no_prompt" }, known: bob })).toEqual(inside("bob", undefined));
  expect(step({ client: { behaviour: "no_prompt", usage: "require" }, known: bob })).toEqual(
    denied("invalid_request", "parameter organization is required for this client"),
  );
});

test("post_login_prompt and no membership: personal where both may come, an error where members must", () => {
  expect(step({ known: ivy })).toEqual(inside("ivy", undefined));
  expect(step({ client: { usage: "require" }, known: ivy })).toEqual(
    denied("invalid_request", "client requires organization membership, but user does not belong to any organization"),
  );
});

test("post_login_prompt and one membership: into it where members must; where both may come, as the switch says", () => {
  expect(step({ client: { usage: "require" }, known: bob })).toEqual(inside("bob", "org_borealis"));
  expect(step({ client: { usage: "require" }, known: bob, switches: { ONE_ORGANIZATION: "picker" } })).toEqual(
    inside("bob", "org_borealis"),
  );
  expect(step({ known: bob })).toEqual(inside("bob", "org_borealis"));
  expect(step({ known: bob, switches: { ONE_ORGANIZATION: "picker" } })).toEqual({
    kind: "pick",
    organizations: ["org_borealis"],
    personal: true,
  });
});

test("post_login_prompt and several memberships: the picker in the order of joining, with the personal account only for both", () => {
  const organizations = ["org_cedar", "org_borealis"];
  expect(step({ known: as("cat") })).toEqual({ kind: "pick", organizations, personal: true });
  expect(step({ client: { usage: "require" }, known: as("cat") })).toEqual({
    kind: "pick",
    organizations,
    personal: false,
  });
});

test("what was picked decides, unless it was not offered", () => {
  const known = as("cat");
  expect(step({ known: { ...known, picked: { organization: "org_borealis" } } })).toEqual(
    inside("cat", "org_borealis"),
  );
  expect(step({ known: { ...known, picked: "personal" } })).toEqual(inside("cat", undefined));
  expect(step({ client: { usage: "require" }, known: { ...known, picked: "personal" } }).kind).toBe("pick");
  expect(step({ known: { ...known, picked: { organization: "org_acme" } } }).kind).toBe("pick");
});

test("the picker shows the first twenty that the person joined", () => {
  const all = Array.from({ length: 25 }, (_, n) => `org_${n}`);
  const organizations = all.map((id) => ({ id, name: id, thirdParty: false, domains: [], connections: [] }));
  const memberships = all.toReversed().map((organization) => ({ organization, user: "bob" }));
  expect(step({ tenant: { organizations, memberships }, known: bob })).toEqual({
    kind: "pick",
    organizations: all.toReversed().slice(0, 20),
    personal: true,
  });
});

test("the prompt for the organization asks first; a name or a verified domain leads in, nothing else does", () => {
  const client = { usage: "require", behaviour: "pre_login_prompt" } as const;
  const prompt = { kind: "name-organization", by: ["email", "organization_name"], personal: false };
  expect(step({ client })).toEqual(prompt);
  expect(step({ client, known: { ...bob, named: "borealis" } })).toEqual(inside("bob", "org_borealis"));
  expect(step({ client, known: { ...bob, named: "anyone@BOREALIS.com" } })).toEqual(inside("bob", "org_borealis"));
  expect(step({ client, known: { named: "nobody" } })).toEqual({ ...prompt, notFound: "nobody" });
  expect(step({ client, known: { named: "x@nobody.com" } })).toEqual({ ...prompt, notFound: "x@nobody.com" });
  expect(step({ client, known: { named: "personal" } })).toEqual(prompt);
});

test("each way of naming an organization works only where the app takes it", () => {
  const client = { usage: "require", behaviour: "pre_login_prompt" } as const;
  const found = (discovery: ("email" | "organization_name")[], named: string) =>
    step({ client: { ...client, discovery }, known: { ...bob, named } }).kind;
  expect(found(["email"], "borealis")).toBe("name-organization");
  expect(found(["email"], "x@borealis.com")).toBe("actions");
  expect(found(["organization_name"], "borealis")).toBe("actions");
  expect(found(["organization_name"], "x@borealis.com")).toBe("name-organization");
});

test("organizations that share a domain are to be chosen from before authentication", () => {
  const client = { usage: "require", behaviour: "pre_login_prompt" } as const;
  const known = { ...as("cat"), named: "cat@shared.com" };
  const choice = { kind: "select-organization", organizations: ["org_borealis", "org_cedar"] };
  expect(step({ client, known })).toEqual(choice);
  expect(step({ client, known: { ...known, selected: "org_acme" } })).toEqual(choice);
  expect(step({ client, known: { ...known, selected: "org_cedar" } })).toEqual(inside("cat", "org_cedar"));
});

test("where both may come, the prompt for the organization has a way on with the personal account", () => {
  const client = { behaviour: "pre_login_prompt" } as const;
  expect(step({ client })).toMatchObject({ kind: "name-organization", personal: true });
  expect(step({ client, known: { ...bob, named: "personal" } })).toEqual(inside("bob", undefined));
  expect(decided({ client, known: { ...bob, named: "personal" } })).toEqual(["personal-account"]);
});

test("an organization goes by its id, and by its name only where the tenant takes names", () => {
  const settings = { organizationNames: true, identifierFirst: true };
  const byName = { organization: "borealis" };
  const invalid = denied("invalid_request", "parameter organization is invalid");
  expect(step({ request: byName, known: bob })).toEqual(
    denied("invalid_request", "authorization request parameter organization must be an organization id"),
  );
  expect(step({ tenant: { settings }, request: byName, known: bob })).toEqual(inside("bob", "org_borealis"));
  expect(step({ tenant: { settings }, request: { organization: "nobody" } })).toEqual(invalid);
  expect(step({ request: { organization: "org_nobody" } })).toEqual(invalid);
});

test("a third-party app enters only an organization that lets it, through a connection on domain level", () => {
  const client = { firstParty: false };
  expect(step({ client, request: borealis, known: bob })).toEqual(
    denied("access_denied", "third-party applications are not allowed for this organization"),
  );
  const open = ask({ client }).step;
  expect(open).toEqual(denied("access_denied", "no connection enabled for the client"));
});

test("an organization that keeps a list of applications lets its members use those alone, before or after the Actions", () => {
  const listing = (applications: Record<string, boolean>) => {
    const organizations = story.organizations.map((one) =>
      one.id === "org_borealis" ? { ...one, applications } : one,
    );
    return { tenant: { organizations }, request: borealis, known: bob };
  };
  const refusal = denied("access_denied", "the application is not enabled for the organization");
  expect(step(listing({ app: true }))).toEqual(inside("bob", "org_borealis"));
  for (const applications of [{}, { app: false }, { other: true }])
    expect(step(listing(applications))).toEqual(refusal);
  const after = { ...listing({}), switches: { APPLICATION_ACCESS: "after-actions" } } as const;
  expect(step(after)).toEqual(inside("bob", "org_borealis"));
  expect(step({ ...after, known: { ...bob, actions: {} } })).toEqual(refusal);
  expect(decided({ ...after, known: { ...bob, actions: {} } }).at(-1)).toBe("application-access");
  expect(step({ ...after, known: { ...bob, actions: { denied: "no" } } })).toEqual(denied("access_denied", "no"));
});

test("the picker shows an organization whose list lacks the app, or not, as the switch says", () => {
  const organizations = story.organizations.map((one) =>
    one.id === "org_borealis" ? { ...one, applications: {} } : one,
  );
  const given = { tenant: { organizations }, known: as("cat") };
  expect(step(given)).toMatchObject({ kind: "pick", organizations: ["org_cedar", "org_borealis"] });
  expect(step({ ...given, switches: { PICKER_APPLICATIONS: "entitled" } })).toEqual(inside("cat", "org_cedar"));
});

test("a list of applications overrides the word on all third-party apps", () => {
  const client = { firstParty: false };
  const connections = story.connections.map((one) => ({ ...one, domainLevel: true }));
  const asked = (more: object) => {
    const organizations = story.organizations.map((one) => (one.id === "org_borealis" ? { ...one, ...more } : one));
    return step({ tenant: { organizations, connections }, client, request: borealis, known: bob });
  };
  const refusal = denied("access_denied", "third-party applications are not allowed for this organization");
  expect(asked({ applications: { app: true } })).toEqual(inside("bob", "org_borealis"));
  expect(asked({ thirdParty: true, applications: {} })).toEqual(inside("bob", "org_borealis"));
  expect(asked({ thirdParty: true, applications: { app: false } })).toEqual(refusal);
});

test("every decision names its rule and its public source", () => {
  const { trace } = ask({ known: bob });
  expect(trace).toEqual([
    {
      rule: "credentials-first",
      source: "https://auth0.com/docs/manage-users/organizations/login-flows-for-organizations",
      says: "who it is comes first; the organization, if any, follows from memberships",
    },
    {
      rule: "one-organization",
      source: "switch ONE_ORGANIZATION",
      says: "borealis is the only one",
    },
    {
      rule: "membership",
      source: "https://github.com/auth0/auth0-server-python/pull/114",
      says: "the person is a member of borealis",
    },
  ]);
});
