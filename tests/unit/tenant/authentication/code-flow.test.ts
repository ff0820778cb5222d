import { decodeJwt } from "jose";
import { expect, test } from "vitest";
import { AUDIENCE, admitted, arrivedAt, CALLBACK, form, pageOf, refusedWith, Shop } from "./shop.ts";

const seconds = expect.any(Number);

test("a person signs in with address and password, and the app gets tokens that say so", async () => {
  const shop = await Shop.open();
  const sub = await shop.person("ann@mail.example", { name: "Ann" });
  const { id, access, refresh } = await shop.tokens("ann@mail.example");
  const iss = `${shop.tenant.running.url}/`;
  const sid = expect.stringMatching(/^[A-Za-z0-9]{32}$/);
  const { client_id } = shop.client;
  expect(id).toEqual({
    iss,
    sub,
    aud: client_id,
    iat: seconds,
    exp: seconds,
    sid,
    nonce: expect.any(String),
    name: "Ann",
    nickname: "ann",
    picture: expect.stringContaining("gravatar"),
    updated_at: expect.stringMatching(/^\d{4}-/),
    email: "ann@mail.example",
    email_verified: true,
  });
  expect(access).toEqual({
    iss,
    sub,
    aud: [AUDIENCE, `${iss}userinfo`],
    iat: seconds,
    exp: seconds,
    scope: "openid profile email offline_access read:it write:it",
    azp: client_id,
  });
  expect(Number(id.exp) - Number(id.iat)).toBe(36_000);
  expect(Number(access.exp) - Number(access.iat)).toBe(86_400);
  expect(refresh).toMatch(/^v1\.[\w-]{60}$/);
});

test("without an audience the token is one that nobody but the tenant reads, and /userinfo takes it", async () => {
  const shop = await Shop.open();
  const sub = await shop.person("ann@mail.example");
  const url = shop.app().begin({ scope: "openid email" });
  url.searchParams.delete("audience");
  url.searchParams.delete("code_challenge");
  url.searchParams.delete("code_challenge_method");
  const browser = shop.browser();
  const page = pageOf(await browser.open(url));
  const filled = { username: "ann@mail.example", password: "Let-Me-In-1" };
  const arrived = arrivedAt(await browser.fill(page, form(page, "password"), filled));
  const { client_id, client_secret } = shop.client;
  const code = arrived.searchParams.get("code") ?? "";
  const exchange = {
    grant_type: "authorization_code",
    client_id,
    client_secret: String(client_secret),
    code,
    redirect_uri: CALLBACK,
  };
  const { status, body } = await shop.tenant.local("POST", "/oauth/token", exchange, {});
  expect({ status, body }).toEqual({
    status: 200,
    body: {
      access_token: expect.stringMatching(/^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/),
      id_token: expect.any(String),
      scope: "openid email",
      expires_in: 86_400,
      token_type: "Bearer",
    },
  });
  const told = await shop.tenant.local("GET", "/userinfo", undefined, { Authorization: `Bearer ${body.access_token}` });
  expect(told).toEqual({ status: 200, body: { sub, email: "ann@mail.example", email_verified: true } });
  expect(decodeJwt(body.id_token).sub).toBe(sub);
});

test("a code is good once; when it comes again, what it gave is over", async () => {
  const shop = await Shop.open();
  await shop.person("ann@mail.example");
  const app = shop.app();
  const arrived = arrivedAt(await shop.signIn(shop.browser(), app, "ann@mail.example"));
  const code = arrived.searchParams.get("code") ?? "";
  const first = admitted(await app.arrive(arrived));
  const { client_id, client_secret } = shop.client;
  const again = {
    grant_type: "authorization_code",
    client_id,
    client_secret: String(client_secret),
    code,
    redirect_uri: CALLBACK,
  };
  expect(await shop.tenant.local("POST", "/oauth/token", again, {})).toEqual({
    status: 403,
    body: { error: "invalid_grant", error_description: "Invalid authorization code" },
  });
  expect(refusedWith(await app.refresh(first.refresh ?? ""))).toEqual({
    error: "invalid_grant",
    description: "Unknown or invalid refresh token.",
  });
});

test("a wrong password and an unknown address are told alike, and leave no session", async () => {
  const shop = await Shop.open();
  await shop.person("ann@mail.example");
  const told: unknown[] = [];
  for (const filled of [
    { username: "ann@mail.example", password: "Wrong-Word-1" },
    { username: "nobody@mail.example", password: "Let-Me-In-1" },
  ]) {
    const browser = shop.browser();
    const app = shop.app();
    const page = pageOf(await browser.open(app.begin({})));
    const next = pageOf(await browser.fill(page, form(page, "password"), filled));
    told.push({ title: next.title, complaint: next.complaint });
    const silent = arrivedAt(await browser.open(app.begin({ prompt: "none" })));
    told.push(refusedWith(await app.arrive(silent)));
  }
  const page = { title: "Enter your password", complaint: "Wrong email or password" };
  const silent = { error: "login_required", description: "Login required" };
  expect(told).toEqual([page, silent, page, silent]);
});
