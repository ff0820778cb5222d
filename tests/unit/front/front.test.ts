import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { front } from "../../../local/front/front.ts";
import { loginsPage } from "../../../local/front/pages/logins.ts";
import { ownFolder, TestTenant } from "../tenant/harness.ts";
import { get, words } from "./reading.ts";

const markup = `<i title="x">'marked'&</i>`;
const escaped = "&lt;i title=&quot;x&quot;&gt;&#39;marked&#39;&amp;&lt;/i&gt;";

const peopleFile = "connection: users\npassword: Known-To-All-1\npeople: []\n";

const providersFile = (name: string, person: string) => `providers:
  acme:
    name: ${JSON.stringify(name)}
    issuer: https://login.acme.example/
    flavour: oidc
    clientId: here
    clientSecret: never-shown-secret
    people:
      - { sub: acme-1, name: ${JSON.stringify(person)}, email: ann@acme.example }
`;

/** A tenant with a front, on files of its own. */
async function shown(provider = "Acme", person = "Ann Abel"): Promise<TestTenant> {
  const folder = ownFolder();
  const [people, identityProviders] = [join(folder, "people.yaml"), join(folder, "providers.yaml")];
  writeFileSync(people, peopleFile);
  writeFileSync(identityProviders, providersFile(provider, person));
  return TestTenant.start(folder, { front: front({ people, identityProviders }) });
}

/** The words between one heading and another. */
const between = (all: readonly string[], from: string, to: string) => all.slice(all.indexOf(from), all.indexOf(to));

/** @param name of whatever may have any: Auth0 takes no brackets in the name of an app */
async function furnish(tenant: TestTenant, name = "Shop") {
  for (const { id } of (await tenant.call("GET", "/connections")).body)
    await tenant.call("DELETE", `/connections/${id}`);
  const client = await tenant.make("/clients", {
    name: "Shop",
    description: `${name} of ours`,
    app_type: "regular_web",
    callbacks: ["https://localhost:3000/callback"],
    initiate_login_uri: "https://localhost:3000/login",
    organization_usage: "allow",
    organization_require_behavior: "post_login_prompt",
    client_metadata: { org_types: "customer", individuals: "deny", org_requires: "api_access=on", own_word: name },
  });
  await tenant.make("/clients", { name: "Robot", app_type: "non_interactive" });
  const { id: directory } = await tenant.make("/connections", { name: "users", strategy: "auth0" });
  const { id: sso } = await tenant.make("/connections", {
    name: "acme-sso",
    strategy: "oidc",
    options: {
      type: "back_channel",
      issuer: "https://login.acme.example/",
      client_id: "here",
      client_secret: "never-shown-secret",
      discovery_url: "https://login.acme.example/.well-known/openid-configuration",
      domain_aliases: ["acme.example"],
    },
  });
  const organization = await tenant.make("/organizations", {
    name: "acme",
    display_name: name,
    metadata: { type: "customer", stage: "owner" },
    enabled_connections: [{ connection_id: sso, assign_membership_on_login: true }, { connection_id: directory }],
  });
  await tenant.make(`/organizations/${organization.id}/discovery-domains`, {
    domain: "acme.example",
    status: "verified",
  });
  const { user_id } = await tenant.make("/users", {
    connection: "users",
    email: "lena@mail.example",
    name,
    password: "Known-To-All-1",
    app_metadata: { stage: "lead" },
  });
  const { id: role } = await tenant.make("/roles", { name: "owner" });
  await tenant.call("POST", `/organizations/${organization.id}/members`, { members: [String(user_id)] });
  await tenant.call("POST", `/organizations/${organization.id}/members/${user_id}/roles`, { roles: [role] });
  await tenant.call("POST", "/tickets/password-change", { user_id: String(user_id) });
  return client;
}

