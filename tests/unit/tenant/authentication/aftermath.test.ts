import { expect, test } from "vitest";
import { admitted, arrivedAt, refusedWith, Shop } from "./shop.ts";

const ANN = "ann@mail.example";
const BEN = "ben@mail.example";

async function sessionsOf(shop: Shop, user: string): Promise<readonly string[]> {
  const { body } = await shop.tenant.call("GET", `/users/${encodeURIComponent(user)}/sessions`);
  return (body.sessions as readonly { readonly id: string }[]).map(({ id }) => id);
}

test("what an Action wrote on an account stays, though it refuses the login", async () => {
  const shop = await Shop.open();
  const ann = await shop.person(ANN);
  const refusing =
    'api.user.setAppMetadata("seen", true); api.user.setUserMetadata("tried", 1); api.access.deny("not today")';
  await shop.deploy("post-login", "onExecutePostLogin", refusing);
  const app = shop.app();
  const came = await app.arrive(arrivedAt(await shop.signIn(shop.browser(), app, ANN)));
  expect(refusedWith(came)).toEqual({ error: "access_denied", description: "not today" });
  const { body } = await shop.tenant.call("GET", `/users/${encodeURIComponent(ann)}`);
  expect({ app: body.app_metadata, user: body.user_metadata }).toEqual({ app: { seen: true }, user: { tried: 1 } });
});

test("who signs out has no session left that an old cookie could name", async () => {
  const shop = await Shop.open();
  const ann = await shop.person(ANN);
  const app = shop.app();
  const browser = shop.browser();
  admitted(await app.arrive(arrivedAt(await shop.signIn(browser, app, ANN))));
  expect(await sessionsOf(shop, ann)).toHaveLength(1);
  arrivedAt(await browser.open(shop.at(`/v2/logout?client_id=${shop.client.client_id}`)));
  expect(await sessionsOf(shop, ann)).toEqual([]);
});

test("who signs in after somebody else at one browser has a session of their own, and the other's ends", async () => {
  const shop = await Shop.open();
  const ann = await shop.person(ANN);
  const ben = await shop.person(BEN);
  const app = shop.app();
  const browser = shop.browser();
  admitted(await app.arrive(arrivedAt(await shop.signIn(browser, app, ANN))));
  const [anns] = await sessionsOf(shop, ann);
  admitted(await app.arrive(arrivedAt(await shop.signIn(browser, app, BEN, { prompt: "login" }))));
  const [bens, ...more] = await sessionsOf(shop, ben);
  expect(more).toEqual([]);
  expect(bens).not.toBe(anns);
  expect(await sessionsOf(shop, ann)).toEqual([]);
});
