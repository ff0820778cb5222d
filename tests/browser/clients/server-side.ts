import * as oidc from "openid-client";
import { knownApp } from "../../scenarios/places.ts";
import type { BrowserScene } from "../stage.ts";
import { invitationIn } from "./invitation.ts";
import { trust } from "./trust.ts";

/** What the app keeps between sending a person away and their coming back. */
interface Begun {
  readonly pkceCodeVerifier: string;
  readonly expectedState: string;
  readonly expectedNonce: string;
}

/** An app with a server of its own, written with openid-client as its README says: https://github.com/panva/openid-client */
export class ServerSide {
  readonly config: oidc.Configuration;
  readonly origin: string;
  readonly #asks: Readonly<Record<string, string>>;
  #begun: Begun | undefined;

  private constructor(config: oidc.Configuration, origin: string, asks: Readonly<Record<string, string>>) {
    this.config = config;
    this.origin = origin;
    this.#asks = asks;
  }

  static async at(scene: BrowserScene, name: string): Promise<ServerSide> {
    trust(scene.stage.ca);
    const running: { app?: ServerSide } = {};
    const site = await scene.site(async ({ url = "" }, response) => {
      const { pathname, searchParams } = new URL(url, scene.tenant);
      if (pathname !== "/login" || !running.app) return void response.end("<h1>The app</h1>");
      const location = await running.app.begin(invitationIn(searchParams));
      response.writeHead(302, { location }).end();
    });
    await scene.move(name, site);
    const { audience, scope } = knownApp(name);
    const id = await scene.hands.idOf("app", name);
    const secret = scene.stage.secrets.get(name);
    const config = await oidc.discovery(new URL(scene.tenant), id, {}, oidc.ClientSecretPost(secret));
    running.app = new ServerSide(config, site.origin, { audience, scope, redirect_uri: `${site.origin}/callback` });
    return running.app;
  }

  get clientId(): string {
    return this.config.clientMetadata().client_id;
  }

  async begin(parameters: Readonly<Record<string, string>> = {}): Promise<string> {
    const begun = {
      pkceCodeVerifier: oidc.randomPKCECodeVerifier(),
      expectedState: oidc.randomState(),
      expectedNonce: oidc.randomNonce(),
    };
    this.#begun = begun;
    return oidc.buildAuthorizationUrl(this.config, {
      ...this.#asks,
      state: begun.expectedState,
      nonce: begun.expectedNonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(begun.pkceCodeVerifier),
      code_challenge_method: "S256",
      ...parameters,
    }).href;
  }

  /** The nonce of the login that began last. */
  get nonce(): string | undefined {
    return this.#begun?.expectedNonce;
  }

  /** A person who comes back; throws what openid-client throws. */
  arrive(address: string) {
    return oidc.authorizationCodeGrant(this.config, new URL(address), { ...this.#begun, idTokenExpected: true });
  }
}

/** What a refusal says, whether it came with the person or from the token endpoint. */
export async function refusalOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (thrown) {
    if (thrown instanceof oidc.AuthorizationResponseError || thrown instanceof oidc.ResponseBodyError)
      return { error: thrown.error, description: thrown.error_description };
    throw thrown;
  }
  throw new Error("it was not refused");
}
