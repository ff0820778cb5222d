import { expect, test } from "vitest";
import type { Browser } from "../../../../local/player/browser.ts";
import type { Page } from "../../../../local/player/page.ts";
import { admitted, arrivedAt, form, pageOf, refusedWith, Shop } from "./shop.ts";

const ANN = "ann@mail.example";
const asks = {
  api: {
    skip_consent_for_verifiable_first_party_clients: false,
    scopes: [{ value: "read:it", description: "Read it" }],
  },
};

const press = (browser: Browser, page: Page, value: string) =>
  browser.submit(page, form(page, "state"), {}, ["action", value]);

test("what an app asks for stands on the page; once agreed, nobody is asked again until it asks for more", async () => {
  const shop = await Shop.open(asks);
  await shop.person(ANN);
  const [browser, app] = [shop.browser(), shop.app()];
  const page = pageOf(await shop.signIn(browser, app, ANN, { scope: "openid email read:it" }));
  expect({ title: page.title, items: page.items }).toEqual({
    title: "Authorize the app",
    items: ["See your email address", "Read it"],
  });
  admitted(await app.arrive(arrivedAt(await press(browser, page, "accept"))));
  admitted(await app.arrive(arrivedAt(await browser.open(app.begin({ scope: "openid email read:it" })))));
  const silent = arrivedAt(await browser.open(app.begin({ scope: "openid profile email read:it", prompt: "none" })));
  expect(refusedWith(await app.arrive(silent))).toEqual({ error: "consent_required", description: "Consent required" });
  const more = pageOf(await browser.open(app.begin({ scope: "openid profile email read:it" })));
  expect(more.items).toEqual(["See your name and picture"]);
});

test("who declines goes back to the app with a refusal, and prompt=consent asks even who agreed", async () => {
  const shop = await Shop.open(asks);
  await shop.person(ANN);
  const [browser, app] = [shop.browser(), shop.app()];
  const page = pageOf(await shop.signIn(browser, app, ANN));
  expect(refusedWith(await app.arrive(arrivedAt(await press(browser, page, "deny"))))).toEqual({
    error: "access_denied",
    description: "User did not authorize the request",
  });
  const again = pageOf(await browser.open(app.begin({})));
  admitted(await app.arrive(arrivedAt(await press(browser, again, "accept"))));
  expect(pageOf(await browser.open(app.begin({ prompt: "consent" }))).title).toBe("Authorize the app");
});

test("the operator's own app needs no consent where its API skips it, but on localhost it does", async () => {
  const callbacks = ["https://localhost:3000/callback", "https://app.example.com/callback"];
  const shop = await Shop.open({ client: { callbacks } });
  await shop.person(ANN);
  admitted(await shop.tokens(ANN));
  const local = shop.app({ redirectUri: callbacks[0] ?? "" });
  expect(pageOf(await shop.signIn(shop.browser(), local, ANN)).title).toBe("Authorize the app");
});

test("who is put into an organization while the page is open is judged by the Actions anew", async () => {
  const client = { organization_usage: "allow", organization_require_behavior: "post_login_prompt" };
  const shop = await Shop.open({ ...asks, client });
  const user = await shop.person(ANN);
  await shop.deploy(
    "post-login",
    "onExecutePostLogin",
    `if (event.organization) api.access.deny("wrong_type: Not here.");`,
  );
  const [browser, app] = [shop.browser(), shop.app()];
  const page = pageOf(await shop.signIn(browser, app, ANN));
  const { id } = await shop.tenant.make("/organizations", { name: "acme" });
  await shop.tenant.make(`/organizations/${id}/enabled_connections`, { connection_id: shop.connection });
  await shop.tenant.call("POST", `/organizations/${id}/members`, { members: [user] });
  expect(refusedWith(await app.arrive(arrivedAt(await press(browser, page, "accept"))))).toEqual({
    error: "access_denied",
    description: "wrong_type: Not here.",
  });
});
