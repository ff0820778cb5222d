import { decodeJwt } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { settings } from "../../scenarios/story.ts";
import { BrowserStack } from "../stage.ts";
import { expressSite, told } from "./express-app.ts";

let stack: BrowserStack;

beforeAll(async () => {
  stack = await BrowserStack.up();
});

afterAll(() => stack?.close());

const pavel = "pavel@mail.example";
const nobody = { id: null, access: null, refresh: null };

test("an individual signs in, the session holds the tokens, and a refresh gives others of the same person", () =>
  stack.play(async (scene) => {
    const origin = await expressSite(scene);
    const person = await scene.person();
    await person.page.goto(`${origin}/login`);
    expect(await person.signIn({ as: pavel })).toEqual({ pages: ["identifier", "password"] });
    expect(person.page.url()).toBe(`${origin}/me`);
    const first = await told(person);
    const sub = await scene.hands.idOf("user", pavel);
    const aud = await scene.hands.idOf("app", "main");
    expect(first.id).toMatchObject({ iss: `${scene.tenant}/`, aud, sub, email: pavel });
    expect(first.id).toHaveProperty("nonce", expect.stringMatching(/^.{20,}$/));
    expect(first.id).not.toHaveProperty("org_id");
    await person.page.goto(`${origin}/renewed`);
    const second = await told(person);
    expect(decodeJwt(String(second.access))).toMatchObject({
      aud: ["https://api.travel.example/", `${scene.tenant}/userinfo`],
      sub,
      azp: aud,
      permissions: ["read:account", "update:account"],
    });
    // an access token of the same second is the same text: Auth0 gives it no id of its own
    expect(second.refresh).not.toBe(first.refresh);
  }));

test("a silent attempt signs nobody in without a session, and somebody who has one", () =>
  stack.play(async (scene) => {
    const origin = await expressSite(scene);
    const person = await scene.person();
    await person.page.goto(`${origin}/home`);
    expect(await told(person)).toEqual(nobody);
    await person.page.goto(`${origin}/login`);
    await person.signIn({ as: pavel });
    for (const name of ["appSession", "skipSilentLogin"]) await person.page.context().clearCookies({ name });
    await person.page.goto(`${origin}/me`);
    expect(await told(person)).toEqual(nobody);
    await person.page.goto(`${origin}/home`);
    expect(person.page.url()).toBe(`${origin}/me`);
    expect(await told(person)).toMatchObject({ id: { email: pavel } });
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
    await person.signIn({ as: pavel });
    const visited: string[] = [];
    person.page.on("request", (request) => void visited.push(new URL(request.url()).pathname));
    await person.page.goto(`${origin}/logout`);
    expect(visited.slice(0, 3)).toEqual(["/logout", path, "/"]);
    expect(await told(person)).toBe("bye");
    await person.page.goto(`${origin}/login?prompt=none`);
    expect(await told(person)).toEqual({ error: "login_required", error_description: "Login required" });
  }),
);

test("somebody of a company signs in within it, and another company's person is refused", () =>
  stack.play(async (scene) => {
    const origin = await expressSite(scene);
    const organization = await scene.hands.idOf("org", "acme");
    const ann = await scene.person();
    await ann.page.goto(`${origin}/login?organization=${organization}`);
    expect(await ann.signIn({ as: "ann@acme.example" })).toEqual({ pages: ["identifier", "provider"] });
    expect(await told(ann)).toMatchObject({ id: { email: "ann@acme.example", org_id: organization } });
    const dune = await scene.hands.idOf("org", "dune-crafts");
    const pavels = await scene.person();
    await pavels.page.goto(`${origin}/login?organization=${dune}`);
    await pavels.signIn({ as: pavel });
    expect(await told(pavels)).toEqual({
      error: "access_denied",
      error_description: `user is not part of the ${dune} organization`,
    });
  }));

test("an invitation's link leads into the company", () =>
  stack.play(async (scene) => {
    const origin = await expressSite(scene);
    await scene.hands.change({
      method: "POST",
      path: "organizations/{org:dune-crafts}/invitations",
      body: { inviter: { name: "Nadia" }, invitee: { email: pavel }, client_id: "{app:main}" },
    });
    const { link = "" } = await scene.hands.lastMail(pavel);
    const { invitation = "", organization = "" } = Object.fromEntries(new URL(link).searchParams);
    const person = await scene.person();
    await person.page.goto(`${origin}/login?${new URLSearchParams({ invitation, organization })}`);
    expect(await person.signIn({ as: pavel })).toEqual({ pages: ["identifier", "password"] });
    expect(await told(person)).toMatchObject({ id: { email: pavel, org_id: organization } });
  }));
