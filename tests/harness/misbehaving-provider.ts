import { generateKeyPairSync } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Server } from "node:https";
import { text } from "node:stream/consumers";
import { exportJWK, type JWK, SignJWT, UnsecuredJWT } from "jose";
import { certificateAuthority, leafCertificate } from "../../local/tenant/certificate.ts";
import { listen, stop } from "../../local/tenant/listen.ts";

/** What the provider does wrong; nothing where nothing is named. */
export interface Misbehaviour {
  /** Claims of the ID token, in place of the right ones; undefined leaves one out. */
  readonly claims?: { readonly [name: string]: unknown };
  /** Who signs the ID token: a key that is not published, or nobody; or the client's own secret does. */
  readonly signature?: "other key" | "none" | "client secret";
  /** Said to the browser in place of a code. */
  readonly error?: { readonly [parameter: string]: string };
  /** Parameters that come back to the browser beside the code; undefined leaves one out. */
  readonly answer?: { readonly [parameter: string]: string | undefined };
  /** Keeps the browser, which `answer` of the provider then says where to go. */
  readonly holds?: true;
  /** What the token endpoint says. */
  readonly refusal?: { readonly [name: string]: string };
  /** The answer of the token endpoint leads elsewhere. */
  readonly redirect?: string;
  /** Entries of the discovery document. */
  readonly discovery?: { readonly [name: string]: string };
  /** What the userinfo endpoint says; without it there are no claims but the subject. */
  readonly userinfo?: { readonly [name: string]: unknown };
}

/** A provider that signs everybody in without a page, and breaks what it is told to break. */
export class MisbehavingProvider {
  issuer: string;
  /** Where it is. */
  url = "";
  does: Misbehaviour = {};
  /** Where the last browser that came was to go with its code. */
  answer: URL | undefined;
  /** The parameters of every request: to the browser's endpoint, and to the token endpoint. */
  readonly asked: { readonly path: string; readonly parameters: { readonly [name: string]: string } }[] = [];
  readonly #key = generateKeyPairSync("rsa", { modulusLength: 2048 });
  readonly #other = generateKeyPairSync("rsa", { modulusLength: 2048 });
  readonly #given = new Map<string, URLSearchParams>();
  #servers: Server[] = [];
  #jwk: JWK = {};

  private constructor(issuer: string) {
    this.issuer = issuer;
  }

  /** @param caDir the folder of the tenant's certificate authority */
  static async start(caDir: string, issuer: string): Promise<MisbehavingProvider> {
    const provider = new MisbehavingProvider(issuer);
    const leaf = await leafCertificate(await certificateAuthority(caDir));
    provider.#jwk = { ...(await exportJWK(provider.#key.publicKey)), kid: "right", alg: "RS256", use: "sig" };
    provider.#servers = await listen(0, (request, response) => void provider.#respond(request, response));
    for (const server of provider.#servers) server.setSecureContext({ cert: leaf.certificate, key: leaf.key });
    const bound = provider.#servers[0]?.address();
    if (typeof bound === "object" && bound !== null) provider.url = `https://localhost:${bound.port}`;
    return provider;
  }

  async close(): Promise<void> {
    await Promise.all(this.#servers.map(stop));
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "", this.url);
    const json = (status: number, body: object) =>
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    switch (url.pathname) {
      case "/.well-known/openid-configuration":
        return void json(200, { ...this.#metadata(), ...this.does.discovery });
      case "/jwks":
        return void json(200, { keys: [this.#jwk] });
      case "/auth":
        this.asked.push({ path: url.pathname, parameters: Object.fromEntries(url.searchParams) });
        this.answer = this.#back(url.searchParams);
        if (this.does.holds) return void response.writeHead(200).end();
        return void response.writeHead(303, { Location: this.answer.href }).end();
      case "/token": {
        const form = new URLSearchParams(await text(request));
        this.asked.push({ path: url.pathname, parameters: Object.fromEntries(form) });
        if (this.does.redirect !== undefined)
          return void response.writeHead(302, { Location: this.does.redirect }).end();
        if (this.does.refusal) return void json(400, this.does.refusal);
        return void json(200, { access_token: "at", token_type: "Bearer", id_token: await this.#idToken(form) });
      }
      case "/me":
        return void json(200, { sub: "the-subject", ...this.does.userinfo });
      default:
        return void json(404, {});
    }
  }

  #metadata(): { readonly [name: string]: unknown } {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.url}/auth`,
      token_endpoint: `${this.url}/token`,
      userinfo_endpoint: `${this.url}/me`,
      jwks_uri: `${this.url}/jwks`,
      id_token_signing_alg_values_supported: ["RS256"],
      authorization_response_iss_parameter_supported: true,
    };
  }

  #back(asked: URLSearchParams): URL {
    const code = String(this.#given.size + 1);
    this.#given.set(code, asked);
    const said = { state: asked.get("state") ?? "", iss: this.issuer, ...(this.does.error ?? { code }) };
    const to = new URL(asked.get("redirect_uri") ?? "");
    for (const [name, value] of Object.entries({ ...said, ...this.does.answer }))
      if (value !== undefined) to.searchParams.set(name, value);
    return to;
  }

  async #idToken(form: URLSearchParams): Promise<string> {
    const asked = this.#given.get(form.get("code") ?? "");
    const now = Math.floor(Date.now() / 1000);
    const right = { iss: this.issuer, aud: asked?.get("client_id"), sub: "the-subject", iat: now, exp: now + 60 };
    const claims = JSON.parse(JSON.stringify({ ...right, nonce: asked?.get("nonce"), ...this.does.claims }));
    const { signature } = this.does;
    if (signature === "none") return new UnsecuredJWT(claims).encode();
    if (signature === "client secret")
      return new SignJWT(claims)
        .setProtectedHeader({ alg: "HS256" })
        .sign(Buffer.from((form.get("client_secret") ?? "").padEnd(32, "\0")));
    const { privateKey } = signature === "other key" ? this.#other : this.#key;
    return new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "right" }).sign(privateKey);
  }
}
