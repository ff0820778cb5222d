import type { Attack, Doing, Guard } from "./attack.ts";
import { type Scene, verifier } from "./scene.ts";

// Codes and refresh tokens, in hands that they were not meant for.

const authentication = "local/tenant/authentication";
const LENA = "lena@mail.example";
const invalidCode = "invalid_grant: Invalid authorization code";
const invalidToken = "invalid_grant: Unknown or invalid refresh token.";

const ofCodes = (line: string, becomes: string): Guard => ({
  source: `${authentication}/code-grant.ts`,
  line,
  becomes,
});

/** A code of Lena's, exchanged as the fields say. */
const exchanged =
  (
    fields: Readonly<Record<string, string | undefined>>,
    asked: Readonly<Record<string, string | undefined>> = {},
  ): Doing =>
  async (scene) =>
    scene.exchange("main", await scene.codeFor("main", LENA, asked), fields);

/** A code that is exchanged so many times; what the last one gives. */
const often =
  (times: number): Doing =>
  async (scene) => {
    const rest = await scene.codeFor("main", LENA);
    let last = "nothing";
    for (let time = 0; time < times; time += 1) last = await scene.exchange("main", rest);
    return last;
  };

const refreshed = (scene: Scene, app: string, refresh_token: string) =>
  scene.tokens(app, { grant_type: "refresh_token", refresh_token });

const withoutChallenge = { code_challenge: undefined, code_challenge_method: undefined };

/** Ravi at the vendors' app that runs in the browser and has no secret. */
const inTheBrowser =
  (asked: Readonly<Record<string, string | undefined>>, fields: Readonly<Record<string, string | undefined>>): Doing =>
  async (scene) =>
    scene.exchange("vendor-rental", await scene.codeFor("vendor-rental", "ravi@wheelhouse.example", asked), fields);

