import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Auth0ClientOptions } from "@auth0/auth0-spa-js";
import type { Page } from "playwright-core";
import { knownApp } from "../../scenarios/places.ts";
import type { Person } from "../person.ts";
import type { BrowserScene } from "../stage.ts";
import { invitationIn } from "./invitation.ts";

/** The bundle for pages, which lies beside the one for bundlers. */
const bundled = dirname(createRequire(import.meta.url).resolve("@auth0/auth0-spa-js"));
const library = readFileSync(join(bundled, "../auth0-spa-js.production.js"), "utf8");
const page = '<!doctype html><html lang="en"><title>The app</title><script src="/library.js"></script><h1>The app</h1>';

/** What the library says: of an error its code and its description. */
type Said = Readonly<Record<string, unknown>>;

/** A site of nothing but files, as an app in the browser is served. */
export async function spaSite(scene: BrowserScene): Promise<string> {
  const site = await scene.site(({ url }, response) => {
    const isLibrary = url === "/library.js";
    response.writeHead(200, { "content-type": isLibrary ? "text/javascript" : "text/html" });
    response.end(isLibrary ? library : page);
  });
  await scene.move("vendor-rental", site);
  return site.origin;
}

/** An app in the browser, on Auth0's library for them as its README says: https://github.com/auth0/auth0-spa-js */
export class SpaPage {
  readonly origin: string;
  readonly clientId: string;
  readonly #person: Person;
  readonly #options: Auth0ClientOptions;

  private constructor(person: Person, options: { origin: string; options: Auth0ClientOptions }) {
    this.#person = person;
    this.origin = options.origin;
    this.clientId = options.options.clientId;
    this.#options = options.options;
  }

  /** Opens the app's first page. @param more options of the library */
  static async open(
    scene: BrowserScene,
    person: Person,
    origin: string,
    more: Partial<Auth0ClientOptions> = {},
  ): Promise<SpaPage> {
    const { audience, scope } = knownApp("vendor-rental");
    const clientId = await scene.hands.idOf("app", "vendor-rental");
    const authorizationParams = {
      redirect_uri: `${origin}/callback`,
      audience,
      scope: scope.replace(" offline_access", ""),
    };
    const options = { domain: new URL(scene.tenant).host, clientId, authorizationParams, ...more };
    const app = new SpaPage(person, { origin, options });
    await app.page.goto(`${origin}/`);
    await app.#made();
    return app;
  }

  get page(): Page {
    return this.#person.page;
  }

  async login(authorizationParams: object = {}): Promise<void> {
    await this.#leaves(`client.loginWithRedirect(${JSON.stringify({ authorizationParams })})`);
  }

  /** Opens an invitation's link, which leads to the app: that signs in with what the link says. */
  async follow(link: string): Promise<void> {
    await this.page.goto(link);
    await this.#made();
    await this.login(invitationIn(new URL(this.page.url()).searchParams));
  }

  /** Comes back with what stands in the address; the claims of the ID token. */
  async arrive(): Promise<Said> {
    await this.#made();
    return this.#told("client.handleRedirectCallback().then(() => client.getIdTokenClaims())");
  }

  /** New tokens without a page: the claims of the access token by `access_token`, and the rest as it came. */
  renew(authorizationParams: object = {}): Promise<Said> {
    const asked = JSON.stringify({ cacheMode: "off", detailedResponse: true, authorizationParams });
    return this.#told(`client.getTokenSilently(${asked})`);
  }

  claims(): Promise<Said> {
    return this.#told("client.getIdTokenClaims()");
  }

  async logout(): Promise<void> {
    await this.#leaves(`client.logout({ logoutParams: { returnTo: ${JSON.stringify(this.origin)} } })`);
  }

  async #made(): Promise<void> {
    await this.page.evaluate(`void (globalThis.client = new auth0.Auth0Client(${JSON.stringify(this.#options)}))`);
  }

  async #leaves(call: string): Promise<void> {
    await Promise.all([this.page.waitForEvent("load"), this.page.evaluate(`void ${call}`)]);
  }

  #told(call: string): Promise<Said> {
    const failed = "({ error, error_description }) => ({ error, error_description })";
    return this.page.evaluate<Said>(`${call}.then((said) => said, ${failed})`);
  }
}
