import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { ManagementClient } from "auth0";
import { managementScopes } from "../../../local/tenant/entities/management-scopes.ts";
import type { Objects } from "../../../local/tenant/management/objects.ts";
import { type RunningTenant, startTenant, type TenantOptions } from "../../../local/tenant/server.ts";
import { operators } from "../../../stacks/operators.ts";
import { inFile } from "../tenant/seeded.ts";

/** A request of the SDK's, such as `DELETE /device-credentials/dcr_…`. */
export type Sent = string;

/** How a command ended. */
export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The local tenant, which asks for scopes, with what a stack would have declared of a few companies. */
export class Tenancy {
  readonly #folder: string;
  readonly #options: TenantOptions;
  #running: RunningTenant;
  /** What clients of operators were used for, in all tests. */
  readonly asked: { readonly method: string; readonly path: string }[] = [];
  /** Name → id: of organizations, connections, roles, clients (by app) and people (by address). */
  readonly ids = new Map<string, string>();

  private constructor(folder: string, options: TenantOptions, running: RunningTenant) {
    this.#folder = folder;
    this.#options = options;
    this.#running = running;
  }

  static async start(): Promise<Tenancy> {
    const folder = mkdtempSync(join(tmpdir(), "people-"));
    const options = { port: 0, data: join(folder, "tenant.db"), caDir: folder, switches: { SCOPES: "on" as const } };
    const tenancy = new Tenancy(folder, options, await startTenant(options));
    // the SDK in this test file trusts the tenant's own authority too, as with NODE_EXTRA_CA_CERTS
    setDefaultCACertificates([...getCACertificates("default"), readFileSync(join(folder, "ca.pem"), "utf8")]);
    return tenancy;
  }

  async close(): Promise<void> {
    await this.#running.close();
    rmSync(this.#folder, { recursive: true });
  }

  get domain(): string {
    return `localhost:${this.#running.port}`;
  }

  id(name: string): string {
    const id = this.ids.get(name);
    if (id === undefined) throw new Error(`there is no ${name}`);
    return id;
  }

  /** The SDK with exactly the scopes of an operator's client. @param sent what it sends; may refuse to by throwing */
  async as(operator: keyof typeof operators, sent: (request: Sent) => void = () => {}): Promise<ManagementClient> {
    return this.#client(operators[operator].managementScopes, (request) => {
      const [method = "", path = ""] = request.split(" ");
      this.asked.push({ method, path: `/api/v2${path.split("?")[0]}` });
      sent(request);
    });
  }

  /** The SDK with every scope. */
  admin(): Promise<ManagementClient> {
    return this.#client(managementScopes, () => {});
  }

  /** Puts into the tenant what only a login makes; it is started again, where it was, for that. */
  async seed(change: (objects: Objects) => void): Promise<void> {
    const { port } = this.#running;
    await this.#running.close();
    inFile(this.#options.data, change);
    this.#running = await startTenant({ ...this.#options, port });
  }

  /** The mails that it would have sent. */
  async mails(): Promise<readonly Readonly<Record<string, string>>[]> {
    return (await fetch(`https://${this.domain}/.local/mail`)).json() as never;
  }

  /** Makes it a brand-new tenant with the companies, roles and apps of these tests, and nobody in it. */
  async reset(): Promise<void> {
    await fetch(`https://${this.domain}/.local/reset`, { method: "POST" });
    this.ids.clear();
    const sdk = await this.admin();
    const keep = (name: string, id: string | undefined) => this.ids.set(name, id ?? "");
    for (const [app, app_type] of [
      ["main", "regular_web"],
      ["portal", "spa"],
    ] as const) {
      const { client_id } = await sdk.clients.create({
        name: `App ${app}`,
        app_type,
        organization_usage: "allow",
        initiate_login_uri: `https://${app}.example/login`,
        client_metadata: { app },
      });
      keep(app, client_id);
    }
    for (const role of ["owner", "pre-customer", "api-administrator"])
      keep(role, (await sdk.roles.create({ name: role })).id);
    const connections = { users: "auth0", "acme-sso": "oidc", "borealis-sso": "samlp" } as const;
    for (const [name, strategy] of Object.entries(connections)) {
      const options =
        strategy === "oidc" ? { issuer: "https://acme.example/", client_id: "x", type: "back_channel" } : {};
      keep(name, (await sdk.connections.create({ name, strategy, options } as never)).id);
    }
    const companies = { "dune-crafts": ["users"], acme: ["acme-sso"], borealis: ["borealis-sso", "acme-sso"] };
    for (const [name, names] of Object.entries(companies)) {
      const { id = "" } = await sdk.organizations.create({ name, metadata: { type: "customer", status: "active" } });
      keep(name, id);
      for (const connection of names)
        await sdk.organizations.enabledConnections.add(id, { connection_id: this.id(connection) });
    }
  }

  /** Somebody with a password, and with whatever else. */
  async person(email: string, more: object = {}): Promise<string> {
    const sdk = await this.admin();
    const { user_id = "" } = await sdk.users.create({
      connection: "users",
      email,
      password: "Correct-horse-1",
      email_verified: true,
      verify_email: false,
      ...more,
    });
    this.ids.set(email, user_id);
    return user_id;
  }

  /** Makes somebody a member with roles. */
  async join(company: string, email: string, ...roles: readonly string[]): Promise<void> {
    const sdk = await this.admin();
    const [organization, person] = [this.id(company), this.id(email)];
    await sdk.organizations.members.create(organization, { members: [person] });
    if (roles.length > 0)
      await sdk.organizations.members.roles.assign(organization, person, { roles: roles.map((role) => this.id(role)) });
  }

  async token(scopes: readonly string[]): Promise<string> {
    const asked = new URLSearchParams({ scope: scopes.join(" ") });
    const answer = await fetch(`https://${this.domain}/.local/token?${asked}`, { method: "POST" });
    return ((await answer.json()) as { access_token: string }).access_token;
  }

  /** A command of this project's, as a person runs it. The tenant is in this process, which must not wait for it. */
  run(program: string, args: readonly string[], environment: Readonly<Record<string, string>>): Promise<Ran> {
    const env = { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: join(this.#folder, "ca.pem"), ...environment };
    const all = ["--disable-warning=ExperimentalWarning", program, ...args];
    return new Promise((resolve) => {
      execFile(process.execPath, all, { env }, (error, stdout, stderr) =>
        resolve({ status: Number(error?.code ?? 0), stdout, stderr }),
      );
    });
  }

  async #client(scopes: readonly string[], sent: (request: Sent) => void): Promise<ManagementClient> {
    const token = await this.token(scopes);
    const watched: typeof fetch = async (input, init) => {
      const { pathname, search } = new URL(String(input));
      sent(`${init?.method ?? "GET"} ${pathname.replace("/api/v2", "")}${search}`);
      return fetch(input, init);
    };
    return new ManagementClient({ domain: this.domain, token, maxRetries: 0, fetch: watched });
  }
}
