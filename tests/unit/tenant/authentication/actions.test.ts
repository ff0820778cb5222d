import { expect, test } from "vitest";
import { admitted, arrivedAt, form, PASSWORD, pageOf, refusedWith, Shop } from "./shop.ts";

// An Action that goes wrong fails the login that it ran for, and no other; its log says why.

const ANN = "ann@mail.example";
const BOB = "bob@mail.example";
/** Milliseconds: enough for a thread to start on a busy machine. */
const triggerTime = 6_000;

/** Ann's login only goes wrong. */
const forAnn = (does: string) =>
  `if (event.user.email === "${ANN}") { console.log("for", event.client.name); ${does} }`;

async function open(...bodies: readonly string[]): Promise<Shop> {
  const shop = await Shop.open({ options: { triggerTime } });
  await Promise.all([ANN, BOB].map((email) => shop.person(email)));
  await shop.deploy("post-login", "onExecutePostLogin", ...bodies);
  return shop;
}

/** What `/.local/actions` has, the newest last. */
async function logged(shop: Shop): Promise<Record<string, unknown>[]> {
  return (await shop.tenant.local("GET", "/.local/actions")).body;
}

async function refusal(shop: Shop, email: string) {
  const app = shop.app();
  return refusedWith(await app.arrive(arrivedAt(await shop.signIn(shop.browser(), app, email))));
}

const failed = { error: "server_error", description: "An Action of post-login failed" };

test.each([
  [
    "throws",
    `throw new TypeError("no such thing");`,
    /^TypeError: no such thing\n +at exports\.onExecutePostLogin \(post-login-0\.js:1:\d+\)$/,
  ],
  ["rejects without an error", `await Promise.reject(undefined);`, /^undefined$/],
  [
    "uses what there is not",
    `api.nowhere.to.be();`,
    /^TypeError: Cannot read properties of undefined \(reading 'to'\)/,
  ],
  [
    "never answers",
    `await new Promise((resolve) => setTimeout(resolve, 60_000));`,
    /^The Actions of the trigger took longer than 6 s$/,
  ],
  ["never ends", `for (;;);`, /^The Actions of the trigger took longer than 6 s$/],
  ["takes all memory", `const all = []; for (;;) all.push(new Array(100_000).fill(all.length));`, /memory limit/],
  [
    "throws while nobody looks",
    `setTimeout(() => { throw new Error("later"); }, 0); await new Promise(() => {});`,
    /^Error: later/,
  ],
])("one that %s fails that login alone, and the log says what happened", async (_, does, error) => {
  const shop = await open(forAnn(does));
  const [told, tokens] = await Promise.all([refusal(shop, ANN), shop.tokens(BOB)]);
  expect(told).toEqual(failed);
  expect(tokens.id.email).toBe(BOB);
  const runs = (await logged(shop)).map(({ seq: _seq, time: _time, ...run }) => run);
  const run = { trigger: "post-login", action: "post-login-0", version: 1 };
  expect(runs.filter(({ outcome }) => outcome === "passed")).toEqual([{ ...run, outcome: "passed", said: "" }]);
  expect(runs.filter(({ outcome }) => outcome !== "passed")).toEqual([
    { ...run, outcome: "failed", said: "for Shop\n", error: expect.stringMatching(error) },
  ]);
});

test("of several Actions the log names the one that failed; nothing that they asked for is done, and the session stays", async () => {
  const shop = await open(
    `api.user.setAppMetadata("seen", true); api.accessToken.setCustomClaim("https://x.example/first", 1);`,
    forAnn(`throw new Error("second");`),
    `console.log("third");`,
  );
  const [browser, app] = [shop.browser(), shop.app()];
  expect(refusedWith(await app.arrive(arrivedAt(await shop.signIn(browser, app, ANN))))).toEqual(failed);
  expect((await logged(shop)).map(({ action, outcome }) => [action, outcome])).toEqual([
    ["post-login-0", "passed"],
    ["post-login-1", "failed"],
  ]);
  const [ann] = (await shop.tenant.call("GET", `/users-by-email?email=${encodeURIComponent(ANN)}`)).body;
  expect(ann.app_metadata).toBeUndefined();
  expect(refusedWith(await app.arrive(arrivedAt(await browser.open(app.begin({ prompt: "none" })))))).toEqual(failed);
  await shop.tenant.call("PATCH", "/actions/triggers/post-login/bindings", { bindings: [] });
  admitted(await app.arrive(arrivedAt(await browser.open(app.begin({ prompt: "none" })))));
});

test("a refresh that an Action fails takes nothing away", async () => {
  const shop = await open(forAnn(`if (event.refresh_token) throw new Error("not now");`));
  const { refresh = "" } = await shop.tokens(ANN);
  const app = shop.app();
  expect(refusedWith(await app.refresh(refresh))).toEqual(failed);
  expect((await logged(shop)).at(-1)).toMatchObject({
    outcome: "failed",
    error: expect.stringMatching(/^Error: not now/),
  });
  await shop.tenant.call("PATCH", "/actions/triggers/post-login/bindings", { bindings: [] });
  expect(admitted(await app.refresh(refresh)).id.sub).toMatch(/^auth0\|/);
});

test.each([
  ["throws", `throw new Error("not today");`],
  ["never ends", `for (;;);`],
])("one of pre-user-registration that %s makes no account, and others sign up", async (_, does) => {
  const shop = await Shop.open({ options: { triggerTime } });
  const forEve = `if (event.user.email === "eve@mail.example") { ${does} }`;
  await shop.deploy("pre-user-registration", "onExecutePreUserRegistration", forEve);
  const signUp = async (email: string) => {
    const browser = shop.browser();
    const first = pageOf(await browser.open(shop.app().begin({})));
    const page = pageOf(await browser.open(new URL(`/u/signup${first.url.search}`, first.url)));
    return browser.fill(page, form(page, "email"), { email, password: PASSWORD });
  };
  expect(pageOf(await signUp("eve@mail.example"))).toMatchObject({
    title: "Sign up",
    complaint: "An Action of pre-user-registration failed",
  });
  arrivedAt(await signUp("fay@mail.example"));
  const emails = (await shop.tenant.call("GET", "/users")).body.map(({ email }: { email: string }) => email);
  expect(emails).toEqual(["fay@mail.example"]);
  expect((await logged(shop)).map(({ trigger, outcome }) => [trigger, outcome])).toEqual([
    ["pre-user-registration", "failed"],
    ["pre-user-registration", "passed"],
  ]);
});

test("one of a password reset that throws sets no password, and the log says why", async () => {
  const shop = await Shop.open();
  const user = await shop.person(ANN);
  await shop.deploy("password-reset-post-challenge", "onExecutePostChallenge", `throw new Error("not now");`);
  const { ticket } = await shop.tenant.make("/tickets/password-change", { user_id: user });
  const page = pageOf(await shop.browser().open(new URL(String(ticket))));
  expect({ status: page.status, items: page.items }).toEqual({
    status: 403,
    items: ["access_denied", "An Action of password-reset-post-challenge failed"],
  });
  expect((await logged(shop)).at(-1)).toMatchObject({
    outcome: "failed",
    error: expect.stringMatching(/^Error: not now/),
  });
  await shop.tokens(ANN);
});
