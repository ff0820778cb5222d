import { Secret, TOTP } from "otpauth";
import { afterEach, expect, test, vi } from "vitest";
import type { Browser } from "../../../../local/player/browser.ts";
import type { Page } from "../../../../local/player/page.ts";
import { admitted, arrivedAt, form, pageOf, refusedWith, Shop } from "./shop.ts";

const ANN = "ann@mail.example";

afterEach(() => {
  vi.useRealTimers();
});

/** Enrols whoever has no factor and challenges the others, unless the session proved one; the second Action adds a claim. */
const policy = [
  `if (event.authentication.methods.some(({ name }) => name === "mfa")) return;
   if (event.user.enrolledFactors.length === 0) api.authentication.enrollWith({ type: "otp" });
   else api.authentication.challengeWith({ type: "otp" }, { additionalFactors: [{ type: "recovery-code" }] });`,
  `api.idToken.setCustomClaim("https://x.example/methods", event.authentication.methods.map(({ name }) => name));`,
];

async function open(...actions: readonly string[]): Promise<Shop> {
  const shop = await Shop.open();
  await shop.person(ANN);
  await shop.deploy("post-login", "onExecutePostLogin", ...actions);
  return shop;
}

const codeOf = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate();
const enter = (browser: Browser, page: Page, code: string) => browser.fill(page, form(page, "code"), { code });

test("who has no factor adds one, and is challenged in the next session; a code is good once", async () => {
  const shop = await open(...policy);
  const [browser, app] = [shop.browser(), shop.app()];
  const enrol = pageOf(await shop.signIn(browser, app, ANN));
  const secret = enrol.codes[0] ?? "";
  expect({ title: enrol.title, secret }).toEqual({
    title: "Secure your account",
    secret: expect.stringMatching(/^[A-Z2-7]{32}$/),
  });
  const wrong = pageOf(await enter(browser, enrol, "000000"));
  expect({ complaint: wrong.complaint, secret: wrong.codes[0] }).toEqual({
    complaint: "The code is not right, or it was used before",
    secret,
  });
  const used = codeOf(secret);
  const { id } = admitted(await app.arrive(arrivedAt(await enter(browser, wrong, used))));
  expect(id["https://x.example/methods"]).toEqual(["pwd", "mfa"]);
  // the session proved it: nobody is asked again
  admitted(await app.arrive(arrivedAt(await browser.open(app.begin({ prompt: "none" })))));

  const other = shop.browser();
  const challenge = pageOf(await shop.signIn(other, app, ANN));
  expect(challenge.title).toBe("Verify your identity");
  expect(pageOf(await enter(other, challenge, used)).complaint).toBe("The code is not right, or it was used before");
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 30_000 });
  admitted(await app.arrive(arrivedAt(await enter(other, challenge, codeOf(secret)))));
});

test("no other page of the login leads past the factor, and a silent login is told that somebody must be asked", async () => {
  const shop = await open(...policy);
  const [browser, app] = [shop.browser(), shop.app()];
  const { url } = pageOf(await shop.signIn(browser, app, ANN));
  const state = url.searchParams.get("state");
  const titles: string[] = [];
  for (const path of ["/u/login", "/u/login/identifier", "/u/login/password", "/u/consent", "/u/mfa-otp-challenge"]) {
    titles.push(pageOf(await browser.open(shop.at(`${path}?state=${state}`))).title);
  }
  expect(new Set(titles)).toEqual(new Set(["Secure your account"]));
  const silent = arrivedAt(await browser.open(app.begin({ prompt: "none" })));
  expect(refusedWith(await app.arrive(silent))).toEqual({
    error: "interaction_required",
    description: "Multifactor authentication required",
  });
});

test("ten wrong codes end the login", async () => {
  const shop = await open(...policy);
  const [browser, app] = [shop.browser(), shop.app()];
  let page = pageOf(await shop.signIn(browser, app, ANN));
  for (let tries = 1; tries < 10; tries += 1) page = pageOf(await enter(browser, page, "12345x"));
  expect(refusedWith(await app.arrive(arrivedAt(await enter(browser, page, "12345x"))))).toEqual({
    error: "access_denied",
    description: "Too many wrong codes",
  });
});

test.each([
  [
    "a factor that is not served",
    `api.authentication.enrollWith({ type: "phone" });`,
    "None of the second factors phone is served here",
  ],
  [
    "a challenge of somebody without a factor",
    `api.authentication.challengeWith({ type: "otp" });`,
    "The user has no second factor to be challenged with",
  ],
])("%s is a refusal", async (_, does, description) => {
  const shop = await open(does);
  const app = shop.app();
  const arrived = arrivedAt(await shop.signIn(shop.browser(), app, ANN));
  expect(refusedWith(await app.arrive(arrived))).toEqual({ error: "access_denied", description });
});
