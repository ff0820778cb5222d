import { expect, test } from "vitest";
import type { Known } from "../../../login/request.ts";
import type { Connection } from "../../../login/tenant.ts";
import { as, ask, connections, decided, denied, inside, link, organization, session, step, story } from "./story.ts";

const identify = { kind: "identify", buttons: [], database: "people", signup: true };

test("at the app's prompt an address of any organization's provider leads there, others to the database", () => {
  expect(step({})).toEqual(identify);
  expect(step({ known: { identifier: "ann@ACME.com" } })).toEqual({
    kind: "federate",
    connection: "acme-sso",
    hint: "ann@ACME.com",
  });
  expect(step({ known: { identifier: "x@other.com" } })).toEqual({
    kind: "federate",
    connection: "other-sso",
    hint: "x@other.com",
  });
  expect(step({ known: { identifier: "x@sub.acme.com" } })).toEqual({
    kind: "password",
    connection: "people",
    signup: true,
    identifier: "x@sub.acme.com",
  });
  expect(step({ known: { identifier: "not-an-address" } })).toMatchObject({ kind: "password", connection: "people" });
});

test("an app for individuals routes by its own connections only", () => {
  const client = { usage: "deny" } as const;
  expect(step({ client, known: { identifier: "x@other.com" } })).toMatchObject({ kind: "password" });
  expect(step({ client, known: { identifier: "ann@acme.com" } })).toMatchObject({ kind: "federate" });
});

test("the default directory takes the passwords of Prompt for Credentials, before the app's own database, and nowhere else", () => {
  const main = {
    id: "main-db",
    name: "main-db",
    kind: "database",
    domains: [],
    button: false,
    domainLevel: false,
  } as const;
  const connections = [...story.connections, { ...main, signup: false }];
  const settings = { ...story.settings, defaultDirectory: "main-db" };
  const known = { identifier: "x@example.com" };
  const tenant = { settings, connections };
  expect(step({ tenant, known })).toMatchObject({ kind: "password", connection: "main-db", signup: false });
  expect(decided({ tenant, known })).toEqual(["credentials-first", "default-directory", "database-fallback"]);
  expect(step({ tenant, known, client: { behaviour: "no_prompt" } })).toMatchObject({ connection: "people" });
  expect(step({ tenant, known, request: { organization: "org_borealis" } })).toMatchObject({ connection: "people" });
});

test("inside an organization only its connections count, and its own word on sign-up", () => {
  const request = { organization: "org_borealis" };
  expect(step({ request })).toEqual({ ...identify, organization: "org_borealis", signup: false });
  expect(step({ request, known: { identifier: "ann@acme.com" } })).toEqual({
    kind: "password",
    connection: "people",
    organization: "org_borealis",
    signup: false,
    identifier: "ann@acme.com",
  });
  const organizations = [{ ...story.organizations[1], connections: [link("people", { signup: true })] }];
  expect(step({ tenant: { organizations: organizations as typeof story.organizations }, request })).toMatchObject({
    signup: true,
  });
});

test("for an invitation the connection's own word on sign-up is enough, and the organization's too", () => {
  const request = { organization: "org_borealis", invitation: "good" };
  const [closed, opened] = [connections("people", { signup: false }), connections("people", { signup: true })];
  const inviting = organization("org_borealis", { connections: [link("people", { signup: true })] });
  expect(step({ request, tenant: opened })).toEqual({ ...identify, organization: "org_borealis" });
  expect(step({ request, tenant: closed })).toEqual({ ...identify, organization: "org_borealis", signup: false });
  expect(step({ request, tenant: { ...closed, ...inviting } })).toEqual({ ...identify, organization: "org_borealis" });
  expect(step({ request: { organization: "org_borealis" }, tenant: opened })).toMatchObject({ signup: false });
});

