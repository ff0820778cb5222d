import { createHash, randomBytes } from "node:crypto";
import { createLocalJWKSet, type JSONWebKeySet, type JWTPayload, jwtVerify } from "jose";
import { send } from "./send.ts";

/** Where an app lives, and what it knows of the tenant. */
export interface AppPlace {
  /** Ends in `/`. */
  readonly issuer: string;
  readonly ca: string;
  readonly clientId: string;
  /** Undefined for an app in the browser. */
  readonly secret: string | undefined;
  readonly redirectUri: string;
  readonly audience: string;
  readonly scope: string;
}

/** What the app keeps between sending a person away and their coming back. */
interface Begun {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
}

/** The tokens of one login or refresh, verified. */
export interface Tokens {
  readonly id: JWTPayload;
  readonly access: JWTPayload;
  readonly refresh: string | undefined;
}

/** An error that the tenant told the app. */
export interface Told {
  readonly error: string;
  readonly description: string;
}

/** One app as a careful developer writes it: code and PKCE, state, nonce, and every token verified against the tenant's keys. */
export class App {
  readonly #place: AppPlace;
  #begun: Begun | undefined;
  #nonce: string | undefined;

  constructor(place: AppPlace) {
    this.#place = place;
  }

  /** Where a person is sent to sign in. */
  begin(parameters: Readonly<Record<string, string>>): URL {
    const { issuer, clientId, redirectUri, audience, scope } = this.#place;
    const begun = { verifier: random(), state: random(), nonce: random() };
    this.#begun = begun;
    const url = new URL("authorize", issuer);
    const asked = {
      client_id: clientId,
      response_type: "code",
      redirect_uri: redirectUri,
      audience,
      scope,
      state: begun.state,
      nonce: begun.nonce,
      code_challenge: createHash("sha256").update(begun.verifier).digest("base64url"),
      code_challenge_method: "S256",
      ...parameters,
    };
    for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
    return url;
  }

  /** A person who comes back, with a code or an error. */
  async arrive(url: URL): Promise<Tokens | Told> {
    const begun = this.#begun;
    this.#begun = undefined;
    const said = url.searchParams;
    if (!begun || said.get("state") !== begun.state) throw new Error("the state is not that of the login");
    const error = said.get("error");
    if (error !== null) return { error, description: said.get("error_description") ?? "" };
    const { redirectUri } = this.#place;
    const code = said.get("code") ?? "";
    this.#nonce = begun.nonce;
    return this.#tokens({
      grant_type: "authorization_code",
      code,
      redirect_uri: redirectUri,
      code_verifier: begun.verifier,
    });
  }

  refresh(token: string): Promise<Tokens | Told> {
    this.#nonce = undefined;
    return this.#tokens({ grant_type: "refresh_token", refresh_token: token });
  }

  async #tokens(given: Readonly<Record<string, string>>): Promise<Tokens | Told> {
    const { issuer, ca, clientId, secret } = this.#place;
    const form = { client_id: clientId, ...(secret === undefined ? {} : { client_secret: secret }), ...given };
    const { status, body } = await send(ca, `${issuer}oauth/token`, { method: "POST", form });
    const said = body as Readonly<Record<string, string>>;
    if (status !== 200) return { error: said.error ?? "", description: said.error_description ?? "" };
    return this.#verified(said);
  }

  async #verified({ id_token = "", access_token = "", refresh_token }: Readonly<Record<string, string>>) {
    const { issuer, ca, clientId, audience } = this.#place;
    const keys = await send(ca, `${issuer}.well-known/jwks.json`, { method: "GET" });
    const by = createLocalJWKSet(keys.body as JSONWebKeySet);
    const rules = { issuer, algorithms: ["RS256"], requiredClaims: ["exp", "iat", "sub"] };
    const { payload: id } = await jwtVerify(id_token, by, { ...rules, audience: clientId });
    const { payload: access } = await jwtVerify(access_token, by, { ...rules, audience });
    if (id.nonce !== this.#nonce) throw new Error("the nonce is not that of the login");
    if (id.sub !== access.sub) throw new Error("the tokens are of two people");
    if (access.azp !== clientId) throw new Error("the access token is another app's");
    return { id, access, refresh: refresh_token };
  }
}

function random(): string {
  return randomBytes(32).toString("base64url");
}
