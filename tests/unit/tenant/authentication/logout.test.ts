import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { Browser } from "../../../../local/player/browser.ts";
import type { App } from "../../../scenarios/app.ts";
import { admitted, arrivedAt, CALLBACK, form, pageOf, refusedWith, Shop } from "./shop.ts";

const ANN = "ann@mail.example";
const BYE = "https://app.example.com/bye";

async function signedIn(given: Parameters<typeof Shop.open>[0] = {}) {
  const shop = await Shop.open(given);
  await shop.person(ANN);
  const [browser, app] = [shop.browser(), shop.app()];
  const { refresh = "" } = admitted(await app.arrive(arrivedAt(await shop.signIn(browser, app, ANN))));
  return { shop, browser, app, refresh };
}

/** Whether the browser is signed in, without asking anybody. */
async function isIn(browser: Browser, app: App): Promise<boolean> {
  return "id" in (await app.arrive(arrivedAt(await browser.open(app.begin({ prompt: "none" })))));
}

test("/v2/logout ends the session and goes to an allowed address; refresh tokens outlive it", async () => {
  const { shop, browser, app, refresh } = await signedIn();
  const { client_id } = shop.client;
  const to = (returnTo: string) => shop.at(`/v2/logout?${new URLSearchParams({ client_id, returnTo })}`);
  const wrong = pageOf(await browser.open(to("https://evil.example/bye")));
  expect({ status: wrong.status, items: wrong.items, in: await isIn(browser, app) }).toEqual({
    status: 400,
    items: [
      "invalid_request",
      'The "returnTo" querystring parameter "https://evil.example/bye" is not defined as a valid URL in "Allowed Logout URLs".',
    ],
    in: true,
  });
  expect(arrivedAt(await browser.open(to(`${BYE}?from=shop`))).href).toBe(`${BYE}?from=shop`);
  expect(await isIn(browser, app)).toBe(false);
  expect(admitted(await app.refresh(refresh)).id.email).toBe(ANN);
});

test("/v2/logout without an address takes the app's first one, and without an app the tenant's list counts", async () => {
  const { shop, browser, app } = await signedIn();
  await shop.tenant.call("PATCH", "/tenants/settings", { allowed_logout_urls: [`${BYE}`] });
  expect(arrivedAt(await browser.open(shop.at(`/v2/logout?client_id=${shop.client.client_id}`))).href).toBe(BYE);
  expect(arrivedAt(await browser.open(shop.at(`/v2/logout?returnTo=${BYE}`))).href).toBe(BYE);
  expect(await isIn(browser, app)).toBe(false);
});

test("/oidc/logout believes an ID token of the session, and asks where there is none", async () => {
  const { shop, browser, app } = await signedIn();
  const hint = await idTokenOf(shop, browser);
  const asked = pageOf(await browser.open(shop.at("/oidc/logout")));
  expect({ title: asked.title, in: await isIn(browser, app) }).toEqual({ title: "Sign out", in: true });
  const query = new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: BYE, state: "s 1" });
  expect(arrivedAt(await browser.open(shop.at(`/oidc/logout?${query}`))).href).toBe(`${BYE}?state=s+1`);
  expect(await isIn(browser, app)).toBe(false);

  const again = admitted(await app.arrive(arrivedAt(await shop.signIn(browser, app, ANN))));
  expect(again.id.email).toBe(ANN);
  // the session of the hint is over: it says nothing about this one
  const page = pageOf(await browser.open(shop.at(`/oidc/logout?${query}`)));
  expect(page.title).toBe("Sign out");
  const done = await browser.submit(page, form(page, "state"), {}, ["confirmed", "yes"]);
  expect(arrivedAt(done).href).toBe(`${BYE}?state=s+1`);
  expect(await isIn(browser, app)).toBe(false);
});

test.each([
  ["a hint that nobody signed", { id_token_hint: "e30.e30.x" }, "Invalid id_token_hint"],
  [
    "an address that is not allowed",
    { post_logout_redirect_uri: "https://evil.example/" },
    'The post_logout_redirect_uri "https://evil.example/" is not in the list of allowed logout URLs',
  ],
  [
    "an unknown app",
    { client_id: "nobody", post_logout_redirect_uri: "https://app.example.com/bye" },
    "Unknown client: nobody",
  ],
])("/oidc/logout refuses %s on a page, and ends nothing", async (_, given, says) => {
  const { shop, browser, app } = await signedIn();
  const page = pageOf(await browser.open(shop.at(`/oidc/logout?${new URLSearchParams(given)}`)));
  expect(page.items).toEqual(["invalid_request", says]);
  expect(await isIn(browser, app)).toBe(true);
});

test("a blocked person's session is no way in", async () => {
  const { shop, browser, app } = await signedIn();
  const [{ user_id }] = (await shop.tenant.call("GET", "/users")).body;
  await shop.tenant.call("PATCH", `/users/${encodeURIComponent(user_id)}`, { blocked: true });
  const arrived = arrivedAt(await browser.open(app.begin({ prompt: "none" })));
  expect(refusedWith(await app.arrive(arrived))).toEqual({ error: "unauthorized", description: "user is blocked" });
});

/** The text of an ID token of the browser's session. */
async function idTokenOf(shop: Shop, browser: Browser): Promise<string> {
  const verifier = "v".repeat(43);
  const url = shop.app().begin({ prompt: "none", scope: "openid" });
  url.searchParams.set("code_challenge", createHash("sha256").update(verifier).digest("base64url"));
  const code = arrivedAt(await browser.open(url)).searchParams.get("code") ?? "";
  const { client_id, client_secret } = shop.client;
  const asked = {
    grant_type: "authorization_code",
    client_id,
    client_secret: String(client_secret),
    code,
    redirect_uri: CALLBACK,
  };
  const { body } = await shop.tenant.local("POST", "/oauth/token", { ...asked, code_verifier: verifier }, {});
  return body.id_token;
}
