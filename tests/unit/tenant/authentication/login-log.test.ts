import { expect, test } from "vitest";
import { arrivedAt, Shop } from "./shop.ts";

// What `/.local/logins` says of a login that came to an end.

const ANN = "ann@mail.example";

async function signedIn(shop: Shop, email: string): Promise<Record<string, unknown>> {
  const app = shop.app();
  await app.arrive(arrivedAt(await shop.signIn(shop.browser(), app, email)));
  return last(shop);
}

async function last(shop: Shop): Promise<Record<string, unknown>> {
  return (await shop.tenant.local("GET", "/.local/logins")).body.at(-1);
}

test("one that is admitted says whom, and through which connection", async () => {
  const shop = await Shop.open();
  const user = await shop.person(ANN);
  expect(await signedIn(shop, ANN)).toMatchObject({
    app: "Shop",
    outcome: "admitted",
    user,
    connection: shop.connection,
  });
});

test("one that an Action refuses says whom as well", async () => {
  const shop = await Shop.open();
  const user = await shop.person(ANN);
  await shop.deploy("post-login", "onExecutePostLogin", `api.access.deny("not today");`);
  expect(await signedIn(shop, ANN)).toMatchObject({
    app: "Shop",
    outcome: "refused",
    error: "access_denied",
    description: "not today",
    user,
    connection: shop.connection,
  });
});

test("and one that it refuses to somebody who was signed in already", async () => {
  const shop = await Shop.open();
  const user = await shop.person(ANN);
  const [app, browser] = [shop.app(), shop.browser()];
  await app.arrive(arrivedAt(await shop.signIn(browser, app, ANN)));
  await shop.deploy("post-login", "onExecutePostLogin", `api.access.deny("not today");`);
  await browser.open(app.begin({}));
  expect(await last(shop)).toMatchObject({ outcome: "refused", user, connection: shop.connection });
});

test("one that ends before anybody signed in says nobody", async () => {
  const shop = await Shop.open();
  await shop.browser().open(shop.app().begin({ prompt: "none" }));
  const told = await last(shop);
  expect(told).toMatchObject({ outcome: "refused", error: "login_required" });
  expect(told).not.toHaveProperty("user");
});
