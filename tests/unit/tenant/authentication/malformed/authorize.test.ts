import { describe, expect, test } from "vitest";
import { urlencoded } from "../raw.ts";
import { CALLBACK } from "../shop.ts";
import { encoded, openShop, page, said } from "./sent.ts";

openShop();

const told = (error: string, error_description: string) => ({
  status: 302,
  to: CALLBACK,
  error,
  error_description,
  state: "s",
});
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
