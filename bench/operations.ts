import type { Body } from "../local/tenant/management/json.ts";
import { company, person } from "./fill.ts";
import { type Effort, requestsPerSecond } from "./measure.ts";
import { inFlight, type Served } from "./server.ts";
import type { Row } from "./table.ts";

/** What one family's objects are made of and changed by. */
interface Subject {
  readonly path: string;
  readonly id: string;
  create(n: number): Body;
  change(n: number): Body;
}

const subjects: { readonly [family: string]: Subject } = {
  organizations: {
    path: "/organizations",
    id: "id",
    create: (n) => company(500_000 + n),
    change: (n) => ({ display_name: `Changed ${n}` }),
  },
  users: {
    path: "/users",
    id: "user_id",
    create: (n) => ({ ...person(500_000 + n), password: "Correct-horse-7" }),
    change: (n) => ({ user_metadata: { number: n } }),
  },
  clients: {
    path: "/clients",
    id: "client_id",
    create: (n) => ({ name: `Client ${n}`, app_type: "regular_web" }),
    change: (n) => ({ description: `Changed ${n}` }),
  },
  connections: {
    path: "/connections",
    id: "id",
    create: (n) => ({
      name: `sso-${n}`,
      strategy: "oidc",
      options: { type: "back_channel", client_id: "id", client_secret: "secret", issuer: "https://idp.example.com" },
    }),
    change: (n) => ({ display_name: `Changed ${n}` }),
  },
  "resource servers": {
    path: "/resource-servers",
    id: "id",
    create: (n) => ({ name: `API ${n}`, identifier: `https://api-${n}.example.com`, scopes: [{ value: "read:it" }] }),
    change: (n) => ({ token_lifetime: 600 + n }),
  },
  roles: {
    path: "/roles",
    id: "id",
    create: (n) => ({ name: `Role ${n}`, description: "A role" }),
    change: (n) => ({ description: `Changed ${n}` }),
  },
};

const operations = ["create", "read", "list", "patch", "delete", "token"] as const;
type Operation = (typeof operations)[number];
type Rates = { readonly [operation in Operation]: number };

/** What each operation is compared with: a request of the same kind to the bare handler. @returns requests a second */
export async function bareRates(bare: Served, effort: Effort): Promise<Rates> {
  const content = company(0);
  const rate = (method: string, path: string, body?: Body) =>
    requestsPerSecond(() => bare.send(method, path, body), effort);
  const [written, read] = [await rate("POST", "/one", content), await rate("GET", "/one")];
  const [list, gone] = [await rate("GET", "/page"), await rate("DELETE", "/one")];
  return { create: written, read, list, patch: written, delete: gone, token: written };
}

/** Measures every operation of every family on a tenant, and a machine's token; `say` gets each figure as it comes. */
export async function operationRates(
  tenant: Served,
  effort: Effort,
  bare: Rates,
  say: (row: Row) => void,
): Promise<Row[]> {
  const rows: Row[] = [];
  const add = (name: string, operation: Operation, perSecond: number): void => {
    const row = { name, value: perSecond, base: bare[operation] };
    rows.push(row);
    say(row);
  };
  for (const [family, subject] of Object.entries(subjects)) {
    const objects = new Pool(tenant, subject);
    const each: { readonly [operation in Exclude<Operation, "token">]: () => Promise<unknown> } = {
      create: () => objects.create(),
      read: () => tenant.send("GET", objects.next()),
      list: () => tenant.send("GET", `/api/v2${subject.path}?page=0&per_page=50&include_totals=true`),
      patch: () => tenant.send("PATCH", objects.next(), subject.change(objects.made)),
      delete: () => tenant.send("DELETE", objects.taken()),
    };
    for (const operation of operations) {
      if (operation === "token") continue;
      // a DELETE needs what it deletes: that is made outside of the time that is measured
      const before = operation === "create" ? {} : { before: () => objects.atLeast(inFlight) };
      add(`${family}: ${operation}`, operation, await requestsPerSecond(each[operation], effort, before));
    }
  }
  const asked = await machine(tenant);
  const token = () => tenant.send("POST", "/oauth/token", asked);
  add("token by client credentials", "token", await requestsPerSecond(token, effort));
  return rows;
}

/** The objects of one family that the measurement made. */
class Pool {
  readonly #tenant: Served;
  readonly #subject: Subject;
  readonly #paths: string[] = [];
  #at = 0;
  made = 0;

  constructor(tenant: Served, subject: Subject) {
    this.#tenant = tenant;
    this.#subject = subject;
  }

  async create(): Promise<void> {
    this.made += 1;
    const { path, id, create } = this.#subject;
    const { text } = await this.#tenant.send("POST", `/api/v2${path}`, create(this.made));
    this.#paths.push(`/api/v2${path}/${encodeURIComponent(JSON.parse(text)[id])}`);
  }

  async atLeast(count: number): Promise<void> {
    while (this.#paths.length < count) await this.create();
  }

  /** The path of one after the other. */
  next(): string {
    this.#at = (this.#at + 1) % this.#paths.length;
    return this.#paths[this.#at] ?? "";
  }

  /** The path of one that no other operation gets. */
  taken(): string {
    return this.#paths.pop() ?? "";
  }
}

/** A machine with a grant, and what it asks a token with. */
async function machine(tenant: Served): Promise<Body> {
  const made = async (path: string, content: Body) =>
    JSON.parse((await tenant.send("POST", `/api/v2${path}`, content)).text);
  const audience = "https://service.example.com";
  await made("/resource-servers", { name: "Service", identifier: audience, scopes: [{ value: "read:it" }] });
  const { client_id, client_secret } = await made("/clients", { name: "Machine", app_type: "non_interactive" });
  await made("/client-grants", { client_id, audience, scope: ["read:it"] });
  return { grant_type: "client_credentials", client_id, client_secret, audience };
}
