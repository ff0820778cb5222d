import { afterAll, beforeAll, expect, test } from "vitest";
import type { Person } from "../person.ts";
import { BrowserStack } from "../stage.ts";
import { invite, standing } from "./invitation.ts";
import { atWheelhouse, invitees } from "./logins.ts";
import { meant, nonceSent, now, told } from "./meant.ts";
import { SpaPage, spaSite } from "./spa-page.ts";

let stack: BrowserStack;

beforeAll(async () => {
  stack = await BrowserStack.up();
});

afterAll(() => stack?.close());

const ravi = "ravi@wheelhouse.example";
const loginRequired = { error: "login_required", error_description: "Login required" };

/** What the page asks the tenant for, but for its pages; a frame's requests too. */
function asked({ page }: Person, tenant: string): () => string[] {
  const requests: string[] = [];
  page.on("request", (request) => {
    const { origin, pathname, searchParams } = new URL(request.url());
    if (origin !== tenant || !/^\/(authorize|oauth\/token)$/.test(pathname)) return;
    const grant = new URLSearchParams(request.postData() ?? "").get("grant_type");
    requests.push(`${pathname} ${grant ?? searchParams.get("response_mode") ?? "query"}`);
  });
  return () => requests.splice(0);
}

test("somebody signs in by redirect, and the app is renewed by a frame as long as the session lives", () =>
  stack.play(async (scene) => {
    const person = await scene.person();
    const requests = asked(person, scene.tenant);
    const app = await SpaPage.open(scene, person, await spaSite(scene));
    expect(await app.renew()).toEqual(loginRequired);
    expect(requests()).toEqual(["/authorize web_message"]);

    const nonce = nonceSent(person, scene.tenant);
    let began = now();
    await app.login();
    expect(await person.signIn({ as: ravi })).toEqual({ pages: ["identifier", "password"] });
    const claims = await app.arrive();
    const first = await meant(scene, "vendor-rental", { ...atWheelhouse, nonce: nonce() });
    expect(told(claims, began)).toEqual(first.id);
    expect(requests()).toEqual(["/authorize query", "/oauth/token authorization_code"]);

    began = now();
    const renewed = await app.renew();
    const second = await meant(scene, "vendor-rental", { ...atWheelhouse, sid: claims.sid, nonce: nonce() });
    expect(told(renewed.id_token, began)).toEqual(second.id);
    expect(told(renewed.access_token, began)).toEqual(second.access);
    expect(requests()).toEqual(["/authorize web_message", "/oauth/token authorization_code"]);

    await app.logout();
    expect(person.page.url()).toBe(`${app.origin}/`);
    const again = await SpaPage.open(scene, person, app.origin);
    expect(await again.renew()).toEqual(loginRequired);
  }));

test("with refresh tokens the app asks no frame, and keeps them over a reload where it is told to", () =>
  stack.play(async (scene) => {
    const person = await scene.person("phone");
    const requests = asked(person, scene.tenant);
    const options = { useRefreshTokens: true, cacheLocation: "localstorage" } as const;
    const app = await SpaPage.open(scene, person, await spaSite(scene), options);
    const nonce = nonceSent(person, scene.tenant);
    let began = now();
    await app.login({ organization: await scene.hands.idOf("org", "wheelhouse") });
    await person.signIn({ as: ravi });
    const claims = await app.arrive();
    const login = { ...atWheelhouse, scope: "openid profile email offline_access read:offers update:offers" };
    const first = await meant(scene, "vendor-rental", { ...login, nonce: nonce() });
    expect(told(claims, began)).toEqual(first.id);
    requests();

    const reloaded = await SpaPage.open(scene, person, app.origin, options);
    expect(await reloaded.claims()).toEqual(claims);
    const again = await meant(scene, "vendor-rental", { ...login, sid: claims.sid });
    for (const renewal of [1, 2]) {
      began = now();
      const { id_token, access_token } = await reloaded.renew();
      expect(told(id_token, began), `ID token ${renewal}`).toEqual(again.id);
      expect(told(access_token, began), `access token ${renewal}`).toEqual(again.access);
    }
    expect(requests()).toEqual(["/oauth/token refresh_token", "/oauth/token refresh_token"]);
  }));