test("the parameter connection goes straight there, also past what the address would say", () => {
  const request = { connection: "people" };
  const known = { identifier: "ann@acme.com" };
  expect(step({ request, known })).toMatchObject({ kind: "password", connection: "people" });
  expect(decided({ request, known })).toEqual(["credentials-first", "connection-requested"]);
  expect(step({ request: { connection: "acme-sso" } })).toEqual({ kind: "federate", connection: "acme-sso" });
});

test("a connection that is unknown, or not to be used here, is refused", () => {
  const refusal = denied("invalid_request", "the connection was not found");
  expect(step({ request: { connection: "nobody" } })).toEqual(refusal);
  expect(step({ request: { connection: "google" } })).toEqual(refusal);
  expect(step({ request: { connection: "acme-sso", organization: "org_borealis" } })).toEqual(refusal);
});

test("inside an organization the app's own list counts or not, as the switch says", () => {
  const given = { client: { connections: ["people"] }, request: { organization: "org_acme", connection: "acme-sso" } };
  expect(step(given)).toMatchObject({ kind: "federate", connection: "acme-sso" });
  expect(step({ ...given, switches: { ORGANIZATION_CONNECTIONS: "organization-and-app" } })).toEqual(
    denied("invalid_request", "the connection was not found"),
  );
});

test("a hidden connection of an organization is reached by address or not, as the switch says", () => {
  const organizations = [{ ...story.organizations[0], connections: [link("acme-sso", { button: false })] }];
  const tenant = { organizations: organizations as typeof story.organizations };
  const given = { tenant, request: { organization: "org_acme" }, known: { identifier: "ann@acme.com" } };
  expect(step(given)).toMatchObject({ kind: "federate", connection: "acme-sso" });
  expect(step({ ...given, switches: { HIDDEN_CONNECTIONS: "unreachable" } })).toEqual(
    denied("invalid_request", "no connections enabled for the organization are visible"),
  );
});

test("where two connections have the address's domain, the older or the newer gets it, as the switch says", () => {
  const [people, acme, other] = story.connections as [Connection, Connection, Connection];
  const connections = [people, acme, { ...other, domains: ["acme.com"] }];
  const given = { tenant: { connections }, known: { identifier: "ann@acme.com" } };
  expect(step(given)).toMatchObject({ kind: "federate", connection: "acme-sso" });
  expect(decided(given)).toEqual(["credentials-first", "alias-shared", "home-realm"]);
  expect(step({ ...given, switches: { SHARED_ALIAS: "newest" } })).toMatchObject({ connection: "other-sso" });
});

test("without identifier first no address leads to a provider", () => {
  const tenant = { settings: { organizationNames: false, identifierFirst: false } };
  const known = { identifier: "ann@acme.com" };
  expect(step({ tenant })).toEqual({ kind: "password", connection: "people", signup: true });
  expect(step({ tenant, known })).toMatchObject({ kind: "password", connection: "people" });
  const client = { connections: ["people", "google"] };
  expect(step({ tenant, client })).toEqual({ ...identify, buttons: ["google"] });
  expect(step({ tenant, client, known })).toMatchObject({ kind: "password", connection: "people" });
  expect(decided({ tenant, client, known })).toEqual(["credentials-first", "home-realm-off"]);
});

test("buttons are shown for social connections, and for enterprise ones that say so", () => {
  const client = { connections: ["people", "google", "acme-sso"] };
  expect(step({ client })).toEqual({ ...identify, buttons: ["google"] });
  expect(step({ client, known: { pressed: "google" } })).toEqual({ kind: "federate", connection: "google" });
  expect(decided({ client, known: { pressed: "google" } })).toEqual(["credentials-first", "button"]);
  expect(step({ client, request: { organization: "org_acme" } })).toEqual({
    kind: "identify",
    organization: "org_acme",
    buttons: ["acme-sso"],
    signup: false,
  });
});

