import { decodeJwt, type JWTPayload } from "jose";
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  calculatePKCECodeChallenge,
  customFetch,
  None,
  ResponseBodyError,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import { isAllowed } from "../../tenant/authentication/redirects.ts";
import { textAt, textsAt } from "../../tenant/management/json.ts";
import type { OpenTenant } from "../../tenant/open.ts";
import type { Stored } from "../../tenant/store.ts";

/** What a token says; nothing that could be used, for these are signed with the tenant's own key. */
export interface Tokens {
  readonly id: JWTPayload;
  /** Undefined of one that only the tenant can read. */
  readonly access: JWTPayload | undefined;
  readonly refresh: boolean;
}

/** What the app hears when a person comes back. */
export type Heard = { readonly tokens: Tokens } | { readonly error: string; readonly description: string };

/** One login as a careful app makes it: code and PKCE, state and nonce, the tokens checked by a library. */
export interface AppLogin {
  /** Where the person is sent. */
  readonly start: URL;
  /** Where the person is to come back. */
  readonly callback: string;
  /** @param url where the person came back */
  end(url: URL): Promise<Heard>;
}

/** An app asks for the first API that it may act on for a person, with all that it may do there. */
export async function beginLogin(opened: OpenTenant, client: Stored): Promise<AppLogin> {
  const { tenant, app } = opened;
  const issuer = `https://${tenant.domain}/`;
  const configuration = configurationOf(issuer, client);
  const callback = callbackOf(textsAt(client.body, "callbacks"));
  configuration[customFetch] = async (url, options) => {
    // the library takes it from the address where the person came back, which has no query and always a slash
    if (options.body instanceof URLSearchParams && options.body.has("redirect_uri"))
      options.body.set("redirect_uri", callback);
    return app.request(url, options as RequestInit);
  };
  const [verifier, state, nonce] = [randomPKCECodeVerifier(), randomState(), randomNonce()];
  const start = buildAuthorizationUrl(configuration, {
    redirect_uri: callback,
    ...askedBy(opened, client),
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  });
  const end = async (url: URL): Promise<Heard> => {
    const { searchParams: said } = url;
    const error = said.get("error");
    if (error !== null) return { error, description: said.get("error_description") ?? "" };
    try {
      const got = await authorizationCodeGrant(configuration, url, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      const access = got.access_token.split(".").length === 3 ? decodeJwt(got.access_token) : undefined;
      return { tokens: { id: decodeJwt(got.id_token ?? ""), access, refresh: got.refresh_token !== undefined } };
    } catch (thrown) {
      if (thrown instanceof ResponseBodyError)
        return { error: thrown.error, description: thrown.error_description ?? "" };
      throw thrown;
    }
  };
  return { start, callback, end };
}

/** The first callback that an app can name as it stands; where all have a wildcard, the first with a name in its place. */
function callbackOf(callbacks: readonly string[]): string {
  const named = callbacks.map((callback) => callback.replace("://*.", "://app."));
  return [...callbacks, ...named].find((one) => isAllowed(one, callbacks)) ?? callbacks[0] ?? "";
}

function configurationOf(issuer: string, { id, body }: Stored): Configuration {
  const secret = textAt(body, "client_secret") ?? "";
  const method = textAt(body, "token_endpoint_auth_method") ?? "client_secret_post";
  const by =
    method === "none"
      ? None()
      : method === "client_secret_basic"
        ? ClientSecretBasic(secret)
        : ClientSecretPost(secret);
  const served = {
    issuer,
    authorization_endpoint: `${issuer}authorize`,
    token_endpoint: `${issuer}oauth/token`,
    jwks_uri: `${issuer}.well-known/jwks.json`,
  };
  return new Configuration(served, id, undefined, by);
}

/** https://auth0.com/docs/get-started/applications/application-access-to-apis-client-grants */
function askedBy({ tenant }: OpenTenant, { id, body }: Stored): { readonly scope: string; readonly audience?: string } {
  const grants = tenant.objects.store
    .select({ family: "client-grants" })
    .filter(({ body: grant }) => textAt(grant, "client_id") === id && textAt(grant, "subject_type") === "user");
  const renews = textsAt(body, "grant_types").includes("refresh_token") ? ["offline_access"] : [];
  const audience = grants[0] && textAt(grants[0].body, "audience");
  const scope = ["openid", "profile", "email", ...renews, ...textsAt(grants[0]?.body ?? {}, "scope")].join(" ");
  return audience === undefined ? { scope } : { scope, audience };
}
