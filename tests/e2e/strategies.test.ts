import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { entries, entryText, secrets } from "./strategies.entries.ts";
import { World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = await World.create();
  for (const [slug, entry] of Object.entries(entries)) {
    world.write(`stacks/local/customers/${slug}.yaml`, entryText(entry));
  }
  for (const name of secrets) await world.pulumi("config", "set", "--secret", name, `hush-${name}`);
});

afterAll(async () => {
  await world?.close();
});

// One story: each test stands on the one before.

test("a stack with a company for each strategy comes up; nothing is left to do after it, nor after a look at the tenant", async () => {
  const done = await world.up();
  const made = done.filter((step) => step.startsWith("create auth0.Connection ")).map((step) => step.split(" ")[2]);
  expect(made.toSorted()).toEqual(
    [
      ...["users", "acme-sso", "borealis-sso", "cedar-sso"],
      ...Object.keys(entries).flatMap((slug) => (slug === "own" ? [] : [`${slug}-sso`])),
    ].toSorted(),
  );
  const before = await world.tenant.last();
  expect(await world.preview()).toEqual([]);
  expect(await world.refresh()).toEqual([]);
  expect(await world.up()).toEqual([]);
  expect(await world.tenant.writes(before)).toEqual([]);
});

test("what the company keeps by itself is listed, and its domains are claimed", async () => {
  const { companies, directory } = (await world.outputs()) as unknown as {
    companies: Record<string, Record<string, unknown>>;
    directory: { organizations: Record<string, { slug: string; domains: string[]; passwords: boolean }> };
  };
  expect(companies.own).toMatchObject({ connections: [], selfService: ["own-sso"], domains: ["own.example"] });
  const told = Object.values(directory.organizations).filter(({ slug }) => ["own", "people", "entra"].includes(slug));
  expect(Object.fromEntries(told.map(({ slug, domains, passwords }) => [slug, { domains, passwords }]))).toEqual({
    entra: { domains: ["entra.example"], passwords: false },
    own: { domains: ["own.example"], passwords: false },
    people: { domains: [], passwords: true },
  });
});

/** A change of one key of each strategy, and what an `up` does for it. */
const changes: [slug: string, key: string, value: unknown][] = [
  ["entra", "userId", "sub"],
  ["fabrikam", "tenantDomain", undefined],
  ["fabrikam", "profile", undefined],
  ["google", "iconUrl", "https://google-user.example/icon.png"],
  ["okta", "pkce", undefined],
  ["openid", "attributes", undefined],
  ["posted", "idpInitiated", undefined],
  ["posted", "entityId", undefined],
  ["adfs", "emailVerified", "always"],
  ["people", "minimumLength", 12],
  ["vault", "passwordHistory", undefined],
  ["vault", "dictionary", undefined],
];

/** The entry of a company with its changes; what is undefined is left out. */
function changedEntry(slug: string) {
  const entry = entries[slug as keyof typeof entries];
  const more = Object.fromEntries(changes.flatMap(([one, key, value]) => (one === slug ? [[key, value]] : [])));
  const connections = Object.entries(entry.connections).map(([name, connection]) => [name, { ...connection, ...more }]);
  return { ...entry, connections: Object.fromEntries(connections) };
}

test("keys that come, change or go are updates of their connections alone, after which nothing is left to do", async () => {
  const file = (slug: string) => `stacks/local/customers/${slug}.yaml`;
  const options = async () => {
    const { connections } = await world.tenant.contents();
    const all = (connections as { name: string; options: Readonly<Record<string, unknown>> }[]).map(
      // Auth0's own, which the provider does not know and an update takes away
      ({ name, options: { assertion_decryption_settings: _, ...rest } }) => [name, rest] as const,
    );
    return Object.fromEntries(all);
  };
  const before = await options();
  const changed = new Set(changes.map(([slug]) => slug));
  for (const slug of changed) world.write(file(slug), entryText(changedEntry(slug)));
  const done = (await world.up()).filter((step) => step.includes(" auth0."));
  expect(done.toSorted()).toEqual([...changed].map((slug) => `update auth0.Connection ${slug}-sso`).toSorted());
  const between = await options();
  const same = [...changed].filter((slug) => isDeepStrictEqual(between[`${slug}-sso`], before[`${slug}-sso`]));
  expect(same).toEqual([]);
  // nothing is left to do: what a preview shows beside it is Google's choice of a person's id, which cannot change in place
  world.edit(file("google"), ["connections", "google-sso", "userId"], "email");
  expect((await world.preview()).toSorted()).toEqual([
    "replace auth0.Connection google-sso",
    "replace auth0.ConnectionClients google-sso",
    "replace auth0.OrganizationConnection google-sso",
    "update Company google",
    "update EnterpriseConnection google-sso",
  ]);
  for (const [slug, entry] of Object.entries(entries)) world.write(file(slug), entryText(entry));
  await world.up();
  expect(await options()).toEqual(before);
});
