import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { front } from "../../../local/front/front.ts";
import type { OpenTenant } from "../../../local/tenant/open.ts";
import { ownFolder, TestTenant } from "../tenant/harness.ts";
import { app, board, person } from "./furnish.ts";
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
  expect(await cells()).toEqual(["Person", "Lena lena@mail.example"]);
  expect(copies.length).toBe(2);
  expect(copies.filter((file) => existsSync(file))).toEqual([]);
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
