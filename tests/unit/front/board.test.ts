import { existsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { front } from "../../../local/front/front.ts";
import { readProviders } from "../../../local/idp/file.ts";
import { startProviders } from "../../../local/idp/server.ts";
import type { OpenTenant } from "../../../local/tenant/open.ts";
import { ownFolder, TestTenant } from "../tenant/harness.ts";
import { addressOfPlay, app, board, person } from "./furnish.ts";
import { get, words } from "./reading.ts";

const markup = `<i title="x">'marked'&</i>`;

/** A tenant with a front, and the files of the copies that it opened. @param fails which of them cannot be opened: 1, 2, … */
async function counted({ identityProviders, fails }: { identityProviders?: string; fails?: number } = {}) {
  const copies: string[] = [];
  const opened = (file: string, open: OpenTenant) => {
    copies.push(file);
    if (copies.length === fails) throw new Error("the disk is full");
    return open.openCopy(file);
  };
  const tenant = await TestTenant.start(ownFolder(), {
    front: (open, closing) =>
      front({ identityProviders })({ ...open, openCopy: (file) => opened(file, open) }, closing),
  });
  return { tenant, copies };
}

test("a tenant without people has an empty board", async () => {
  const { tenant } = await counted();
  expect((await board(tenant)).slice(-2)).toEqual([
    "There is nobody yet: make up adds people.",
    "The app names no organization, and everybody answers each page once. A code is the Action’s own where it has one.",
  ]);
});

test("the board plays anew what may have changed, and nothing else", async () => {
  const { tenant, copies } = await counted();
  const shop = await app(tenant);
  const lena = await person(tenant, "Lena");
  const row = ["Person", "Shop", "Lena lena@mail.example"];
  const cells = async () => (await board(tenant)).slice(2, -1);
  expect(await cells()).toEqual([...row, "in as an individual"]);
  expect(copies.length).toBe(1);
  await cells();
  expect(copies.length).toBe(1);
  await tenant.call("PATCH", `/users/${encodeURIComponent(lena)}`, { blocked: true });
  expect(await cells()).toEqual([...row, "unauthorized user is blocked"]);
  expect(copies.length).toBe(2);
  await tenant.call("DELETE", `/clients/${shop}`);
  expect(await cells()).toEqual(["No app is here yet: make up declares them.", "Person", "Lena lena@mail.example"]);
  expect(copies.length).toBe(2);
  expect(copies.filter((file) => existsSync(file))).toEqual([]);
});

test("a provider that was not there is asked again, though nothing changed in the tenant", async () => {
  const folder = ownFolder();
  const [issuer, client_id, client_secret] = ["https://login.acme.example/", "a", "b"];
  const people = [{ sub: "1", name: "Ann", email: "ann@acme.example" }];
  const acme = { name: "Acme", issuer, flavour: "oidc", clientId: client_id, clientSecret: client_secret, people };
  const identityProviders = join(folder, "providers.yaml");
  writeFileSync(identityProviders, JSON.stringify({ providers: { acme } }));
  const described = { caDir: folder, providers: readProviders(identityProviders) };
  const before = await startProviders({ port: 0, ...described });
  await before.close();
  const tenant = await TestTenant.start(folder, { front: front({ identityProviders }), providers: before.at });
  await tenant.call("PATCH", "/prompts", { identifier_first: true });
  await tenant.make("/connections", {
    name: "acme-sso",
    strategy: "oidc",
    enabled_clients: [await app(tenant)],
    options: {
      ...{ type: "back_channel", scope: "openid email profile", issuer, client_id, client_secret },
      discovery_url: `${issuer}.well-known/openid-configuration`,
      domain_aliases: ["acme.example"],
    },
  });
  const end = async () => (await board(tenant)).at(-2);
  expect(await end()).toBe(`server_error the identity provider ${issuer} cannot be reached from this tenant`);
  const there = await startProviders({ port: before.port, ...described });
  expect(await end()).toBe("in as an individual");
  await there.close();
});

test("names are text on the board and on the page of a play, whatever they hold", async () => {
  const file = join(ownFolder(), "providers.yaml");
  const provider = {
    name: markup,
    issuer: "https://login.acme.example/",
    flavour: "oidc",
    clientId: "a",
    clientSecret: "b",
  };
  const people = [{ sub: markup, name: markup, email: "ann@acme.example" }];
  writeFileSync(file, JSON.stringify({ providers: { acme: { ...provider, people } } }));
  const { tenant } = await counted({ identityProviders: file });
  const client = await app(tenant);
  const address = `/.local/play?${new URLSearchParams({ person: `acme/${markup}`, app: client })}`;
  for (const path of ["/.local/board", address]) {
    const { status, text } = await get(tenant, path);
    expect(status).toBe(200);
    expect(text).toContain("&lt;i title=&quot;x&quot;&gt;");
    expect(text).not.toContain(markup);
    expect(text).not.toContain("<i ");
  }
  const { text } = await get(tenant, "/.local/board");
  expect(text).toContain(`href="${address.replaceAll("&", "&amp;")}"`);
});

test("what an Action says and refuses with is text, whatever it holds", async () => {
  const { tenant } = await counted();
  const client = await app(tenant);
  const said = JSON.stringify(markup);
  const { id } = await tenant.make("/actions/actions", {
    name: "marked",
    supported_triggers: [{ id: "post-login", version: "v3" }],
    code: `exports.onExecutePostLogin = async (_, api) => { console.log(${said}); api.access.deny(${said}); };`,
  });
  await tenant.call("GET", `/actions/actions/${id}`); // it may be deployed once it was looked at
  await tenant.call("POST", `/actions/actions/${id}/deploy`);
  const bindings = [{ ref: { type: "action_id", value: id } }];
  await tenant.call("PATCH", "/actions/triggers/post-login/bindings", { bindings });
  const query = { person: await person(tenant, "Lena"), app: client };
  for (const path of ["/.local/board", addressOfPlay(query), "/.local/played"]) {
    const { status, text } = await get(tenant, path);
    expect(status).toBe(200);
    expect(text).not.toContain("<i ");
    if (path !== "/.local/played") expect(text).toContain("&lt;i title=&quot;x&quot;&gt;");
  }
  expect((await get(tenant, addressOfPlay(query))).text.split("&lt;i title=").length - 1).toBeGreaterThan(2);
});

test("sixty people stand on the board, and how many there are", async () => {
  const { tenant } = await counted();
  const letters = [..."abcdefgh"];
  const names = letters.flatMap((one) => letters.map((other) => `${one}${other}`)).slice(0, 61);
  for (const name of names) await person(tenant, name);
  const all = await board(tenant);
  expect(all[2]).toBe("The first 60 of 61 people stand here.");
  expect(all.filter((one) => one.endsWith("@mail.example")).length).toBe(60);
});

/** What a browser says of a picture on another site's page. */
const asPicture = { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image" };

test("nobody is played who is not there, and nothing at all for another site's page", async () => {
  const { tenant, copies } = await counted();
  const client = await app(tenant);
  const lena = await person(tenant, "Lena");
  for (const query of [{}, { person: lena }, { person: "auth0|nobody", app: client }, { person: lena, app: "none" }]) {
    const { status, text } = await get(tenant, `/.local/play?${new URLSearchParams(query)}`);
    expect(status).toBe(404);
    expect(words(text)[0]).toBe("Nobody to play");
  }
  const path = `/.local/play?${new URLSearchParams({ person: lena, app: client })}`;
  for (const one of [path, "/.local/board"])
    for (const foreign of [
      { Origin: "https://other.example" },
      asPicture,
      { ...asPicture, "Sec-Fetch-Dest": "iframe" },
    ])
      expect(await get(tenant, one, foreign)).toMatchObject({ status: 403 });
  expect(copies).toEqual([]);
  const byLink = { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document" };
  for (const own of [byLink, { ...asPicture, "Sec-Fetch-Site": "same-origin" }])
    expect(await get(tenant, path, own)).toMatchObject({ status: 200 });
  expect(copies.length).toBe(2);
});

test("a choice that is none ends at its page", async () => {
  const { tenant } = await counted();
  const client = await app(tenant, "Both", {
    organization_usage: "allow",
    organization_require_behavior: "pre_login_prompt",
  });
  const lena = await person(tenant, "Lena");
  const path = (choice: string) => `/.local/play?${new URLSearchParams({ person: lena, app: client, choice })}`;
  expect(words((await get(tenant, path("Somewhere"))).text)[2]).toBe("stops at “Find your organization”");
  expect(words((await get(tenant, path("Continue with a personal account"))).text)[2]).toBe("In as an individual");
});

test("a tenant that is to end does not play the board to its end, and leaves no copy", async () => {
  const { tenant, copies } = await counted();
  await app(tenant);
  const names = ["Ada", "Bea", "Cem", "Dan", "Eva", "Fay", "Gus", "Hal"];
  for (const name of names) await person(tenant, name);
  const [{ text }] = await Promise.all([
    get(tenant, "/.local/board", {}, (soFar) => {
      if (soFar.includes("ada@mail.example")) void tenant.running.close();
    }),
  ]);
  expect(text).toContain("ada@mail.example");
  expect(copies.length).toBeLessThan(names.length);
  expect(copies.filter((file) => existsSync(file))).toEqual([]);
});

test("a board that nobody waits for any more is not played to its end, and leaves no copy", async () => {
  const { tenant, copies } = await counted();
  await app(tenant);
  const names = ["Ada", "Bea", "Cem", "Dan", "Eva", "Fay", "Gus", "Hal"];
  for (const name of names) await person(tenant, name);
  const left = await get(tenant, "/.local/board", {}, (soFar, leave) => {
    if (soFar.includes("ada@mail.example")) leave();
  }).catch((cause: Error) => cause.message);
  expect(left).toBe("left");
  const folder = dirname(copies[0] ?? "");
  // it goes when the board ends, early or not
  while (existsSync(folder)) await turn();
  expect(copies.length).toBeLessThan(names.length);
});

test("what cannot be played says why, and keeps nobody else from being played", async () => {
  const { tenant } = await counted({ fails: 2 });
  await app(tenant);
  await app(tenant, "Odd", { callbacks: ["com.example.odd://callback"], app_type: "native" });
  await person(tenant, "Lena");
  const [column, odd, shop, lena, ...ends] = (await board(tenant)).slice(2, -1);
  expect([column, odd, shop, lena]).toEqual(["Person", "Odd", "Shop", "Lena lena@mail.example"]);
  // the two are played at once: either may be the one
  expect(ends.sort()).toEqual(["cannot be played the disk is full", "in as an individual"]);
  // nothing changed, but the next time there may be room
  const again = (await board(tenant)).slice(6, -1);
  expect(again).toEqual(["in as an individual", "in as an individual"]);
});
