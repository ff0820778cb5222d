import { afterEach, expect, test, vi } from "vitest";
import { admitted, arrivedAt, refusedWith, Shop } from "./shop.ts";

const ANN = "ann@mail.example";
const HOUR = 3_600_000;
const over = { error: "invalid_grant", description: "Unknown or invalid refresh token." };
const loggedOut = { error: "login_required", description: "Login required" };

afterEach(() => {
  vi.useRealTimers();
});

/** Only what time it is changes: nothing waits. */
function later(milliseconds: number): void {
  const now = Date.now();
  vi.useFakeTimers({ toFake: ["Date"], now: now + milliseconds });
}

test("a refresh token ends when it lay idle, and at its end however often it was used", async () => {
  const refresh_token = {
    rotation_type: "rotating",
    expiration_type: "expiring",
    token_lifetime: 7200,
    idle_token_lifetime: 3000,
  };
  const shop = await Shop.open({ client: { refresh_token } });
  await shop.person(ANN);
  const app = shop.app();
  const idle = (await shop.tokens(ANN)).refresh ?? "";
  let used = (await shop.tokens(ANN)).refresh ?? "";
  for (const _ of [1, 2]) {
    later(2900 * 1000);
    used = admitted(await app.refresh(used)).refresh ?? "";
  }
  expect(refusedWith(await app.refresh(idle))).toEqual(over);
  later(1500 * 1000);
  expect(refusedWith(await app.refresh(used))).toEqual(over);
});

test("a session ends when nobody used it for three days, and after a week however often it was used", async () => {
  const shop = await Shop.open();
  await shop.person(ANN);
  const app = shop.app();
  const browser = shop.browser();
  const silent = async () => app.arrive(arrivedAt(await browser.open(app.begin({ prompt: "none" }))));
  admitted(await app.arrive(arrivedAt(await shop.signIn(browser, app, ANN))));
  for (const _ of [1, 2]) {
    later(71 * HOUR);
    admitted(await silent());
  }
  later(27 * HOUR);
  expect(refusedWith(await silent())).toEqual(loggedOut);
  admitted(await app.arrive(arrivedAt(await shop.signIn(browser, app, ANN))));
  later(73 * HOUR);
  expect(refusedWith(await silent())).toEqual(loggedOut);
});

test("max_age asks anew who signed in longer ago, and the ID token says when that was", async () => {
  const shop = await Shop.open();
  await shop.person(ANN);
  const app = shop.app();
  const browser = shop.browser();
  const first = admitted(await app.arrive(arrivedAt(await shop.signIn(browser, app, ANN, { max_age: "60" }))));
  expect(Number(first.id.auth_time)).toBeGreaterThan(1_700_000_000);
  later(59_000);
  const again = admitted(await app.arrive(arrivedAt(await browser.open(app.begin({ max_age: "60", prompt: "none" })))));
  expect(again.id.auth_time).toBe(first.id.auth_time);
  later(120_000);
  const old = arrivedAt(await browser.open(app.begin({ max_age: "60", prompt: "none" })));
  expect(refusedWith(await app.arrive(old))).toEqual(loggedOut);
  const signed = admitted(await app.arrive(arrivedAt(await shop.signIn(browser, app, ANN, { max_age: "60" }))));
  expect(Number(signed.id.auth_time) - Number(first.id.auth_time)).toBeGreaterThan(170);
});