test("the front page tells of a brand-new tenant that there is nothing yet, and the way to something", async () => {
  const tenant = await TestTenant.start(ownFolder(), { front: front({}) });
  const { status, text } = await get(tenant, "/.local/");
  expect(status).toBe(200);
  expect(words(text)).toEqual([
    "Your tenant is up",
    `It answers at https://localhost:${tenant.running.port} as Auth0 would: its pages, its rules, and the Actions that were deployed to it.`,
    ...["0 apps", "0 organizations", "0 people", "0 machine clients", "Who can sign in where"],
    ...["Apps", "Whom each one admits is written in its metadata, and the Action decides by it."],
    "No app is here yet: make up declares them.",
    ...["Organizations", "A company’s type and state are its metadata; its domains lead to its connection."],
    "There is none.",
    "People",
    "Those of the tenant’s directory, and those of the identity providers that are played on this machine.",
    "There is nobody.",
    ...["Mail", "Nothing leaves this machine: what would be sent is kept, and its links work."],
    "No mail yet. Press “Forgot password?” at a sign-in, or sign up, and one will be here.",
  ]);
});

test("it tells of each app, organization and person what the tenant holds, and of a secret nothing", async () => {
  const tenant = await shown();
  const client = await furnish(tenant);
  const { text } = await get(tenant, "/.local/");
  const all = words(text);
  expect(all[1]).toMatch(/ Everybody whom make up added has the password Known-To-All-1 \.$/);
  expect(between(all, "Apps", "Organizations").slice(2)).toEqual([
    ...["Shop", "web app with a server", "Shop of ours"],
    ...["Organizations of type customer", "Only where the organization says api_access=on", "No individuals"],
    ...["own_word: Shop", "Both kinds of people: credentials first"],
    `Client ID ${client.client_id}`,
    "Open Shop localhost:3000",
    "Machine clients: Robot",
  ]);
  expect(between(all, "Organizations", "People").slice(2)).toEqual([
    ...["Shop", "customer", "stage=owner", "Slug", "acme", "Sign-in"],
    ...["acme-sso OpenID Connect , makes members", "users password"],
    ...["Domains", "acme.example", "Members", "Shop"],
  ]);
  expect(between(all, "People", "Mail").slice(2)).toEqual([
    ...["Person", "Signs in", "Belongs to", "Roles", "Stage"],
    ...["Shop lena@mail.example", "with a password, in users", "acme", "owner (acme)", "lead"],
    ...["Ann Abel ann@acme.example", "at Acme’s provider", "no account before the first sign-in", "none yet"],
    "none of their own",
  ]);
  expect(text).toContain('<a href="https://localhost:3000/login">Open Shop</a>');
  expect(text).not.toContain(String(client.client_secret));
  expect(text).not.toContain("never-shown-secret");
});

test("the mails stand there with links, the newest first", async () => {
  const tenant = await shown();
  await furnish(tenant);
  const [{ user_id }] = (await tenant.call("GET", "/users")).body;
  for (const _ of ["one", "another"]) await tenant.call("POST", "/jobs/verification-email", { user_id });
  const [first, second] = (await tenant.local("GET", "/.local/mail")).body;
  const { text } = await get(tenant, "/.local/mails");
  const links = [...text.matchAll(/<a href="([^"]*)" aria-label="([^"]*)">Open its link</g)];
  const told = [second, first];
  expect(links.map(([, link, label]) => [link?.replaceAll("&amp;", "&"), label])).toEqual(
    told.map(({ link, subject, to }) => [link, `Open its link: “${subject}” to ${to}`]),
  );
  expect(first.link).not.toBe(second.link);
});

test("a mail whose link is none of the web stands there without one", async () => {
  const mail = { to: "lena@mail.example", subject: "Odd", created_at: "2026-11-28T19:21:32.203Z" };
  const tenant = await TestTenant.start(ownFolder(), {
    front: (open, closing) => {
      const { store } = open.tenant.objects;
      store.transaction(() => store.insert("mail", "", "odd", { ...mail, link: "javascript:alert(1)" }, []));
      front({})(open, closing);
    },
  });
  const { text } = await get(tenant, "/.local/mails");
  expect(words(text).filter((one) => one.includes("Odd")).length).toBe(1);
  expect(text).not.toContain("javascript:");
});

