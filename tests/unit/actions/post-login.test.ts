import { expect, test } from "vitest";
import type { PostLoginEvent } from "../../../actions/post-login/event.ts";
import { fromSource } from "./hooks.ts";
import { claimedDomains, individual, member, person, rows, settings, texts } from "./logins.ts";

const run = await fromSource("post-login", settings, claimedDomains);

test.each(rows)("$title", async ({ event, calls, log = [] }) => {
  expect(await run(event)).toEqual({ calls, log, requests: [] });
});

const protocols = ["oidc-implicit-profile", "oauth2-refresh-token", "oauth2-password", "samlp", "wsfed", undefined];

test.each(protocols)("a login by %s is decided as any other", async (protocol) => {
  for (const { event, calls, log = [] } of rows.filter((row) => !row.title.includes("second factor"))) {
    expect(await run({ ...event, transaction: { protocol } })).toEqual({ calls, log, requests: [] });
  }
});

test("a refresh at an app that asks for a second factor goes on without one", async () => {
  const portal = rows.find(({ title }) => title.startsWith("a member without a second factor"));
  const { calls } = await run({ ...portal?.event, transaction: { protocol: "oauth2-refresh-token" } });
  expect(calls.map(([call]) => call)).toEqual(["idToken.setCustomClaim", "accessToken.setCustomClaim"]);
});

test("what Auth0 never sends does not make the Action throw, and admits nobody", async () => {
  for (const event of [{}, { client: undefined }, { client: { metadata: null } }, { client: { metadata: "x" } }]) {
    expect((await run(event)).calls).toEqual([["access.deny", texts.noPolicy]]);
  }
  for (const user of [undefined, null, "ann", []]) {
    expect((await run({ ...individual, user })).calls).toEqual([["access.deny", texts.unverified]]);
  }
});

const damaged = ["", 0, false, [], "acme", {}, { id: "org_acme" }, { id: "org_acme", metadata: [] }];

test.each(damaged)("organization %j is a damaged organization, never an individual", async (organization) => {
  const { calls } = await run({ ...member, organization } as PostLoginEvent);
  expect(calls).toEqual([["access.deny", texts.suspended]]);
});

test("a null organization is none", async () => {
  expect(await run({ ...individual, organization: null })).toEqual(await run(individual));
});

test("a person whose metadata is no object is refused as a member, and has no stage as an individual", async () => {
  expect((await run(person(member, { app_metadata: "lead" }))).calls).toEqual([["access.deny", texts.left]]);
  expect((await run(person(individual, { app_metadata: "lead" }))).calls).toEqual([]);
});