test("a session signs in without a prompt, unless another login is asked for or it is too old", () => {
  const known = session("bob", "people", 100);
  expect(step({ known })).toEqual(inside("bob", "org_borealis"));
  expect(decided({ known })).toEqual(["credentials-first", "single-sign-on", "one-organization", "membership"]);
  expect(step({ known, request: { prompt: "login" } })).toEqual(identify);
  expect(step({ known, request: { maxAge: 99 } })).toEqual(identify);
  expect(step({ known, request: { maxAge: 100 } })).toEqual(inside("bob", "org_borealis"));
  expect(step({ known: session("bob", "people", 0), request: { maxAge: 0 } })).toEqual(identify);
  expect(step({ known: session("bob", "people", 1), request: { maxAge: 1 } })).toEqual(inside("bob", "org_borealis"));
});

test("a session is bound to no organization: another one is entered with it, where its connection and membership fit", () => {
  const known = session("cat", "people");
  expect(step({ known, request: { organization: "org_cedar" } })).toEqual(inside("cat", "org_cedar"));
  expect(step({ known, request: { organization: "org_borealis" } })).toEqual(inside("cat", "org_borealis"));
});

test("a session by a connection that the organization lacks: the person signs in anew, or is refused", () => {
  const given = { known: session("bob", "people"), request: { organization: "org_acme" } };
  expect(step(given)).toMatchObject({ kind: "identify", organization: "org_acme" });
  expect(step({ ...given, switches: { UNFIT_SESSION: "refuse" } })).toEqual(
    denied("access_denied", "the connection of the session is not enabled for the organization"),
  );
});

test("silent login asks nobody: it is done by the session, or refused with what it would take", () => {
  const silent = { prompt: "none" } as const;
  expect(step({ request: silent })).toEqual(denied("login_required", "Login required"));
  expect(step({ request: silent, known: session("bob", "people") })).toEqual(inside("bob", "org_borealis"));
  expect(step({ request: silent, known: session("cat", "people") })).toEqual(
    denied("interaction_required", "Interaction required"),
  );
  expect(step({ request: { ...silent, maxAge: 1 }, known: session("bob", "people") })).toEqual(
    denied("login_required", "Login required"),
  );
  expect(step({ request: { ...silent, organization: "org_acme" }, known: session("bob", "people") })).toEqual(
    denied("login_required", "Login required"),
  );
});

test("a blocked account gets no further, by password or by session", () => {
  expect(step({ known: as("out") })).toEqual(denied("unauthorized", "user is blocked"));
  expect(step({ known: session("out", "people") })).toEqual(denied("unauthorized", "user is blocked"));
});

test("a login hint stands in the field, and goes on by itself only where the switch says so", () => {
  const request = { loginHint: "ann@acme.com" };
  expect(step({ request })).toEqual({ ...identify, hint: "ann@acme.com" });
  expect(step({ request, switches: { LOGIN_HINT: "submits" } })).toEqual({
    kind: "federate",
    connection: "acme-sso",
    hint: "ann@acme.com",
  });
});

test("an address that found the organization is typed again at its prompt, or goes on, as the switch says; taken back it is asked for", () => {
  const client = { usage: "require", behaviour: "pre_login_prompt" } as const;
  const given = (known: Known) => ({ client, known, switches: { DISCOVERED_ADDRESS: "goes-on" } }) as const;
  const named = "ann@acme.com";
  expect(step({ client, known: { named } })).toMatchObject({ kind: "identify", organization: "org_acme" });
  expect(step(given({ named }))).toEqual({
    kind: "federate",
    connection: "acme-sso",
    organization: "org_acme",
    hint: named,
  });
  expect(step(given({ named, identifier: "" }))).toMatchObject({ kind: "identify", organization: "org_acme" });
  expect(step(given({ named: "acme" }))).toMatchObject({ kind: "identify", organization: "org_acme" });
});

test("a hint that goes on by itself is asked for once the person takes it back", () => {
  const request = { loginHint: "ann@acme.com" };
  const switches = { LOGIN_HINT: "submits" } as const;
  expect(step({ request, switches, known: { identifier: "" } })).toEqual({ ...identify, hint: "ann@acme.com" });
  expect(step({ request: { ...request, connection: "people" }, known: { identifier: "" } })).toEqual({
    kind: "password",
    connection: "people",
    signup: true,
  });
});

