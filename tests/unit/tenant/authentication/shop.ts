import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Browser, type Rest } from "../../../../local/player/browser.ts";
import { overTls } from "../../../../local/player/over-tls.ts";
import type { Page } from "../../../../local/player/page.ts";
import type { Body } from "../../../../local/tenant/management/json.ts";
import type { TenantOptions } from "../../../../local/tenant/server.ts";
import { App, type AppPlace, type Tokens, type Told } from "../../../scenarios/app.ts";
import { ownFolder, TestTenant } from "../harness.ts";

export const PASSWORD = "Let-Me-In-1";
export const AUDIENCE = "https://api.example.com";
export const CALLBACK = "https://app.example.com/callback";
const SCOPE = "openid profile email offline_access read:it write:it";

/** A tenant with one directory, one API and one app, which may have refresh tokens. */
export class Shop {
  readonly tenant: TestTenant;
  readonly client: Body & { client_id: string };
  readonly connection: string;
  readonly #place: AppPlace;

  private constructor(tenant: TestTenant, client: Body & { client_id: string }, connection: string) {
    this.tenant = tenant;
    this.client = client;
    this.connection = connection;
    this.#place = {
      issuer: `${tenant.running.url}/`,
      ca: readFileSync(join(tenant.folder, "ca.pem"), "utf8"),
      clientId: client.client_id,
      secret: String(client.client_secret),
      redirectUri: CALLBACK,
      audience: AUDIENCE,
      scope: SCOPE,
    };
  }

  /** @param given what the client, the API and the tenant's options have beside what all have */
  static async open(
    given: { client?: Body; api?: Body; options?: Partial<TenantOptions>; folder?: string } = {},
  ): Promise<Shop> {
    const { folder = ownFolder(), options } = given;
    const tenant = options ? await TestTenant.start(folder, options) : await TestTenant.fresh();
    // a new app would have it too, and a login has one directory only
    for (const { id } of (await tenant.call("GET", "/connections")).body)
      await tenant.call("DELETE", `/connections/${id}`);
    const client = await tenant.make("/clients", {
      name: "Shop",
      app_type: "regular_web",
      oidc_conformant: true,
      callbacks: [CALLBACK],
      allowed_logout_urls: ["https://app.example.com/bye"],
      grant_types: ["authorization_code", "refresh_token"],
      jwt_configuration: { alg: "RS256" },
      ...given.client,
    });
    await tenant.make("/resource-servers", {
      name: "Service",
      identifier: AUDIENCE,
      scopes: [{ value: "read:it" }, { value: "write:it" }],
      allow_offline_access: true,
      skip_consent_for_verifiable_first_party_clients: true,
      ...given.api,
    });
    const { id } = await tenant.make("/connections", {
      name: "users",
      strategy: "auth0",
      enabled_clients: [client.client_id],
    });
    return new Shop(tenant, client, id);
  }

  async person(email: string, more: Body = {}): Promise<string> {
    const made = await this.tenant.make("/users", {
      connection: "users",
      email,
      password: PASSWORD,
      email_verified: true,
      ...more,
    });
    return String(made.user_id);
  }

  app(more: Partial<AppPlace> = {}): App {
    return new App({ ...this.#place, ...more });
  }

  browser(): Browser {
    return new Browser(overTls(this.#place.ca), [CALLBACK, "https://app.example.com/bye"]);
  }

  /** An address of the tenant's. */
  at(path: string): URL {
    return new URL(path, this.#place.issuer);
  }

  /** Signs in with address and password, as far as that leads. */
  async signIn(
    browser: Browser,
    app: App,
    email: string,
    asked: { readonly [name: string]: string } = {},
  ): Promise<Rest> {
    const first = pageOf(await browser.open(app.begin(asked)));
    return browser.fill(first, form(first, "password"), { username: email, password: PASSWORD });
  }

  /** Signs in and takes the tokens. */
  async tokens(email: string, asked: { readonly [name: string]: string } = {}): Promise<Tokens> {
    const app = this.app();
    return admitted(await app.arrive(arrivedAt(await this.signIn(this.browser(), app, email, asked))));
  }

  /** Deploys and binds Actions of a trigger; `does` is the handler's body. */
  async deploy(trigger: string, handler: string, ...bodies: readonly string[]): Promise<void> {
    const bindings: Body[] = [];
    for (const [place, does] of bodies.entries()) {
      const version = trigger === "post-login" ? "v3" : trigger === "pre-user-registration" ? "v2" : "v1";
      const code = `exports.${handler} = async (event, api) => { ${does} };`;
      const supported_triggers = [{ id: trigger, version }];
      const { id } = await this.tenant.make("/actions/actions", {
        name: `${trigger}-${place}`,
        supported_triggers,
        code,
      });
      await this.tenant.call("GET", `/actions/actions/${id}`);
      await this.tenant.call("POST", `/actions/actions/${id}/deploy`);
      bindings.push({ ref: { type: "action_id", value: id } });
    }
    const bound = await this.tenant.call("PATCH", `/actions/triggers/${trigger}/bindings`, { bindings });
    if (bound.status !== 200) throw new Error(JSON.stringify(bound.body));
  }
}

export function pageOf(rest: Rest): Page {
  if ("page" in rest) return rest.page;
  throw new Error(`no page, but ${rest.arrived.href}`);
}

export function arrivedAt(rest: Rest): URL {
  if ("arrived" in rest) return rest.arrived;
  throw new Error(`not at the app, but on "${rest.page.title}" (${rest.page.complaint ?? rest.page.items.join(", ")})`);
}

/** The form of a page that has this field. */
export function form(page: Page, field: string) {
  const found = page.forms.find(({ fields }) => fields.has(field));
  if (!found) throw new Error(`"${page.title}" has no form with ${field}`);
  return found;
}

export function admitted(answer: Tokens | Told): Tokens {
  if ("id" in answer) return answer;
  throw new Error(`${answer.error}: ${answer.description}`);
}

export function refusedWith(answer: Tokens | Told): Told {
  if ("error" in answer) return answer;
  throw new Error("there were tokens");
}
