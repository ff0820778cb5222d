import { decodeJwt } from "jose";
import { paths } from "../../local/tenant/authentication/pages/paths.ts";
import { formed, type RawAnswer, type Wire } from "../unit/tenant/authentication/raw.ts";
import { AUDIENCE, CALLBACK, sessionKey } from "./installed.ts";
import type { Visit } from "./visits.ts";

/** What a browser shows after a request. */
export type Seen =
  | { readonly page: string; readonly state: string }
  | { readonly told: string; readonly says: string }
  | { readonly code: string };

/** What an app has of a login, as far as it says who it is and what it opens. */
export interface Got {
  readonly sub: string;
  readonly organization: string | undefined;
  readonly scope: readonly string[];
  readonly refresh: string;
}

/** The browser of one visit, at the wire. */
export class Visitor {
  readonly #wire: Wire;
  readonly #cookies = new Map<string, string>();

  constructor(wire: Wire, visit: Visit, place: number) {
    this.#wire = wire;
    if (visit.session) this.#cookies.set("auth0", sessionKey(place));
  }

  open(path: string): Promise<Seen> {
    return this.#seen(this.#wire.ask({ path, headers: this.#headers() }));
  }

  send(path: string, fields: Readonly<Record<string, string>>): Promise<Seen> {
    return this.#seen(this.#wire.ask(formed(path, fields, this.#headers())));
  }

  #headers(): Record<string, string> {
    return this.#cookies.size === 0
      ? {}
      : { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
  }

  async #seen(asked: Promise<RawAnswer>): Promise<Seen> {
    const { location, cookies, status, text } = await asked;
    for (const line of cookies) {
      const [, name = "", value = ""] = /^(\w+)=([^;]*)/.exec(line) ?? [];
      this.#cookies.set(name, value);
    }
    if (location === undefined) {
      const items = [...text.matchAll(/<li>(?:<code>)?([^<]*)/g)].map(([, item]) => item);
      return { told: `page ${status}`, says: items.join(": ") };
    }
    const to = new URL(location, "https://localhost");
    const said = to.searchParams;
    if (to.host === "localhost") return { page: pages.get(to.pathname) ?? to.pathname, state: said.get("state") ?? "" };
    if (`${to.origin}${to.pathname}` !== CALLBACK || said.get("state") !== "s")
      return { told: "elsewhere", says: location };
    const code = said.get("code");
    return code === null ? { told: said.get("error") ?? "", says: said.get("error_description") ?? "" } : { code };
  }
}

const pages: ReadonlyMap<string, string> = new Map(Object.entries(paths).map(([kind, path]) => [path, kind]));

/** The path of a page by its kind. */
export const pathOf = (kind: string): string => paths[kind as keyof typeof paths];

export function authorizePath(visit: Visit, prompt = visit.prompt): string {
  const { client, organization, connection, loginHint, maxAge, invitation } = visit;
  const all = {
    client_id: client,
    redirect_uri: CALLBACK,
    response_type: "code",
    audience: AUDIENCE,
    scope: "openid offline_access read:it",
    state: "s",
    organization,
    connection,
    login_hint: loginHint,
    max_age: maxAge === undefined ? undefined : String(maxAge),
    invitation,
    prompt,
  };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `/authorize?${new URLSearchParams(given)}`;
}

/** Asks the token endpoint in the name of the app; what it gives, or the code of its refusal. */
async function tokens(wire: Wire, client: string, fields: Readonly<Record<string, string>>): Promise<Got | string> {
  const asked = { client_id: client, client_secret: "secret", ...fields };
  const { status, text } = await wire.ask(formed("/oauth/token", asked));
  const body = JSON.parse(text) as Readonly<Record<string, string>>;
  if (status !== 200) return body.error ?? "";
  const { sub = "", org_id } = decodeJwt(body.access_token ?? "");
  const id = decodeJwt(body.id_token ?? "");
  if (id.sub !== sub || id.org_id !== org_id) return "the ID token says something else than the access token";
  return {
    sub,
    organization: typeof org_id === "string" ? org_id : undefined,
    scope: (body.scope ?? "").split(" "),
    refresh: body.refresh_token ?? "",
  };
}

export const exchange = (wire: Wire, client: string, code: string) =>
  tokens(wire, client, { grant_type: "authorization_code", code, redirect_uri: CALLBACK });

export const refresh = (wire: Wire, client: string, refresh_token: string) =>
  tokens(wire, client, { grant_type: "refresh_token", refresh_token });