export const protocol: readonly Attack[] = [
  {
    title: "exchanges a code that was exchanged before",
    guard: {
      source: `${authentication}/codes.ts`,
      line: "if (issued.used) return { again: issued.refreshToken };",
      becomes: "",
    },
    attack: often(2),
    refused: invalidCode,
    gains: "in",
    twin: often(1),
  },
  {
    title: "exchanges a code that another app got",
    guard: ofCodes(`if (granted.client !== client) throw invalidGrant("Invalid authorization code");`, ""),
    attack: async (scene) =>
      scene.exchange("main-personal", await scene.codeFor("main", LENA), {
        redirect_uri: "https://localhost:3000/callback",
      }),
    refused: invalidCode,
    gains: "in",
    twin: async (scene) => scene.exchange("main-personal", await scene.codeFor("main-personal", LENA)),
  },
  {
    title: "exchanges a code with another address than it was asked for with",
    guard: ofCodes("if (given.redirect_uri !== redirectUri) {", "if (!given) {"),
    attack: exchanged({ redirect_uri: "https://evil.example/callback" }),
    refused:
      "invalid_grant: The redirect URI is wrong. You sent https://evil.example, and we expected https://localhost:3000",
    gains: "in",
    twin: exchanged({}),
  },
  {
    title: "exchanges a stolen code without the app's proof",
    guard: ofCodes(
      "if (challenge === undefined) return;",
      "if (challenge === undefined || !given.code_verifier) return;",
    ),
    attack: exchanged({ code_verifier: undefined }),
    refused: "invalid_request: Missing required parameter: code_verifier",
    gains: "in",
    twin: exchanged({}),
  },
  {
    title: "exchanges a stolen code with a proof of their own",
    guard: ofCodes(`if (proof !== challenge) throw invalidGrant("Failed to verify code verifier");`, ""),
    attack: exchanged({ code_verifier: `not-${verifier}` }),
    refused: "invalid_grant: Failed to verify code verifier",
    gains: "in",
    twin: exchanged({}),
  },
  {
    title: "takes the challenge out of an app's request and gives it the code",
    guard: ofCodes("if (challenge === undefined && given.code_verifier !== undefined)", "if (!given)"),
    attack: exchanged({}, withoutChallenge),
    refused: "invalid_grant: Failed to verify code verifier",
    gains: "in",
    twin: exchanged({ code_verifier: undefined }, withoutChallenge),
  },
  {
    title: "asks without a challenge for an app that has no secret",
    guard: {
      source: `${authentication}/asked.ts`,
      line: `if (code_challenge === undefined && textAt(client.body, "token_endpoint_auth_method") === "none")`,
      becomes: "if (!client)",
    },
    attack: inTheBrowser(withoutChallenge, { code_verifier: undefined }),
    refused: "invalid_request: Missing required parameter: code_challenge",
    gains: "in wheelhouse",
    twin: inTheBrowser({}, {}),
  },
  {
    title: "uses a refresh token that was exchanged before",
    guard: {
      source: `${authentication}/refresh-tokens.ts`,
      line: "if (used && Date.now() > Number(used.at) + leeway * 1000) {",
      becomes: "if (used && leeway > 1000) {",
    },
    attack: async (scene) => {
      const token = await scene.refreshTokenOf("main", LENA);
      await refreshed(scene, "main", token);
      return refreshed(scene, "main", token);
    },
    refused: invalidToken,
    gains: "in",
    twin: async (scene) => refreshed(scene, "main", await scene.refreshTokenOf("main", LENA)),
  },
  {
    title: "uses a refresh token of another app",
    guard: {
      source: `${authentication}/refresh-tokens.ts`,
      line: `if (!stored || textAt(stored.body, "client_id") !== client.id) return undefined;`,
      becomes: "if (!stored) return undefined;",
    },
    attack: async (scene) => refreshed(scene, "main-personal", await scene.refreshTokenOf("main", LENA)),
    refused: invalidToken,
    gains: "in",
    twin: async (scene) => refreshed(scene, "main-personal", await scene.refreshTokenOf("main-personal", LENA)),
  },
  {
    title: "uses the next refresh token of a family of which one came twice",
    guard: {
      source: `${authentication}/refresh-tokens.ts`,
      line: "objects.store.transaction(() => endRefreshToken(objects, stored));\n    return undefined;",
      becomes: "return undefined;",
    },
    attack: async (scene) => {
      const first = await scene.refreshTokenOf("main", LENA);
      const { body } = await scene.token("main", { grant_type: "refresh_token", refresh_token: first });
      const { refresh_token: second = "" } = body as { readonly refresh_token?: string };
      await refreshed(scene, "main", first);
      return refreshed(scene, "main", second);
    },
    refused: invalidToken,
    gains: "in",
    twin: async (scene) => {
      const first = await scene.refreshTokenOf("main", LENA);
      const { body } = await scene.token("main", { grant_type: "refresh_token", refresh_token: first });
      const { refresh_token: second = "" } = body as { readonly refresh_token?: string };
      return refreshed(scene, "main", second);
    },
  },
  {
    title: "asks for scopes that the person's roles do not give",
    guard: {
      source: `${authentication}/api-access.ts`,
      line: "(!enforced || permissions.includes(scope))",
      becomes: "(!enforced || permissions)",
    },
    attack: scopeOf("pavel@mail.example"),
    refused: "may not book",
    gains: "may book",
    twin: scopeOf("oscar@mail.example"),
  },
];

function scopeOf(as: string): Doing {
  return async (scene) => {
    const rest = await scene.codeFor("main", as);
    if ("page" in rest) throw new Error(rest.page.title);
    const { body } = await scene.token("main", {
      grant_type: "authorization_code",
      code: rest.arrived.searchParams.get("code") ?? "",
      redirect_uri: "https://localhost:3000/callback",
      code_verifier: verifier,
    });
    return (body as { readonly scope: string }).scope.includes("create:bookings") ? "may book" : "may not book";
  };
}
