import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { beforeAll, expect, test } from "vitest";
import { arrivedAt, CALLBACK, Shop } from "./shop.ts";

// https://auth0.com/docs/get-started/applications/application-settings, "Allowed Origins (CORS)"
const OWN = "https://app.example.com";
const BESIDE = "https://beside.example.com";
const STRANGER = "https://stranger.example.com";
const unauthorized = { error: "access_denied", error_description: "Unauthorized" };

let shop: Shop;

beforeAll(async () => {
  shop = await Shop.open({
    client: {
      callbacks: [
        CALLBACK,
        "https://*.wild.example.com/callback?x=1",
        "com.example.app://callback",
        "https://{organization_name}.named.example.com/callback",
      ],
      allowed_origins: [BESIDE, "https://*.shops.example.com"],
      web_origins: ["https://messages.example.com"],
    },
  });
  await shop.person("lena@mail.example");
});

interface Asked {
  readonly method?: string;
  readonly origin?: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

async function ask(path: string, { method = "GET", origin, form, headers = {} }: Asked) {
  const body = form ? new URLSearchParams(form).toString() : "";
  const sent = request(shop.at(path), {
    method,
    agent: false,
    ca: readFileSync(join(shop.tenant.folder, "ca.pem")),
    headers: {
      "content-length": Buffer.byteLength(body),
      ...(form ? { "content-type": "application/x-www-form-urlencoded" } : {}),
      ...(origin === undefined ? {} : { origin }),
      ...headers,
    },
  });
  sent.end(body);
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  const told = Object.entries(answer.headers).filter(([name]) => /^access-control-|^vary$/.test(name));
  return { status: answer.statusCode, body: await text(answer), headers: Object.fromEntries(told) };
}

const credentials = () => ({ client_id: shop.client.client_id, client_secret: String(shop.client.client_secret) });

test.each([
  ["of a callback", OWN],
  ["allowed beside", BESIDE],
  ["that a wildcard of a callback stands for", "https://one.wild.example.com"],
  ["that a wildcard stands for", "https://two.shops.example.com"],
])("an origin %s may read what is public, and what the token endpoint says", async (_, origin) => {
  const allowed = { "access-control-allow-origin": origin, vary: "Origin" };
  for (const path of ["/.well-known/openid-configuration", "/.well-known/jwks.json"])
    expect(await ask(path, { origin })).toMatchObject({ status: 200, headers: allowed });
  expect(await ask("/userinfo", { origin })).toEqual({ status: 401, body: "Unauthorized", headers: allowed });
  const form = { grant_type: "authorization_code", code: "none", redirect_uri: CALLBACK, ...credentials() };
  expect(await ask("/oauth/token", { method: "POST", origin, form })).toEqual({
    status: 403,
    body: JSON.stringify({ error: "invalid_grant", error_description: "Invalid authorization code" }),
    headers: allowed,
  });
});

test.each([
  ["of another site", STRANGER],
  ["of a callback's host without TLS", "http://app.example.com"],
  ["of another port", "https://app.example.com:8443"],
  ["two labels below a wildcard", "https://a.b.shops.example.com"],
  ["that is a wildcard's own host", "https://shops.example.com"],
  ["for messages between pages only", "https://messages.example.com"],
  ["that an organization's name would stand in", "https://dune.named.example.com"],
  ["that hides its site", "null"],
])("an origin %s reads nothing, and gets nothing done in the client's name", async (_, origin) => {
  for (const path of ["/.well-known/openid-configuration", "/.well-known/jwks.json"])
    expect(await ask(path, { origin })).toMatchObject({ status: 200, headers: { vary: "Origin" } });
  for (const path of ["/oauth/token", "/oauth/revoke", "/dbconnections/signup"])
    expect(await ask(path, { method: "POST", origin, form: credentials() })).toEqual({
      status: 401,
      body: JSON.stringify(unauthorized),
      headers: { vary: "Origin" },
    });
});

test("a code that a stranger's page sends stays as good as it was", async () => {
  const app = shop.app();
  const arrived = arrivedAt(await shop.signIn(shop.browser(), app, "lena@mail.example"));
  const code = arrived.searchParams.get("code") ?? "";
  const form = { grant_type: "authorization_code", code, redirect_uri: CALLBACK, ...credentials() };
  expect((await ask("/oauth/token", { method: "POST", origin: STRANGER, form })).status).toBe(401);
  expect(await app.arrive(arrived)).toHaveProperty("id.email", "lena@mail.example");
});

test("another client's origins open nothing to this one", async () => {
  const other = await shop.tenant.make("/clients", {
    name: "Other",
    callbacks: ["https://other.example.com/callback"],
  });
  const origin = "https://other.example.com";
  const form = { grant_type: "refresh_token", refresh_token: "none", ...credentials() };
  expect(await ask("/oauth/token", { method: "POST", origin, form })).toMatchObject({ status: 401 });
  const own = { ...form, client_id: String(other.client_id), client_secret: String(other.client_secret) };
  expect(await ask("/oauth/token", { method: "POST", origin, form: own })).toMatchObject({
    headers: { "access-control-allow-origin": origin },
  });
});

test("before a request an allowed origin is told what it may send, and never that cookies come along", async () => {
  const headers = {
    "access-control-request-method": "POST",
    "access-control-request-headers": "auth0-client,content-type",
  };
  for (const path of ["/oauth/token", "/oauth/revoke", "/userinfo"]) {
    expect(await ask(path, { method: "OPTIONS", origin: OWN, headers })).toEqual({
      status: 204,
      body: "",
      headers: {
        "access-control-allow-origin": OWN,
        "access-control-allow-methods": "GET,POST",
        "access-control-allow-headers": "auth0-client,content-type",
        vary: "Origin, Access-Control-Request-Headers",
      },
    });
    const refused = await ask(path, { method: "OPTIONS", origin: STRANGER, headers });
    expect(refused.headers).not.toHaveProperty("access-control-allow-origin");
  }
});

test("a program that is no page is asked for no origin, and the tenant's own pages need none", async () => {
  const form = { grant_type: "refresh_token", refresh_token: "none", ...credentials() };
  for (const origin of [undefined, new URL(shop.at("/")).origin]) {
    const answer = await ask("/oauth/token", { method: "POST", form, ...(origin === undefined ? {} : { origin }) });
    expect(answer).toMatchObject({ status: 403, headers: { vary: "Origin" } });
  }
});

test("pages of a login are nobody's to read", async () => {
  for (const path of ["/authorize", "/v2/logout", "/u/login/identifier"])
    expect((await ask(path, { origin: OWN })).headers).toEqual({});
});