test("an organization that somebody is no member of is refused, and the library says so", () =>
  stack.play(async (scene) => {
    const person = await scene.person();
    const app = await SpaPage.open(scene, person, await spaSite(scene));
    const organization = await scene.hands.idOf("org", "fresh-table");
    await app.login({ organization });
    await person.signIn({ as: ravi });
    expect(await app.arrive()).toEqual({
      error: "access_denied",
      error_description: `user is not part of the ${organization} organization`,
    });
  }));

/** Of a role that a first login would not give, and that opens nothing in this app. */
const intoWheelhouse = { company: "wheelhouse", app: "vendor-rental", role: "owner" };
const atWheelhouseAsOwner = { ...atWheelhouse, scope: "openid profile email", permissions: [] };

test.each(invitees)(
  "somebody who is invited and $who comes back from the link as a member with the invitation's role",
  (one) =>
    stack.play(async (scene) => {
      const { invitee, answers, pages } = one;
      const { email } = invitee;
      const person = await scene.person();
      const nonce = nonceSent(person, scene.tenant);
      const app = await SpaPage.open(scene, person, await spaSite(scene));
      const link = await invite(scene.hands, { ...intoWheelhouse, email });
      let began = now();
      await app.follow(link);
      expect(await person.signIn({ as: email, ...answers })).toEqual({ pages });
      const claims = await app.arrive();
      const login = { ...atWheelhouseAsOwner, person: invitee };
      const first = await meant(scene, "vendor-rental", { ...login, nonce: nonce() });
      expect(told(claims, began)).toEqual(first.id);
      expect(await standing(scene.hands, email, "wheelhouse")).toEqual({
        accounts: [{ verified: true, roles: ["owner"] }],
        open: 0,
      });

      began = now();
      const renewed = await app.renew();
      const second = await meant(scene, "vendor-rental", { ...login, sid: claims.sid, nonce: nonce() });
      expect(told(renewed.id_token, began)).toEqual(second.id);
      expect(told(renewed.access_token, began)).toEqual(second.access);
    }),
);

test("another site learns nothing: no message from a frame, and no answer of the token endpoint", () =>
  stack.play(async (scene) => {
    const person = await scene.person();
    const app = await SpaPage.open(scene, person, await spaSite(scene));
    await app.login();
    await person.signIn({ as: ravi });
    await app.arrive();

    const ask = {
      client_id: app.clientId,
      redirect_uri: `${app.origin}/callback`,
      response_type: "code",
      response_mode: "web_message",
      prompt: "none",
      scope: "openid",
      code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
      code_challenge_method: "S256",
    };
    const frame = `${scene.tenant}/authorize?${new URLSearchParams(ask)}`;
    const seen = `new Promise((settle) => {
      const told = [];
      addEventListener("message", ({ data, origin }) => {
        if (origin === location.origin) settle(told);
        else told.push([origin, Object.keys(data.response ?? {})]);
      });
      const frame = document.createElement("iframe");
      // messages come in the order in which they were sent: the page's own is the last
      frame.onload = () => postMessage({}, "*");
      frame.src = ${JSON.stringify(frame)};
      document.body.append(frame);
    })`;
    const token = `fetch(${JSON.stringify(`${scene.tenant}/oauth/token`)}, {
      method: "POST",
      body: new URLSearchParams({ grant_type: "refresh_token", client_id: "${app.clientId}", refresh_token: "none" }),
    }).then(({ status }) => status, ({ message }) => message)`;
    const stranger = await scene.site((_, response) => void response.end("<h1>Another site</h1>"));

    await person.page.goto(`${app.origin}/`);
    expect(await person.page.evaluate(seen)).toEqual([[scene.tenant, ["code"]]]);
    expect(await person.page.evaluate(token)).toBe(403);
    await person.page.goto(stranger.origin);
    expect(await person.page.evaluate(seen)).toEqual([]);
    expect(await person.page.evaluate(token)).toBe("Failed to fetch");
  }));
