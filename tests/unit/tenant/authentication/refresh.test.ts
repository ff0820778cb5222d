import { expect, test } from "vitest";
import { admitted, refusedWith, Shop } from "./shop.ts";

const over = { error: "invalid_grant", description: "Unknown or invalid refresh token." };
const rotating = {
  rotation_type: "rotating",
  expiration_type: "expiring",
  token_lifetime: 3600,
  idle_token_lifetime: 600,
};
const ANN = "ann@mail.example";

/** A person who signed in, with a refresh token of the app's. */
async function signedIn(given: Parameters<typeof Shop.open>[0] = {}) {
  const shop = await Shop.open(given);
  const user = await shop.person(ANN);
  const { refresh = "" } = await shop.tokens(ANN);
  return { shop, user, app: shop.app(), refresh };
}

test("a token that does not rotate is exchanged again and again, and no other comes back", async () => {
  const { app, refresh, user } = await signedIn();
  for (const _ of [1, 2]) {
    const { id, access, refresh: next } = admitted(await app.refresh(refresh));
    expect({ id: id.sub, access: access.sub, scope: access.scope, next }).toEqual({
      id: user,
      access: user,
      scope: "openid profile email offline_access read:it write:it",
      next: undefined,
    });
  }
});

test("a rotating token is good once; when it comes again, the whole family is over", async () => {
  const { app, refresh } = await signedIn({ client: { refresh_token: rotating } });
  const second = admitted(await app.refresh(refresh)).refresh ?? "";
  expect(second).not.toBe(refresh);
  const third = admitted(await app.refresh(second)).refresh ?? "";
  expect(refusedWith(await app.refresh(refresh))).toEqual(over);
  expect(refusedWith(await app.refresh(third))).toEqual(over);
});

test("within its leeway an exchanged token is taken once more, and both that it gave are good", async () => {
  const { app, refresh } = await signedIn({ client: { refresh_token: { ...rotating, leeway: 60 } } });
  const [one, other] = [admitted(await app.refresh(refresh)), admitted(await app.refresh(refresh))];
  expect(one.refresh).not.toBe(other.refresh);
  for (const { refresh: next = "" } of [one, other])
    expect(admitted(await app.refresh(next)).access.sub).toBe(one.access.sub);
});

test("of two requests with one rotating token at the same time, one gets tokens, and none of them lasts", async () => {
  const { app, refresh } = await signedIn({ client: { refresh_token: rotating } });
  const answers = await Promise.all([app.refresh(refresh), app.refresh(refresh)]);
  const [got, ...more] = answers.filter((answer) => "id" in answer);
  expect(more).toEqual([]);
  expect(answers.filter((answer) => "error" in answer)).toEqual([over]);
  expect(refusedWith(await app.refresh(admitted(got ?? over).refresh ?? ""))).toEqual(over);
});

test("scopes can be left out and not added", async () => {
  const { shop, refresh } = await signedIn();
  const { client_id, client_secret } = shop.client;
  const ask = (scope: string) =>
    shop.tenant.local(
      "POST",
      "/oauth/token",
      { grant_type: "refresh_token", client_id, client_secret: String(client_secret), refresh_token: refresh, scope },
      {},
    );
  expect((await ask("openid read:it delete:it")).body.scope).toBe("openid offline_access read:it");
  expect((await ask("")).body.scope).toBe("openid profile email offline_access read:it write:it");
});

test("another app's token is none, and it stays good for its own app", async () => {
  const { shop, app, refresh } = await signedIn();
  const other = await shop.tenant.make("/clients", {
    name: "Other",
    app_type: "regular_web",
    grant_types: ["refresh_token"],
  });
  const foreign = shop.app({ clientId: other.client_id, secret: String(other.client_secret) });
  expect(refusedWith(await foreign.refresh(refresh))).toEqual(over);
  expect(admitted(await app.refresh(refresh)).access.azp).toBe(shop.client.client_id);
});

test("the Actions run again; a refusal takes nothing away, so that the token is good once they let the person in", async () => {
  const { shop, app, refresh } = await signedIn({ client: { refresh_token: rotating } });
  await shop.deploy(
    "post-login",
    "onExecutePostLogin",
    `if (event.transaction.protocol !== "oauth2-refresh-token" || !event.refresh_token.id.startsWith("rt_")) return;
     if (event.user.app_metadata.out) api.access.deny("out: Not now.");
     api.accessToken.setCustomClaim("https://x.example/fresh", true);`,
  );
  const user = (await shop.tenant.call("GET", "/users")).body[0].user_id;
  await shop.tenant.call("PATCH", `/users/${encodeURIComponent(user)}`, { app_metadata: { out: true } });
  expect(refusedWith(await app.refresh(refresh))).toEqual({ error: "access_denied", description: "out: Not now." });
  await shop.tenant.call("PATCH", `/users/${encodeURIComponent(user)}`, { app_metadata: { out: null } });
  expect(admitted(await app.refresh(refresh)).access["https://x.example/fresh"]).toBe(true);
});

test("an Action that asks for a second factor, or fails, is a refusal of the refresh", async () => {
  const { shop, app, refresh } = await signedIn();
  await shop.deploy("post-login", "onExecutePostLogin", `api.authentication.challengeWith({ type: "otp" });`);
  const asked = { error: "mfa_required", description: "Multifactor authentication required" };
  expect(refusedWith(await app.refresh(refresh))).toEqual(asked);
  await shop.tenant.call("PATCH", "/actions/triggers/post-login/bindings", { bindings: [] });
  expect(admitted(await app.refresh(refresh)).id.sub).toBeDefined();
});

test("a blocked person, a revoked token and a person who is gone get nothing", async () => {
  const { shop, app, user, refresh } = await signedIn();
  const path = `/users/${encodeURIComponent(user)}`;
  await shop.tenant.call("PATCH", path, { blocked: true });
  expect(refusedWith(await app.refresh(refresh))).toEqual(over);
  await shop.tenant.call("PATCH", path, { blocked: false });
  expect(admitted(await app.refresh(refresh)).id.sub).toBe(user);
  const { client_id, client_secret } = shop.client;
  const revoked = { client_id, client_secret: String(client_secret), token: refresh };
  expect(await shop.tenant.local("POST", "/oauth/revoke", revoked, {})).toEqual({ status: 200, body: undefined });
  expect(refusedWith(await app.refresh(refresh))).toEqual(over);
  const { refresh: fresh = "" } = await shop.tokens(ANN);
  await shop.tenant.call("DELETE", path);
  expect(refusedWith(await app.refresh(fresh))).toEqual(over);
});

test("an app without the grant, an API without offline access and a request without the scope get no refresh token", async () => {
  const without = await Shop.open({ client: { grant_types: ["authorization_code"] } });
  await without.person(ANN);
  expect((await without.tokens(ANN)).refresh).toBeUndefined();
  const online = await Shop.open({ api: { allow_offline_access: false } });
  await online.person(ANN);
  const { access, refresh } = await online.tokens(ANN);
  expect({ scope: access.scope, refresh }).toEqual({
    scope: "openid profile email read:it write:it",
    refresh: undefined,
  });
  const silent = await Shop.open();
  await silent.person(ANN);
  expect((await silent.tokens(ANN, { scope: "openid" })).refresh).toBeUndefined();
});
