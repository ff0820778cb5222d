import { decodeJwt } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Person } from "../person.ts";
import { BrowserStack } from "../stage.ts";
import { SpaPage, spaSite } from "./spa-page.ts";

let stack: BrowserStack;

beforeAll(async () => {
  stack = await BrowserStack.up();
});

afterAll(() => stack?.close());

const ravi = "ravi@wheelhouse.example";
const vendorApi = "https://vendor-api.travel.example/";
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

    await app.login();
    expect(await person.signIn({ as: ravi })).toEqual({ pages: ["identifier", "password"] });
    const claims = await app.arrive();
    const org_id = await scene.hands.idOf("org", "wheelhouse");
    const sub = await scene.hands.idOf("user", ravi);
    expect(claims).toMatchObject({ iss: `${scene.tenant}/`, aud: app.clientId, sub, org_id, email: ravi });
    expect(claims.nonce).toMatch(/^.{20,}$/);
    expect(requests()).toEqual(["/authorize query", "/oauth/token authorization_code"]);

    const renewed = await app.renew();
    expect(decodeJwt(String(renewed.access_token))).toMatchObject({
      aud: [vendorApi, `${scene.tenant}/userinfo`],
      sub,
      org_id,
      azp: app.clientId,
    });
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
    await app.login({ organization: await scene.hands.idOf("org", "wheelhouse") });
    await person.signIn({ as: ravi });
    const { sub, org_id } = await app.arrive();
    expect(org_id).toBe(await scene.hands.idOf("org", "wheelhouse"));
    requests();

    const reloaded = await SpaPage.open(scene, person, app.origin, options);
    expect(await reloaded.claims()).toMatchObject({ sub, org_id });
    const tokens = [await reloaded.renew(), await reloaded.renew()].map(({ access_token }) => access_token);
    expect(tokens.map((token) => decodeJwt(String(token)))).toEqual([
      expect.objectContaining({ sub, org_id, azp: app.clientId }),
      expect.objectContaining({ sub, org_id, azp: app.clientId }),
    ]);
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

test("somebody who is invited comes in by the link", () =>
  stack.play(async (scene) => {
    await scene.hands.change({
      method: "POST",
      path: "organizations/{org:wheelhouse}/invitations",
      body: { inviter: { name: "Ravi" }, invitee: { email: "pavel@mail.example" }, client_id: "{app:vendor-rental}" },
    });
    const { link = "" } = await scene.hands.lastMail("pavel@mail.example");
    const { invitation, organization } = Object.fromEntries(new URL(link).searchParams);
    const person = await scene.person();
    const app = await SpaPage.open(scene, person, await spaSite(scene));
    await app.login({ invitation, organization });
    expect(await person.signIn({ as: "pavel@mail.example" })).toEqual({ pages: ["identifier", "password"] });
    expect(await app.arrive()).toMatchObject({ email: "pavel@mail.example", org_id: organization });
  }));

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