test("each login that came to an end stands there with who, where, and the rules that decided, each with its source", () => {
  const trace = [
    { rule: "personal-account", source: "https://auth0.com/docs/flows", says: "the person belongs to no organization" },
    { rule: "one-organization", source: "switch ONE_ORGANIZATION", says: markup },
  ];
  const about = { seq: 1, time: "2026-11-28T19:21:32.203Z", app: "Shop", trace };
  const names: Readonly<Record<string, string>> = { "auth0|1": "Lena", org_1: "Acme" };
  const page = loginsPage(
    [
      { ...about, outcome: "admitted", user: "auth0|1", organization: "org_1" },
      { ...about, outcome: "admitted", user: "auth0|2" },
      { ...about, outcome: "refused", error: "access_denied", description: "wrong_type: No.", trace: [] },
    ],
    (id) => names[id],
  );
  const told = "the person belongs to no organization personal-account";
  const says = `${escaped} (one-organization: switch ONE_ORGANIZATION)`;
  expect(words(`<main>${page.body}</main>`).slice(2)).toEqual([
    ...["Lena at Shop", "2026-11-28 19:21:32 UTC", "In with Acme", told, says],
    ...["auth0|2 at Shop", "2026-11-28 19:21:32 UTC", "In as an individual", told, says],
    ...["Somebody at Shop", "2026-11-28 19:21:32 UTC", "Refused access_denied wrong_type: No."],
  ]);
  expect(String(page.body)).toContain('<a href="https://auth0.com/docs/flows" rel="noreferrer">personal-account</a>');
});

test("names of apps, organizations and people are text, whatever they hold", async () => {
  const tenant = await shown(markup, markup);
  await furnish(tenant, markup);
  const { text } = await get(tenant, "/.local/");
  expect(text).not.toContain(markup);
  expect(text).not.toContain("<i ");
  expect(text.split(escaped).length - 1).toBe(7);
});

test("an app whose address is no address of the web has no link", async () => {
  const tenant = await shown();
  await tenant.make("/clients", { name: "Odd", callbacks: ["com.example.odd://callback"] });
  const { text } = await get(tenant, "/.local/");
  expect(words(text)).toContain("Odd");
  expect(text).not.toContain("Open Odd");
  expect(text).not.toContain("com.example.odd:");
});

test("each page is for no frame, no script and no other site, and / is nothing, as on Auth0", async () => {
  const tenant = await shown();
  for (const path of ["/.local/", "/.local/board", "/.local/play", "/.local/mails", "/.local/played"]) {
    const { status, headers } = await get(tenant, path, { Origin: tenant.running.url });
    expect(status).toBe(path === "/.local/play" ? 404 : 200);
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      "content-type": "text/html; charset=UTF-8",
      "referrer-policy": "same-origin",
      "x-content-type-options": "nosniff",
      "x-frame-options": "deny",
    });
    expect(await get(tenant, path, { Origin: "https://other.example" })).toMatchObject({
      status: 403,
      text: expect.stringContaining("Pages of other origins may not use /.local"),
    });
  }
  expect(await get(tenant, "/.local")).toMatchObject({ status: 302, headers: { location: "/.local/" } });
  expect((await get(tenant, "/")).status).toBe(404);
});

test("a file of people that cannot be read is not believed, and stops nothing", async () => {
  const folder = ownFolder();
  const people = join(folder, "people.yaml");
  const tenant = await TestTenant.start(folder, { front: front({ people }) });
  for (const content of [undefined, "password: 5\n", "password: [\n"]) {
    if (content !== undefined) writeFileSync(people, content);
    const { status, text } = await get(tenant, "/.local/");
    expect(status).toBe(200);
    expect(text).not.toContain("Everybody");
  }
  writeFileSync(people, peopleFile);
  expect((await get(tenant, "/.local/")).text).toContain("the password <code>Known-To-All-1</code>");
});
