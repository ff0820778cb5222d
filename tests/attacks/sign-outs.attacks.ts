import { decodeJwt } from "jose";
import { knownApp } from "../scenarios/places.ts";
import type { Attack, Doing } from "./attack.ts";
import { type Scene, verifier, wordsOf } from "./scene.ts";

// Signing somebody out, or sending them on, with an ID token that says something else.

const source = "local/tenant/authentication/logout.ts";

/** Signs in, and answers the ID token. */
async function idToken(scene: Scene, app: string, as: string, person = scene.person()): Promise<string> {
  const rest = await scene.visit(person, await scene.request(app), { as });
  if ("page" in rest) throw new Error(rest.page.title);
  const { body } = await scene.token(app, {
    grant_type: "authorization_code",
    code: rest.arrived.searchParams.get("code") ?? "",
    redirect_uri: knownApp(app).redirectUri,
    code_verifier: verifier,
  });
  return (body as { readonly id_token: string }).id_token;
}

async function leave(scene: Scene, fields: Readonly<Record<string, string>>): Promise<URL> {
  const url = scene.at("oidc/logout");
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, await scene.hands.filled(value));
  return url;
}

/** Sends somebody who has no session to an app's site, with an ID token of another app's or its own. */
const sentBy =
  (app: string): Doing =>
  async (scene) => {
    const id_token_hint = await idToken(scene, app, "lena@mail.example");
    const to = { client_id: "{app:main}", post_logout_redirect_uri: "https://localhost:3000" };
    return wordsOf(await scene.person().browser.open(await leave(scene, { id_token_hint, ...to })));
  };

/** Signs Lena out with an ID token of a login of somebody's. */
const signedOutBy =
  (whose: string): Doing =>
  async (scene) => {
    const lena = scene.person();
    const own = await idToken(scene, "main", "lena@mail.example", lena);
    const id_token_hint = whose === "lena@mail.example" ? own : await idToken(scene, "main", whose);
    if (decodeJwt(id_token_hint).sid === undefined) throw new Error("the ID token names no session");
    const to = { post_logout_redirect_uri: "https://localhost:3000" };
    return wordsOf(await lena.browser.open(await leave(scene, { id_token_hint, ...to })));
  };

const home = "at https://localhost:3000/";

export const signOuts: readonly Attack[] = [
  {
    title: "signs out with an ID token of another app",
    guard: {
      source,
      line: "if (given.client_id && audience !== undefined && audience !== given.client_id)",
      becomes: "if (!given)",
    },
    attack: sentBy("main-personal"),
    refused: "Sign-in is not possible: invalid_request: The client_id is not the audience of the id_token_hint",
    gains: home,
    twin: sentBy("main"),
  },
  {
    title: "signs somebody out with an ID token of their own",
    guard: { source, line: "hint?.sid === session.id", becomes: "hint !== undefined" },
    attack: signedOutBy("pavel@mail.example"),
    refused: "Sign out",
    gains: home,
    twin: signedOutBy("lena@mail.example"),
  },
];
