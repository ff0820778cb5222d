import { describe, expect, test } from "vitest";
import { type Raw, urlencoded } from "../raw.ts";
import { AUDIENCE } from "../shop.ts";
import { json, openShop, post, said } from "./sent.ts";

openShop();

const app = { client_id: "{client}", client_secret: "{secret}" };
const code = { ...app, grant_type: "authorization_code" };
const refresh = { ...app, grant_type: "refresh_token" };
const machine = { ...app, grant_type: "client_credentials" };

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
