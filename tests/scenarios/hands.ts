import type { Call } from "./scenario.ts";
import { type Answer, send } from "./send.ts";

/** What somebody does to the tenant by the Management API, and what it is asked by name. */
export class Hands {
  readonly #ca: string;
  readonly #issuer: string;
  #token: Promise<string> | undefined;

  /** @param issuer ends in `/` */
  constructor(ca: string, issuer: string) {
    this.#ca = ca;
    this.#issuer = issuer;
  }

  /** @throws unless it succeeds */
  async change(call: Call): Promise<void> {
    const path = await this.filled(call.path, encodeURIComponent);
    const json = call.body === undefined ? undefined : JSON.parse(await this.filled(JSON.stringify(call.body)));
    const { status, body } = await this.#call(call.method, path, json);
    if (status >= 300) throw new Error(`${call.method} ${path} answered ${status}: ${JSON.stringify(body)}`);
  }

  async read(path: string): Promise<unknown> {
    const { status, body } = await this.#call("GET", path);
    if (status !== 200) throw new Error(`GET ${path} answered ${status}`);
    return body;
  }

  /** A text with every `{kind:name}` replaced by the id of what goes by that name now; of the tenant by the address of its path. */
  async filled(text: string, written: (id: string) => string = (id) => id): Promise<string> {
    let filled = text;
    for (const [place, kind = "", name = ""] of text.matchAll(/\{(org|app|user|connection|role|tenant):([^{}"]+)\}/g))
      filled = filled.replace(place, written(await this.idOf(kind, name)));
    return filled;
  }

  async idOf(kind: string, name: string): Promise<string> {
    const quoted = encodeURIComponent(name);
    switch (kind) {
      case "org":
        return idIn(await this.read(`organizations/name/${quoted}`), "id");
      case "user":
        return idIn(only(await this.read(`users-by-email?email=${quoted}`), name), "user_id");
      case "connection":
        return idIn(only(await this.read(`connections?name=${quoted}`), name), "id");
      case "tenant":
        return `${this.#issuer}${name}`;
      case "role":
        return idIn(named(await this.read("roles?per_page=100"), name), "id");
      default:
        return idIn(named(await this.read("clients?per_page=100"), titles[name] ?? name), "client_id");
    }
  }

  /** An organization's slug by its id. */
  async slugOf(id: string): Promise<string> {
    return idIn(await this.read(`organizations/${id}`), "name");
  }

  /** The rules that decided the last login, in order. */
  async lastTrace(): Promise<string[]> {
    const { body } = await send(this.#ca, `${this.#issuer}.local/logins`, { method: "GET" });
    const logins = body as { readonly trace: readonly { readonly rule: string }[] }[];
    return logins.at(-1)?.trace.map(({ rule }) => rule) ?? [];
  }

  /** The last mail that the tenant sent to an address. */
  async lastMail(to: string): Promise<Readonly<Record<string, string>>> {
    const { body } = await send(this.#ca, `${this.#issuer}.local/mail`, { method: "GET" });
    const mails = body as Readonly<Record<string, string>>[];
    const found = mails.findLast((mail) => mail.to === to);
    if (!found) throw new Error(`no mail went to ${to}`);
    return found;
  }

  async #call(method: string, path: string, json?: unknown): Promise<Answer> {
    this.#token ??= this.#newToken();
    const bearer = await this.#token;
    return send(this.#ca, `${this.#issuer}api/v2/${path}`, { method, json, bearer });
  }

  async #newToken(): Promise<string> {
    const { body } = await send(this.#ca, `${this.#issuer}.local/token`, { method: "POST" });
    return (body as { readonly access_token: string }).access_token;
  }
}

/** The apps' names as people see them: stacks/catalog.ts. */
const titles: Readonly<Record<string, string>> = {
  main: "Main app",
  "main-personal": "Main app (personal)",
  portal: "API portal",
  "vendor-catering": "Catering vendors",
  "vendor-rental": "Rental vendors",
};

function idIn(body: unknown, field: string): string {
  const id = (body as Readonly<Record<string, unknown>>)[field];
  if (typeof id !== "string") throw new Error(`no ${field} in ${JSON.stringify(body)}`);
  return id;
}

function only(body: unknown, name: string): unknown {
  const found = body as readonly unknown[];
  if (found.length !== 1) throw new Error(`${found.length} go by ${name}`);
  return found[0];
}

function named(body: unknown, name: string): unknown {
  return only(
    (body as readonly { readonly name: string }[]).filter((one) => one.name === name),
    name,
  );
}
