import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { formed, type Raw, saidBy, urlencoded, Wire } from "./raw.ts";
import { AUDIENCE, CALLBACK, Shop } from "./shop.ts";

let shop: Shop;
let wire: Wire;

beforeEach(async () => {
  shop = await Shop.open();
  wire = new Wire(shop.tenant);
});

afterEach(() => wire.close());

/** `{client}` and `{secret}` stand for the app's. */
function filled(text: string): string {
  return text.replaceAll("{client}", shop.client.client_id).replaceAll("{secret}", String(shop.client.client_secret));
}

async function said({ path, body, headers = {}, ...rest }: Raw): Promise<unknown> {
  const sent = { ...rest, path: filled(path), headers: Object.fromEntries(Object.entries(headers)) };
  return saidBy(await wire.ask(body === undefined ? sent : { ...sent, body: filled(body) }));
}

const page = (code: string, words: string, status = 400) => ({
  status,
  title: "Sign-in is not possible",
  items: [code, words],
});
const told = (error: string, error_description: string) => ({
  status: 302,
  to: CALLBACK,
  error,
  error_description,
  state: "s",
});
const json = (status: number, error: string, error_description: string) => ({
  status,
  body: { error, error_description },
});
const encoded = (text: string) => encodeURIComponent(text);

/** A request that would do, but for what is changed; undefined leaves a parameter out. */
function authorize(changed: Readonly<Record<string, string | undefined>>): string {
  const all: Record<string, string | undefined> = {
    client_id: "{client}",
    redirect_uri: CALLBACK,
    response_type: "code",
    scope: "openid",
    state: "s",
    ...changed,
  };
  const given = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${value === "{client}" ? value : encoded(value)}`],
  );
  return `/authorize?${given.join("&")}`;
}

const mismatch = (uri: string) =>
  page("unauthorized_client", `Callback URL mismatch. ${uri} is not in the list of allowed callback URLs`, 403);

describe("/authorize tells the person what it must not tell an app", () => {
  test.each([
    [
      "no client",
      authorize({ client_id: undefined }),
      page("invalid_request", "Missing required parameter: client_id"),
    ],
    ["an empty client", authorize({ client_id: "" }), page("invalid_request", "Missing required parameter: client_id")],
    ["an unknown client", authorize({ client_id: "<b>" }), page("invalid_request", "Unknown client: <b>")],
    ["another address", authorize({ redirect_uri: "https://evil.example/" }), mismatch("https://evil.example/")],
    ["no address at all", authorize({ redirect_uri: "::" }), mismatch("::")],
    ["an unknown mode", authorize({ response_mode: "x" }), page("invalid_request", "Unsupported response_mode: x")],
    [
      "a message to no page of its own",
      authorize({ response_mode: "web_message" }),
      page("unauthorized_client", "The specified redirect_uri does not have a registered origin.", 403),
    ],
    [
      "a parameter twice",
      `${authorize({})}&scope=email`,
      page("invalid_request", "Parameter scope is given more than once"),
    ],
  ])("%s", async (_, path, expected) => {
    expect(await said({ path })).toEqual(expected);
    const [, query = ""] = path.split("?");
    expect(
      await said({ method: "POST", path: "/authorize", body: query, headers: { "content-type": urlencoded } }),
    ).toEqual(expected);
  });
});

describe("/authorize tells the app", () => {
  const challenge = "a".repeat(43);
  test.each<[string, Parameters<typeof authorize>[0], unknown]>([
    [
      "no response type",
      { response_type: undefined },
      told("invalid_request", "Missing required parameter: response_type"),
    ],
    ["an unknown one", { response_type: "x" }, told("unsupported_response_type", "Unsupported response type: x")],
    [
      "the implicit flow",
      { response_type: "token" },
      told("unauthorized_client", "Grant type 'implicit' not allowed for the client."),
    ],
    [
      "the hybrid flow",
      { response_type: "code id_token" },
      told("unauthorized_client", "Grant type 'implicit' not allowed for the client."),
    ],
    [
      "a plain challenge",
      { code_challenge: challenge, code_challenge_method: "plain" },
      told("invalid_request", "The code_challenge_method must be S256"),
    ],
    [
      "a challenge without its method",
      { code_challenge: challenge },
      told("invalid_request", "The code_challenge_method must be S256"),
    ],
    [
      "a challenge that is none",
      { code_challenge: "short", code_challenge_method: "S256" },
      told("invalid_request", "The code_challenge is not the SHA-256 of a verifier"),
    ],
    ["an unknown API", { audience: "https://x/" }, told("access_denied", "Service not found: https://x/")],
    ["an unknown prompt", { prompt: "x" }, told("invalid_request", "Unsupported prompt value: x")],
    [
      "none and another prompt",
      { prompt: "none login" },
      told("invalid_request", "The prompt none cannot be used with any other prompt"),
    ],
    [
      "an age that is no number",
      { max_age: "-1" },
      told("invalid_request", "The max_age must be a whole number of seconds"),
    ],
    ["an unknown connection", { connection: "x" }, told("invalid_request", "the connection was not found")],
    [
      "an organization where none is allowed",
      { organization: "org_x" },
      told("invalid_request", "parameter organization is not allowed for this client"),
    ],
    [
      "an invitation without organization",
      { invitation: "x" },
      told("invalid_request", "parameter organization is required with an invitation"),
    ],
    ["a silent login of nobody", { prompt: "none" }, told("login_required", "Login required")],
  ])("%s", async (_, changed, expected) => {
    expect(await said({ path: authorize(changed) })).toEqual(expected);
  });
});

const app = { client_id: "{client}", client_secret: "{secret}" };
const code = { ...app, grant_type: "authorization_code" };
const refresh = { ...app, grant_type: "refresh_token" };
const machine = { ...app, grant_type: "client_credentials" };

/** A form in which the placeholders are still to be filled. */
const post = (path: string, fields: Readonly<Record<string, string>>): Raw => ({
  ...formed(path, {}),
  body: Object.entries(fields)
    .map(([name, value]) => `${name}=${value.startsWith("{") ? value : encoded(value)}`)
    .join("&"),
});

const missing = (name: string) => json(400, "invalid_request", `Missing required parameter: ${name}`);
const unauthorized = json(401, "access_denied", "Unauthorized");

describe("/oauth/token and /oauth/revoke answer in JSON", () => {
  test.each<[string, Raw, unknown]>([
    ["nothing", { method: "POST", path: "/oauth/token" }, missing("grant_type")],
    [
      "broken JSON",
      { ...post("/oauth/token", {}), body: "{", headers: { "content-type": "application/json" } },
      missing("grant_type"),
    ],
    [
      "a list",
      { ...post("/oauth/token", {}), body: "[1]", headers: { "content-type": "application/json" } },
      missing("grant_type"),
    ],
    [
      "an unknown grant",
      post("/oauth/token", { grant_type: "password" }),
      json(400, "unsupported_grant_type", "Unsupported grant type: password"),
    ],
    [
      "a grant by a name that every object has",
      post("/oauth/token", { grant_type: "constructor" }),
      json(400, "unsupported_grant_type", "Unsupported grant type: constructor"),
    ],
    ["no client", post("/oauth/token", { grant_type: "refresh_token" }), missing("client_id")],
    ["a wrong secret", post("/oauth/token", { ...refresh, client_secret: "x" }), unauthorized],
    ["an unknown client", post("/oauth/token", { ...refresh, client_id: "x" }), unauthorized],
    [
      "Basic that is none",
      {
        ...post("/oauth/token", { grant_type: "refresh_token" }),
        headers: { "content-type": urlencoded, authorization: "Basic =" },
      },
      missing("client_id"),
    ],
    ["no code", post("/oauth/token", code), missing("code")],
    [
      "an unknown code",
      post("/oauth/token", { ...code, code: "x" }),
      json(403, "invalid_grant", "Invalid authorization code"),
    ],
    ["no refresh token", post("/oauth/token", refresh), missing("refresh_token")],
    [
      "an unknown refresh token",
      post("/oauth/token", { ...refresh, refresh_token: "x" }),
      json(403, "invalid_grant", "Unknown or invalid refresh token."),
    ],
    ["nothing to revoke", post("/oauth/revoke", app), missing("token")],
    ["nobody who revokes", post("/oauth/revoke", { token: "x" }), missing("client_id")],
    [
      "a revocation with a wrong secret",
      post("/oauth/revoke", { ...app, client_secret: "x", token: "x" }),
      unauthorized,
    ],
    ["a revocation of an unknown token", post("/oauth/revoke", { ...app, token: "x" }), { status: 200, body: "" }],
  ])("%s", async (_, request, expected) => {
    expect(await said(request)).toEqual(expected);
  });

  test("a grant that the app does not have", async () => {
    expect(await said(post("/oauth/token", { ...machine, audience: AUDIENCE }))).toEqual({
      status: 403,
      body: {
        error: "unauthorized_client",
        error_description: "Grant type 'client_credentials' not allowed for the client.",
        error_uri: "https://auth0.com/docs/clients/client-grant-types",
      },
    });
  });
});

describe("/userinfo takes its own tokens only", () => {
  test.each([
    [{}],
    [{ authorization: "Bearer" }],
    [{ authorization: "Bearer x.y.z" }],
    [{ authorization: "Basic eDp5" }],
  ])("%o", async (headers) => {
    for (const method of ["GET", "POST"])
      expect(await said({ method, path: "/userinfo", headers })).toEqual({ status: 401, body: "Unauthorized" });
  });
});

const notLogoutUrl = (uri: string) =>
  page(
    "invalid_request",
    `The "returnTo" querystring parameter "${uri}" is not defined as a valid URL in "Allowed Logout URLs".`,
  );
const notAfterLogout = (uri: string) =>
  page("invalid_request", `The post_logout_redirect_uri "${uri}" is not in the list of allowed logout URLs`);
const bye = "https://app.example.com/bye";

describe("signing out leads to no foreign place", () => {
  test.each<[string, string, unknown]>([
    [
      "another address",
      "/v2/logout?client_id={client}&returnTo=https://evil.example/",
      notLogoutUrl("https://evil.example/"),
    ],
    ["an address without its app", `/v2/logout?returnTo=${bye}`, notLogoutUrl(bye)],
    ["an unknown app", `/v2/logout?client_id=x&returnTo=${bye}`, page("invalid_request", "Unknown client: x")],
    [
      "a control character behind an allowed address",
      `/v2/logout?client_id={client}&returnTo=${bye}?a%00%01=x`,
      { status: 302, to: bye, "a\0\u0001": "x" },
    ],
    ["a hint that is none", "/oidc/logout?id_token_hint=x", page("invalid_request", "Invalid id_token_hint")],
    [
      "another address by OpenID Connect",
      "/oidc/logout?client_id={client}&post_logout_redirect_uri=https://evil.example/",
      notAfterLogout("https://evil.example/"),
    ],
    ["no app by OpenID Connect", `/oidc/logout?post_logout_redirect_uri=${bye}`, notAfterLogout(bye)],
  ])("%s", async (_, path, expected) => {
    expect(await said({ path })).toEqual(expected);
  });
});

const over = page("invalid_request", "This login is over or began in another browser. Start again from the app.");
const pages = [
  ...["/u/login/identifier", "/u/login/password", "/u/signup", "/u/organization", "/u/organization/selection"],
  ...[
    "/u/organization/picker",
    "/u/mfa-otp-challenge",
    "/u/mfa-otp-enrollment",
    "/u/consent",
    "/u/reset-password/request",
  ],
  "/login/callback",
];

describe("a page of no login says so", () => {
  test.each(pages)("%s", async (path) => {
    for (const query of ["", "?state=", "?state=unknown", "?state=%ff%00", "?state=constructor"])
      expect(await said({ path: `${path}${query}` })).toEqual(over);
    for (const fields of [{}, { state: "" }, { state: "unknown", username: "x", password: "x", code: "x" }])
      expect(await said(formed(path, fields))).toEqual(over);
  });

  test.each(["/u/login", "/u/login?state=unknown"])("%s", async (path) => {
    expect(await said({ path })).toEqual(over);
  });

  const used = page("access_expired", "This link was used, or is over");
  test.each<[Raw, unknown]>([
    [{ path: "/u/reset-password" }, used],
    [{ path: "/u/reset-password?ticket=x" }, used],
    [formed("/u/reset-password", {}), used],
    [formed("/u/reset-password", { passed: "x", password: "Let-Me-In-2" }), used],
    [{ path: "/u/email-verification" }, page("access_expired", "This link is not known")],
    [{ path: "/u/email-verification?ticket=x" }, page("access_expired", "This link is not known")],
  ])("%o", async (request, expected) => {
    expect(await said(request)).toEqual(expected);
  });
});

const signup = (description: string, code = "invalid_signup", name = "BadRequestError") => ({
  status: 400,
  body: { name, code, description, statusCode: 400 },
});

describe("/dbconnections answers in JSON", () => {
  const place = { client_id: "{client}", connection: "users" };
  test.each<[string, Raw, unknown]>([
    ["no app", post("/dbconnections/signup", {}), signup("client_id is required")],
    [
      "no database",
      post("/dbconnections/signup", { client_id: "{client}" }),
      signup("connection is not enabled for the client"),
    ],
    ["no address", post("/dbconnections/signup", { ...place, password: "Let-Me-In-1" }), signup("Invalid sign up")],
    [
      "a weak password",
      post("/dbconnections/signup", { ...place, email: "a@b.example", password: "x" }),
      signup("The password must have 8 characters or more", "invalid_password", "PasswordStrengthError"),
    ],
    [
      "no app to reset at",
      post("/dbconnections/change_password", {}),
      { status: 400, body: { error: "client_id is required" } },
    ],
    [
      "nobody to reset for",
      post("/dbconnections/change_password", place),
      { status: 400, body: { error: "email is required" } },
    ],
  ])("%s", async (_, request, expected) => {
    expect(await said(request)).toEqual(expected);
  });
});
