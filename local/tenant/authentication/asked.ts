import type { Request as LoginRequest } from "../../../login/request.ts";
import { textAt, textsAt } from "../management/json.ts";
import type { Objects } from "../management/objects.ts";
import type { Stored } from "../store.ts";
import { isAllowed } from "./redirects.ts";
import { AppRefusal, PageRefusal } from "./refusals.ts";

/** The parameters of a request, each given once. */
export type Query = { readonly [name: string]: string };

/** Where and how an answer goes to the app. */
export interface ReplyTo {
  readonly redirectUri: string;
  readonly mode: "query" | "form_post" | "web_message";
  readonly state?: string;
}

/** A request to /authorize that may begin a login. */
export interface Asked {
  readonly client: Stored;
  readonly replyTo: ReplyTo;
  readonly nonce?: string;
  /** As they were asked for, each once. */
  readonly scopes: readonly string[];
  readonly audience?: string;
  /** Base64url of the SHA-256 of the verifier that is to come to the token endpoint. */
  readonly challenge?: string;
  /** Whether the person is asked for consent in any case. */
  readonly consent: boolean;
  readonly login: LoginRequest;
  /** As it came, for Actions. */
  readonly query: Query;
}

/** https://auth0.com/docs/api/authentication/authorization-code-flow-with-pkce/authorize-with-pkce */
export function askedOf(objects: Objects, query: Query): { replyTo: ReplyTo; read: () => Asked } {
  const client = clientOf(objects, query);
  const replyTo = replyToOf(objects, client, query);
  return { replyTo, read: () => readAsked(objects, client, replyTo, query) };
}

function clientOf(objects: Objects, { client_id }: Query): Stored {
  if (client_id === undefined || client_id === "")
    throw new PageRefusal("invalid_request", "Missing required parameter: client_id");
  const client = objects.store.get("clients", client_id);
  if (!client) throw new PageRefusal("invalid_request", `Unknown client: ${client_id}`);
  return client;
}

/** https://auth0.com/docs/authenticate/protocols/oauth: an unknown address gets nothing, not even an error */
function replyToOf({ store }: Objects, { body }: Stored, query: Query): ReplyTo {
  const asked = query.redirect_uri;
  const allowed = textsAt(body, "callbacks");
  const redirectUri = asked === undefined || asked === "" ? allowed[0] : asked;
  if (redirectUri === undefined) throw new PageRefusal("invalid_request", "Missing required parameter: redirect_uri");
  const named = query.organization === undefined ? undefined : organizationNamed(store, query.organization);
  if (!isAllowed(redirectUri, allowed, { organization: named })) {
    throw new PageRefusal(
      "unauthorized_client",
      `Callback URL mismatch. ${redirectUri} is not in the list of allowed callback URLs`,
      403,
    );
  }
  const mode = query.response_mode ?? "query";
  if (mode !== "query" && mode !== "form_post" && mode !== "web_message")
    throw new PageRefusal("invalid_request", `Unsupported response_mode: ${mode}`);
  if (mode === "web_message" && !isOwnPage(redirectUri, body))
    throw new PageRefusal("unauthorized_client", "The specified redirect_uri does not have a registered origin.", 403);
  return { redirectUri, mode, ...(query.state === undefined ? {} : { state: query.state }) };
}

/** With web_message the answer goes to a page of the app's, not to its server: https://auth0.com/docs/authenticate/login/configure-silent-authentication */
function isOwnPage(redirectUri: string, body: Stored["body"]): boolean {
  return isAllowed(new URL(redirectUri).origin, textsAt(body, "web_origins"));
}

function organizationNamed(store: Objects["store"], asked: string): string | undefined {
  const found = store.get("organizations", asked) ?? store.owner("organizations", "name", asked);
  return found && textAt(found.body, "name");
}

function readAsked({ store }: Objects, client: Stored, replyTo: ReplyTo, query: Query): Asked {
  responseTypeOf(client, query);
  const { code_challenge, code_challenge_method } = query;
  if (code_challenge !== undefined && code_challenge_method !== "S256")
    throw new AppRefusal("invalid_request", "The code_challenge_method must be S256");
  if (code_challenge !== undefined && !/^[A-Za-z0-9_-]{43}$/.test(code_challenge))
    throw new AppRefusal("invalid_request", "The code_challenge is not the SHA-256 of a verifier");
  if (code_challenge === undefined && textAt(client.body, "token_endpoint_auth_method") === "none")
    throw new AppRefusal("invalid_request", "Missing required parameter: code_challenge");
  const { audience } = query;
  if (audience !== undefined && audience !== "" && !store.owner("resource-servers", "identifier", audience))
    throw new AppRefusal("access_denied", `Service not found: ${audience}`);
  const { nonce } = query;
  return {
    client,
    replyTo,
    scopes: [...new Set((query.scope ?? "openid").split(" ").filter((one) => one !== ""))],
    consent: promptsOf(query).includes("consent"),
    login: loginRequest(client, query),
    query,
    ...(nonce === undefined ? {} : { nonce }),
    ...(audience ? { audience } : {}),
    ...(code_challenge === undefined ? {} : { challenge: code_challenge }),
  };
}

/** The implicit grant is off wherever a client does not have it, and this tenant has no token for the browser's address bar at all. */
function responseTypeOf({ body }: Stored, { response_type }: Query): void {
  if (response_type === undefined || response_type === "")
    throw new AppRefusal("invalid_request", "Missing required parameter: response_type");
  const wanted = response_type.split(" ");
  if (wanted.some((one) => !["code", "token", "id_token"].includes(one)))
    throw new AppRefusal("unsupported_response_type", `Unsupported response type: ${response_type}`);
  if (response_type !== "code")
    throw new AppRefusal("unauthorized_client", "Grant type 'implicit' not allowed for the client.");
  if (!textsAt(body, "grant_types").includes("authorization_code"))
    throw new AppRefusal("unauthorized_client", "Grant type 'authorization_code' not allowed for the client.");
}

const prompts = ["none", "login", "consent", "select_account"];

function promptsOf({ prompt }: Query): string[] {
  return (prompt ?? "").split(" ").filter((one) => one !== "");
}

function loginRequest({ id }: Stored, query: Query): LoginRequest {
  const asked = promptsOf(query);
  const strange = asked.find((one) => !prompts.includes(one));
  if (strange !== undefined) throw new AppRefusal("invalid_request", `Unsupported prompt value: ${strange}`);
  if (asked.includes("none") && asked.length > 1)
    throw new AppRefusal("invalid_request", "The prompt none cannot be used with any other prompt");
  const { organization, connection, login_hint, invitation, max_age, screen_hint } = query;
  if (max_age !== undefined && !/^\d{1,9}$/.test(max_age))
    throw new AppRefusal("invalid_request", "The max_age must be a whole number of seconds");
  const prompt = asked.includes("none") ? "none" : asked.includes("login") ? "login" : undefined;
  return {
    client: id,
    ...(prompt === undefined ? {} : { prompt }),
    ...given("organization", organization),
    ...given("connection", connection),
    ...given("loginHint", login_hint),
    ...given("invitation", invitation),
    ...(max_age === undefined ? {} : { maxAge: Number(max_age) }),
    ...(screen_hint === "signup" ? { signup: true } : {}),
  };
}

function given<Name extends string>(name: Name, value: string | undefined): { [name in Name]?: string } {
  return value === undefined || value === "" ? {} : ({ [name]: value } as { [name in Name]: string });
}
