import { afterAll, beforeAll, expect, test } from "vitest";
import { settings } from "../../scenarios/story.ts";
import { BrowserStack } from "../stage.ts";
import { expressSite, said, tokensOf } from "./express-app.ts";
import { invite, standing } from "./invitation.ts";
import { atAcme, atDune, intoDune, invitees, pavel, prospect } from "./logins.ts";
import { meant, nonceSent, now } from "./meant.ts";

let stack: BrowserStack;

beforeAll(async () => {
  stack = await BrowserStack.up();
});

afterAll(() => stack?.close());

const nobody = { id: null, access: null, refresh: null };

test("an individual signs in, the session holds the tokens, and a refresh gives others of the same person", () =>
  stack.play(async (scene) => {
    const origin = await expressSite(scene);
    const person = await scene.person();
    const nonce = nonceSent(person, scene.tenant);
    let began = now();
    await person.page.goto(`${origin}/login`);
    expect(await person.signIn({ as: pavel.email })).toEqual({ pages: ["identifier", "password"] });
    expect(person.page.url()).toBe(`${origin}/me`);
    const { refresh, ...first } = await tokensOf(person, began);
    const { id, access } = await meant(scene, "main", { ...prospect, nonce: nonce() });
    expect(first).toEqual({ id, access });

    began = now();
    await person.page.goto(`${origin}/renewed`);
    const { refresh: renewed, ...second } = await tokensOf(person, began);
    expect(second).toEqual({ id: (await meant(scene, "main", { ...prospect, sid: first.id.sid })).id, access });
    // an access token of the same second is the same text: Auth0 gives it no id of its own
    expect(renewed).not.toBe(refresh);
  }));

test("a silent attempt signs nobody in without a session, and somebody who has one", () =>
  stack.play(async (scene) => {
    const origin = await expressSite(scene);
    const person = await scene.person();
    const nonce = nonceSent(person, scene.tenant);
    await person.page.goto(`${origin}/home`);
    expect(await said(person)).toEqual(nobody);
    await person.page.goto(`${origin}/login`);
    await person.signIn({ as: pavel.email });
    const { sid } = (await tokensOf(person, 0)).id;
    for (const name of ["appSession", "skipSilentLogin"]) await person.page.context().clearCookies({ name });
    await person.page.goto(`${origin}/me`);
    expect(await said(person)).toEqual(nobody);
    const began = now();
    await person.page.goto(`${origin}/home`);
    expect(person.page.url()).toBe(`${origin}/me`);
    const { refresh: _, ...tokens } = await tokensOf(person, began);
    const { id, access } = await meant(scene, "main", { ...prospect, sid, nonce: nonce() });
    expect(tokens).toEqual({ id, access });
  }));

test.each([
  ["/v2/logout", { auth0Logout: true }],
  ["/oidc/logout", { auth0Logout: false }],
] as const)("signing out by %s ends the app's session and the tenant's", (path, more) =>
  stack.play(async (scene) => {
    await scene.hands.change(settings({ oidc_logout: { rp_logout_end_session_endpoint_discovery: true } }));
    const origin = await expressSite(scene, more);
    const person = await scene.person();
    await person.page.goto(`${origin}/login`);
    await person.signIn({ as: pavel.email });
    const visited: string[] = [];
    person.page.on("request", (request) => void visited.push(new URL(request.url()).pathname));
    await person.page.goto(`${origin}/logout`);
    expect(visited.slice(0, 3)).toEqual(["/logout", path, "/"]);
    expect(await said(person)).toBe("bye");
    await person.page.goto(`${origin}/login?prompt=none`);
    expect(await said(person)).toEqual({ error: "login_required", error_description: "Login required" });
  }),
);

test("somebody of a company signs in within it, and another company's person is refused", () =>
  stack.play(async (scene) => {
    const origin = await expressSite(scene);
    const organization = await scene.hands.idOf("org", "acme");
    const person = await scene.person();
    const nonce = nonceSent(person, scene.tenant);
    const began = now();
    await person.page.goto(`${origin}/login?organization=${organization}`);
    expect(await person.signIn({ as: "ann@acme.example" })).toEqual({ pages: ["identifier", "provider"] });
    const { refresh: _, ...tokens } = await tokensOf(person, began);
    const { id, access } = await meant(scene, "main", { ...atAcme, renew: true, nonce: nonce() });
    expect(tokens).toEqual({ id, access });
    const dune = await scene.hands.idOf("org", "dune-crafts");
    const other = await scene.person();
    await other.page.goto(`${origin}/login?organization=${dune}`);
    await other.signIn({ as: pavel.email });
    expect(await said(other)).toEqual({
      error: "access_denied",
      error_description: `user is not part of the ${dune} organization`,
    });
  }));

test.each(invitees)(
  "somebody who is invited and $who comes back from the link as a member with the invitation's role",
  (one) =>
    stack.play(async (scene) => {
      const { invitee, answers, pages } = one;
      const { email } = invitee;
      const origin = await expressSite(scene);
      const link = await invite(scene.hands, { ...intoDune, email });
      const person = await scene.person();
      const nonce = nonceSent(person, scene.tenant);
      const began = now();
      await person.page.goto(link);
      expect(await person.signIn({ as: email, ...answers })).toEqual({ pages });
      expect(person.page.url()).toBe(`${origin}/me`);
      const { refresh: _, ...tokens } = await tokensOf(person, began);
      const { id, access } = await meant(scene, "main", { person: invitee, ...atDune, nonce: nonce() });
      expect(tokens).toEqual({ id, access });
      expect(await standing(scene.hands, email, "dune-crafts")).toEqual({
        accounts: [{ verified: true, roles: ["api-administrator"] }],
        open: 0,
      });
    }),
);
