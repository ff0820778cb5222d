import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { type Outputs, secretsOf } from "../scenarios/deploy.ts";
import { Hands } from "../scenarios/hands.ts";
import { everybodysPassword } from "../scenarios/story.ts";
import { entries, entryText, otherTenantId, secretOf, secrets } from "./strategies.entries.ts";
import { visits } from "./strategies.logins.ts";
import { outcomesOf, profiles } from "./strategies.outcomes.ts";
import { providers } from "./strategies.providers.ts";
import { World } from "./world.ts";

const folder = mkdtempSync(join(tmpdir(), "auth0-b2b-strategies-"));
let world: World;

beforeAll(async () => {
  const file = join(folder, "providers.yaml");
  writeFileSync(file, stringify({ providers }));
  world = await World.create({ IDENTITY_PROVIDERS: file });
  for (const [slug, entry] of Object.entries(entries)) {
    world.write(`stacks/local/customers/${slug}.yaml`, entryText(entry));
  }
  const settings = secrets.flatMap((name) => ["--secret", `${name}=${secretOf(name)}`]);
  expect(await world.pulumi("config", "set-all", ...settings)).toMatchObject({ status: 0 });
});

afterAll(async () => {
  await world?.close();
  rmSync(folder, { recursive: true });
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
  expect(await world.preview()).toEqual([]);
  expect(await world.refresh()).toEqual([]);
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

/** What is in the ID token as well, or counts and dates. */
const everyAccount = [
  ...["user_id", "email", "email_verified", "name", "given_name", "family_name", "nickname", "picture"],
  ...["created_at", "updated_at", "last_login", "last_ip", "logins_count", "app_metadata"],
];

test("people sign in by each strategy, with the claims of its own kind, and nobody else does", async () => {
  const outputs = (await world.outputs()) as unknown as Outputs;
  const issuer = `https://localhost:${world.tenant.port}/`;
  const ca = readFileSync(world.local.ca, "utf8");
  const hands = new Hands(ca, issuer);
  const visit = visits({ issuer, ca, secrets: new Map(secretsOf(outputs)) }, hands);
  const main = (as: string, provider = as) => visit({ app: "main", as, provider });
  const account = (connection: string, email: string, password = everybodysPassword) =>
    hands.change({ method: "POST", path: "users", body: { connection, email, password, email_verified: true } });
  await account("people-sso", "dan@mail.example");
  await account("people-sso", "eve@okta-user.example");
  await expect(account("vault-sso", "vic@mail.example")).rejects.toThrow(/PasswordStrengthError: Password is too weak/);
  const strong = "seventeen-Letters-1!";
  await account("vault-sso", "vic@mail.example", strong);
  const at = (slug: string) => ({ app: "main", ask: { organization: `{org:${slug}}` } });
  const outcomes = {
    entra: await main("eli@entra.example"),
    "entra, without a mailbox": await main("uma@entra.example"),
    "entra, a guest of the directory": await main("x@entra.example", "mallory@fabrikam.example"),
    fabrikam: await main("fay@fabrikam.example"),
    google: await main("gia@google-user.example"),
    "google, of the second domain": await main("gus@second.example"),
    "google, of another Workspace": await main("y@google-user.example", "mallory@other.example"),
    "google, of no Workspace": await main("max@google-user.example"),
    "google, with an address elsewhere": await main("z@google-user.example", "meg@entra.example"),
    okta: await main("ola@okta-user.example"),
    "okta, at another company's domain": await main("x@okta-user.example", "mallory@entra.example"),
    openid: await main("pia@openid.example", "pia"),
    "openid, at another company's domain": await main("mallory@openid.example"),
    saml: await main("sam@saml.example"),
    "saml, at another company's domain": await main("x@saml.example", "mallory@openid.example"),
    "saml, by posted requests and another name": await main("pam@posted.example"),
    adfs: await main("ann@adfs.example"),
    "self-service, before there is a connection": await main("olga@own.example"),
    database: await visit({ ...at("people"), as: "dan@mail.example", browser: "dan's" }),
    "database, without the company": await visit({ app: "main-personal", browser: "dan's" }),
    "database, by the company's name": await visit({
      app: "portal",
      organization: "people",
      factor: true,
      as: "dan@mail.example",
    }),
    "database, where the shared directory answers": await main("dan@mail.example"),
    "database, an address of a company": await visit({ ...at("people"), as: "eve@okta-user.example" }),
    "database, a sign-up": await visit({ ...at("people"), as: "new@mail.example", signUp: true }),
    "database, at another company": await visit({ ...at("vault"), as: "dan@mail.example" }),
    "database, nobody's member": await visit({ ...at("vault"), as: "vic@mail.example", password: strong }),
  };
  const kept = async (email: string) => {
    const [account = {}, ...others] = (await hands.read(`users-by-email?email=${email}`)) as Record<string, unknown>[];
    expect(others).toEqual([]);
    return Object.fromEntries(Object.entries(account).filter(([name]) => !everyAccount.includes(name)));
  };
  for (const [email, profile] of Object.entries(profiles)) expect.soft(await kept(email)).toEqual(profile);
  expect(outcomes).toEqual(outcomesOf(await hands.idOf("org", "vault")));
});

/** A change of one key of each strategy, and what it changes of the connection's options; undefined is nothing there. */
const changes: [slug: string, key: string, value: unknown, options: Readonly<Record<string, unknown>>][] = [
  ["entra", "userId", "sub", { userid_attribute: "sub" }],
  ["fabrikam", "tenantDomain", undefined, { tenant_domain: otherTenantId }],
  // Auth0 keeps no word for what is its default
  ["fabrikam", "profile", undefined, { set_user_root_attributes: undefined }],
  ["google", "iconUrl", "https://google-user.example/icon.png", { icon_url: "https://google-user.example/icon.png" }],
  ["okta", "pkce", undefined, { connection_settings: { pkce: "auto" } }],
  ["openid", "attributes", undefined, { attribute_map: { mapping_mode: "bind_all" } }],
  ["posted", "idpInitiated", undefined, { idpinitiated: undefined }],
  ["posted", "entityId", undefined, { entityId: undefined }],
  ["adfs", "emailVerified", "always", { should_trust_email_verified_connection: "always_set_emails_as_verified" }],
  ["people", "minimumLength", 12, { password_complexity_options: { min_length: 12 } }],
  ["vault", "passwordHistory", undefined, { password_history: { enable: false } }],
  ["vault", "dictionary", undefined, { password_dictionary: { enable: true, dictionary: [] } }],
];

/** The entry of a company with its changes; what is undefined is left out. */
function changedEntry(slug: string) {
  const entry = entries[slug as keyof typeof entries];
  const more = Object.fromEntries(changes.flatMap(([one, key, value]) => (one === slug ? [[key, value]] : [])));
  const connections = Object.entries(entry.connections).map(([name, connection]) => [name, { ...connection, ...more }]);
  return { ...entry, connections: Object.fromEntries(connections) };
}

/** The options of every connection, by its name. */
async function optionsNow() {
  const { connections } = await world.tenant.contents();
  const all = (connections as { name: string; options: Readonly<Record<string, unknown>> }[]).map(
    // Auth0's own, which the provider does not know and an update takes away
    ({ name, options: { assertion_decryption_settings: _, ...rest } }) => [name, rest] as const,
  );
  return Object.fromEntries(all);
}

test("keys that come, change or go change just what they are for, after which nothing is left to do", async () => {
  const file = (slug: string) => `stacks/local/customers/${slug}.yaml`;
  const expected = await optionsNow();
  for (const [slug, , , options] of changes) expected[`${slug}-sso`] = { ...expected[`${slug}-sso`], ...options };
  const changed = [...new Set(changes.map(([slug]) => slug))];
  for (const slug of changed) world.write(file(slug), entryText(changedEntry(slug)));
  const done = (await world.up()).filter((step) => step.includes(" auth0."));
  expect(done.toSorted()).toEqual(changed.map((slug) => `update auth0.Connection ${slug}-sso`).toSorted());
  expect(await optionsNow()).toEqual(expected);
  // nothing is left to do: what a preview shows beside it is Google's choice of a person's id, which cannot change in place
  world.edit(file("google"), ["connections", "google-sso", "userId"], "email");
  expect((await world.preview()).toSorted()).toEqual([
    "replace auth0.Connection google-sso",
    "replace auth0.ConnectionClients google-sso",
    "replace auth0.OrganizationConnection google-sso",
    "update Company google",
    "update EnterpriseConnection google-sso",
  ]);
});
