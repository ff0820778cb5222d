import * as oidc from "openid-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { settings } from "../../scenarios/story.ts";
import { BrowserStack } from "../stage.ts";
import { invite, standing } from "./invitation.ts";
import { atAcme, atDune, intoDune, invitees, newcomer, pavel, prospect } from "./logins.ts";
import { meant, now, told } from "./meant.ts";
import { refusalOf, ServerSide } from "./server-side.ts";

let stack: BrowserStack;

beforeAll(async () => {
  stack = await BrowserStack.up();
});

afterAll(() => stack?.close());

const loginRequired = { error: "login_required", description: "Login required" };

/** Both tokens, as openid-client gives them. */
const both = (tokens: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers, began: number) => ({
  id: told(tokens.claims(), began),
  access: told(tokens.access_token, began),
});

test("an individual signs in: code, PKCE, state and nonce, and both tokens say who it is and for whom they are", () =>
  stack.play(async (scene) => {
    const app = await ServerSide.at(scene, "main");
    const person = await scene.person();
    const began = now();
    await person.page.goto(await app.begin());
    expect(await person.signIn({ as: pavel.email })).toEqual({ pages: ["identifier", "password"] });
    const tokens = await app.arrive(person.page.url());
    const { userinfo, ...expected } = await meant(scene, "main", { ...prospect, nonce: app.nonce });
    expect(both(tokens, began)).toEqual(expected);
    expect(await oidc.fetchUserInfo(app.config, tokens.access_token, userinfo.sub)).toEqual(userinfo);
  }));

test("a refresh token is renewed by another one, and ends with all that came of it once it is revoked", () =>
  stack.play(async (scene) => {
    const app = await ServerSide.at(scene, "main");
    const person = await scene.person();
    await person.page.goto(await app.begin());
    await person.signIn({ as: pavel.email });
    const first = await app.arrive(person.page.url());
    const began = now();
    const second = await oidc.refreshTokenGrant(app.config, first.refresh_token ?? "");
    const { id, access } = await meant(scene, "main", { ...prospect, sid: first.claims()?.sid });
    expect(both(second, began)).toEqual({ id, access });
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

    let began = now();
    await person.page.goto(await app.begin({ organization }));
    const pages = ["identifier", "provider"];
    expect(await person.signIn({ as: "ann@acme.example" })).toEqual({ pages });
    const tokens = await app.arrive(person.page.url());
    const first = await meant(scene, "main", { ...atAcme, renew: true, nonce: app.nonce });
    expect(both(tokens, began)).toEqual({ id: first.id, access: first.access });

    began = now();
    const renewed = await silently({ organization });
    const second = await meant(scene, "main", { ...atAcme, sid: tokens.claims()?.sid, nonce: app.nonce });
    expect(both(renewed, began)).toEqual({ id: second.id, access: second.access });
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

const usedUp = { error: "invalid_request", description: "invitation not found or already used" };

test.each(invitees)(
  "somebody who is invited and $who is a member with the invitation's role from then on; the link serves once",
  ({ invitee, answers, pages }) =>
    stack.play(async (scene) => {
      const app = await ServerSide.at(scene, "main");
      const { email } = invitee;
      const link = await invite(scene.hands, { ...intoDune, email });
      const person = await scene.person();
      const began = now();
      await person.page.goto(link);
      expect(await person.signIn({ as: email, ...answers })).toEqual({ pages });
      const tokens = await app.arrive(person.page.url());
      const first = await meant(scene, "main", { person: invitee, ...atDune, nonce: app.nonce });
      expect(both(tokens, began)).toEqual({ id: first.id, access: first.access });
      expect(await standing(scene.hands, email, "dune-crafts")).toEqual({
        accounts: [{ verified: true, roles: ["api-administrator"] }],
        open: 0,
      });

      const organization = await scene.hands.idOf("org", "dune-crafts");
      await person.page.goto(await app.begin({ organization, prompt: "none" }));
      const again = await app.arrive(person.page.url());
      const sid = tokens.claims()?.sid;
      const second = await meant(scene, "main", { person: invitee, ...atDune, sid, nonce: app.nonce });
      expect(both(again, began)).toEqual({ id: second.id, access: second.access });
      await person.page.goto(link);
      expect(await refusalOf(app.arrive(person.page.url()))).toEqual(usedUp);
    }),
);

test("who makes an account of another address than was invited is no member, and the invitation is over", () =>
  stack.play(async (scene) => {
    const app = await ServerSide.at(scene, "main");
    const link = await invite(scene.hands, { ...intoDune, email: newcomer.email });
    const stranger = await scene.person();
    await stranger.page.goto(link);
    const another = "another@mail.example";
    expect(await stranger.signIn({ as: another, signUp: true })).toEqual({ pages: ["identifier", "sign-up"] });
    expect(await refusalOf(app.arrive(stranger.page.url()))).toEqual({
      error: "access_denied",
      description: "the specified account is not allowed to accept the current invitation",
    });
    expect(await standing(scene.hands, another, "dune-crafts")).toEqual({ accounts: [{ verified: false }], open: 0 });
    const person = await scene.person();
    await person.page.goto(link);
    await person.signIn({ as: newcomer.email, signUp: true });
    expect(await refusalOf(app.arrive(person.page.url()))).toEqual(usedUp);
    expect(await standing(scene.hands, newcomer.email, "dune-crafts")).toEqual({
      accounts: [{ verified: false }],
      open: 0,
    });
  }));
