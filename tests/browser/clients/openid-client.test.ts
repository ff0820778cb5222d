import { decodeJwt } from "jose";
import * as oidc from "openid-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { settings } from "../../scenarios/story.ts";
import { BrowserStack } from "../stage.ts";
import { refusalOf, ServerSide } from "./server-side.ts";

let stack: BrowserStack;

beforeAll(async () => {
  stack = await BrowserStack.up();
});

afterAll(() => stack?.close());

const namespace = "https://travel.example/claims/";
const loginRequired = { error: "login_required", description: "Login required" };

test("an individual signs in: code, PKCE, state and nonce, and both tokens say who it is and for whom they are", () =>
  stack.play(async (scene) => {
    const app = await ServerSide.at(scene, "main");
    const person = await scene.person();
    await person.page.goto(await app.begin());
    expect(await person.signIn({ as: "pavel@mail.example" })).toEqual({ pages: ["identifier", "password"] });
    const tokens = await app.arrive(person.page.url());
    const sub = await scene.hands.idOf("user", "pavel@mail.example");
    expect(tokens.claims()).toEqual({
      iss: `${scene.tenant}/`,
      aud: app.clientId,
      sub,
      nonce: app.nonce,
      sid: expect.any(String),
      iat: expect.any(Number),
      exp: expect.any(Number),
      email: "pavel@mail.example",
      email_verified: true,
      name: expect.any(String),
      nickname: expect.any(String),
      picture: expect.any(String),
      updated_at: expect.any(String),
      [`${namespace}stage`]: "prospect",
    });
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      iss: `${scene.tenant}/`,
      aud: ["https://api.travel.example/", `${scene.tenant}/userinfo`],
      sub,
      azp: app.clientId,
      permissions: ["read:account", "update:account"],
    });
    expect(decodeJwt(tokens.access_token)).not.toHaveProperty("org_id");
    expect(await oidc.fetchUserInfo(app.config, tokens.access_token, sub)).toMatchObject({
      sub,
      email: "pavel@mail.example",
    });
  }));

test("a refresh token is renewed by another one, and ends with all that came of it once it is revoked", () =>
  stack.play(async (scene) => {
    const app = await ServerSide.at(scene, "main");
    const person = await scene.person();
    await person.page.goto(await app.begin());
    await person.signIn({ as: "pavel@mail.example" });
    const first = await app.arrive(person.page.url());
    const second = await oidc.refreshTokenGrant(app.config, first.refresh_token ?? "");
    expect(second.claims()).toMatchObject({ sub: first.claims()?.sub, aud: app.clientId });
    expect(second.claims()).not.toHaveProperty("nonce");
    expect(second.refresh_token).not.toBe(first.refresh_token);
    await oidc.tokenRevocation(app.config, second.refresh_token ?? "");
    for (const { refresh_token = "" } of [first, second])
      expect(await refusalOf(oidc.refreshTokenGrant(app.config, refresh_token))).toEqual({
        error: "invalid_grant",
        description: "Unknown or invalid refresh token.",
      });
  }));

test("somebody of a company signs in within the company, and is renewed silently as long as the session lives", () =>
  stack.play(async (scene) => {
    await scene.hands.change(settings({ oidc_logout: { rp_logout_end_session_endpoint_discovery: true } }));
    const app = await ServerSide.at(scene, "main");
    const person = await scene.person();
    const [organization, other] = [await scene.hands.idOf("org", "acme"), await scene.hands.idOf("org", "cedar")];
    const silently = async (parameters: Readonly<Record<string, string>>) => {
      await person.page.goto(await app.begin({ prompt: "none", ...parameters }));
      return app.arrive(person.page.url());
    };
    expect(await refusalOf(silently({ organization }))).toEqual(loginRequired);

    await person.page.goto(await app.begin({ organization }));
    const pages = ["identifier", "provider"];
    expect(await person.signIn({ as: "ann@acme.example" })).toEqual({ pages });
    const tokens = await app.arrive(person.page.url());
    expect(tokens.claims()).toMatchObject({
      email: "ann@acme.example",
      org_id: organization,
      nonce: app.nonce,
      [`${namespace}org_type`]: "customer",
    });
    expect(decodeJwt(tokens.access_token)).toMatchObject({ org_id: organization, azp: app.clientId });

    const renewed = await silently({ organization });
    expect(renewed.claims()).toMatchObject({
      sub: tokens.claims()?.sub,
      sid: tokens.claims()?.sid,
      org_id: organization,
      nonce: app.nonce,
    });
    expect(await refusalOf(silently({ organization: other }))).toEqual(loginRequired);

    const bye = oidc.buildEndSessionUrl(app.config, {
      id_token_hint: renewed.id_token ?? "",
      post_logout_redirect_uri: `${app.origin}/`,
      state: "bye",
    });
    await person.page.goto(bye.href);
    expect(person.page.url()).toBe(`${app.origin}/?state=bye`);
    expect(await refusalOf(silently({ organization }))).toEqual(loginRequired);
  }));

test("somebody who is invited follows the link, and is a member from then on; the link serves once", () =>
  stack.play(async (scene) => {
    const app = await ServerSide.at(scene, "main");
    const invitee = "pavel@mail.example";
    await scene.hands.change({
      method: "POST",
      path: "organizations/{org:dune-crafts}/invitations",
      body: { inviter: { name: "Nadia" }, invitee: { email: invitee }, client_id: "{app:main}" },
    });
    const { link = "" } = await scene.hands.lastMail(invitee);
    const { invitation = "", organization = "" } = Object.fromEntries(new URL(link).searchParams);
    const person = await scene.person();
    await person.page.goto(await app.begin({ invitation, organization }));
    expect(await person.signIn({ as: invitee })).toEqual({ pages: ["identifier", "password"] });
    const tokens = await app.arrive(person.page.url());
    expect(tokens.claims()).toMatchObject({
      email: invitee,
      org_id: await scene.hands.idOf("org", "dune-crafts"),
      [`${namespace}org_type`]: "customer",
    });
    await person.page.goto(await app.begin({ organization: tokens.claims()?.org_id as string, prompt: "none" }));
    expect((await app.arrive(person.page.url())).claims()).toMatchObject({ org_id: organization });
    await person.page.goto(await app.begin({ invitation, organization }));
    expect(await refusalOf(app.arrive(person.page.url()))).toEqual({
      error: "invalid_request",
      description: "invitation not found or already used",
    });
  }));