test("membership comes with the login through a connection that gives it, to the organization that was named", () => {
  const known = as("ann", "acme-sso");
  const joined = inside("ann", "org_acme", { connection: "acme-sso", joins: "org_acme" });
  expect(step({ request: { organization: "org_acme" }, known })).toEqual(joined);
  expect(step({ known })).toEqual(joined);
});

test("without an organization it comes only where exactly one gives it", () => {
  const also = { ...story.organizations[2], connections: [link("acme-sso", { autoMembership: true })] };
  const organizations = [story.organizations[0], also] as typeof story.organizations;
  const known = as("ann", "acme-sso");
  expect(step({ tenant: { organizations }, known })).toEqual(inside("ann", undefined, { connection: "acme-sso" }));
  expect(decided({ tenant: { organizations }, known })).toEqual([
    "credentials-first",
    "auto-membership-alone",
    "personal-account",
  ]);
  expect(step({ client: { behaviour: "no_prompt" }, known })).toEqual(
    inside("ann", undefined, { connection: "acme-sso" }),
  );
});

test("an organization is not entered through a connection that it does not have", () => {
  const memberships = [{ organization: "org_acme", user: "bob" }];
  expect(step({ tenant: { memberships }, known: as("bob") })).toEqual(
    denied("access_denied", "the connection is not enabled for the organization"),
  );
  expect(step({ tenant: { memberships }, known: as("bob"), switches: { PICKER_LISTS: "usable" } })).toEqual(
    inside("bob", undefined),
  );
});

test("membership that a login gives stays, whichever organization the person goes on with", () => {
  const guests = { ...story.organizations[1], connections: [link("acme-sso")] };
  const organizations = [story.organizations[0], guests] as typeof story.organizations;
  const tenant = { organizations, memberships: [{ organization: "org_borealis", user: "ann" }] };
  const known = as("ann", "acme-sso");
  const picked = { organization: "org_borealis" };
  expect(step({ tenant, known })).toEqual({
    kind: "pick",
    organizations: ["org_borealis", "org_acme"],
    personal: true,
  });
  expect(step({ tenant, known: { ...known, picked } })).toEqual(
    inside("ann", "org_borealis", { connection: "acme-sso", joins: "org_acme" }),
  );
  expect(step({ tenant, known: { ...known, picked: "personal" } })).toEqual(
    inside("ann", undefined, { connection: "acme-sso", joins: "org_acme" }),
  );
});

test("an invitation lets in its own address, through its connection, once and in time", () => {
  const request = { organization: "org_borealis", invitation: "good" };
  const gone = denied("invalid_request", "invitation not found or already used");
  const notAllowed = "the specified account is not allowed to accept the current invitation";
  expect(step({ request, known: as("ivy") })).toEqual(
    inside("ivy", "org_borealis", { joins: "org_borealis", invitation: "good" }),
  );
  expect(step({ request, known: as("bob") })).toEqual(denied("access_denied", notAllowed, { spends: "good" }));
  for (const invitation of ["old", "else", "nobody"]) {
    expect(step({ request: { ...request, invitation }, known: as("ivy") })).toEqual(gone);
  }
  expect(step({ request: { organization: "org_cedar", invitation: "bound" }, known: as("ivy") })).toEqual(
    denied("access_denied", notAllowed, { spends: "bound" }),
  );
  expect(step({ request: { invitation: "good" } })).toEqual(
    denied("invalid_request", "parameter organization is required with an invitation"),
  );
});

test("the Actions have the last word, and membership stands before them", () => {
  const known = as("ann", "acme-sso");
  expect(ask({ known: { ...known, actions: {} } }).step).toEqual(
    inside("ann", "org_acme", { kind: "admitted", connection: "acme-sso", joins: "org_acme" }),
  );
  expect(step({ known: { ...known, actions: { denied: "suspended: ask your administrator" } } })).toEqual(
    denied("access_denied", "suspended: ask your administrator"),
  );
});
