import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Ended, run } from "../../../local/engine/program.ts";
import { managementScopes } from "../../../local/tenant/entities/management-scopes.ts";
import type { TestTenant } from "../../e2e/tenant.ts";

const require = createRequire(import.meta.url);

/** The program that `npx a0deploy` runs. */
const program = require.resolve("auth0-deploy-cli");

/** The application that the tool has of its own in each tenant; it leaves it out of exports, as it is told to. */
const application = "Deploy CLI";

/** Stands for the tenant's own domain in an export that goes to another tenant. */
export const DOMAIN_KEYWORD = "TENANT_DOMAIN";

/** What an export of an OIDC connection has in place of its secret. */
const SECRET_KEYWORD = "CONNECTIONS_OIDC_SECRET";

/** deploy-cli, set up for one tenant as its README tells people to: an application with scopes, and a file of settings. */
export class DeployCli {
  readonly domain: string;
  private readonly folder: string;
  private readonly env: Readonly<Record<string, string>>;

  private constructor(domain: string, folder: string, env: Readonly<Record<string, string>>) {
    this.domain = domain;
    this.folder = folder;
    this.env = env;
  }

  /**
   * @param ca the file of the authority's certificate of the tenant
   * @param secret what the import gives OIDC connections as their secret: the tool exports none
   */
  static async setUp(tenant: TestTenant, ca: string, folder: string, secret: string): Promise<DeployCli> {
    const domain = `localhost:${tenant.port}`;
    const client = (await tenant.make("clients", { name: application, app_type: "non_interactive" })) as {
      client_id: string;
      client_secret: string;
    };
    const audience = `https://${domain}/api/v2/`;
    await withdrawFromDatabases(tenant, client.client_id);
    await tenant.send("POST", "client-grants", { client_id: client.client_id, audience, scope: documentedScopes });
    mkdirSync(folder);
    const settings = {
      AUTH0_ALLOW_DELETE: true,
      AUTH0_EXCLUDED_CLIENTS: [application],
      AUTH0_KEYWORD_REPLACE_MAPPINGS: { [DOMAIN_KEYWORD]: domain, [SECRET_KEYWORD]: secret },
    };
    writeFileSync(join(folder, "config.json"), JSON.stringify(settings));
    return new DeployCli(domain, folder, {
      AUTH0_DOMAIN: domain,
      AUTH0_CLIENT_ID: client.client_id,
      AUTH0_CLIENT_SECRET: client.client_secret,
      NODE_EXTRA_CA_CERTS: ca,
    });
  }

  /** Exports the tenant; answers the folder. @throws with what the tool said when it fails */
  async export(format: "yaml" | "directory", name: string): Promise<string> {
    const folder = join(this.folder, name);
    await this.succeed("export", "--format", format, "--output_folder", folder, "--export_ordered");
    return folder;
  }

  /** Imports what was exported: the file of an export as YAML, or the folder of one as a directory. @throws likewise */
  async import(input: string): Promise<void> {
    await this.succeed("import", "--input_file", input);
  }

  private async succeed(...args: string[]): Promise<Ended> {
    const all = [program, ...args, "--config_file", join(this.folder, "config.json")];
    // The tool takes every variable of the environment for a keyword: it gets no more than it needs.
    const ended = await run(process.execPath, all, { cwd: this.folder, env: { PATH: process.env.PATH, ...this.env } });
    if (ended.status !== 0) throw new Error(`a0deploy ${args.join(" ")} failed:\n${ended.stdout}\n${ended.stderr}`);
    return ended;
  }
}

/** A new tenant enables each new application for its database; the tool's own logs nobody in, and no export tells of it. */
async function withdrawFromDatabases(tenant: TestTenant, client_id: string): Promise<void> {
  const databases = (await tenant.read("connections?strategy=auth0")) as { id: string; enabled_clients: string[] }[];
  for (const { id, enabled_clients } of databases) {
    if (!enabled_clients.includes(client_id)) continue;
    await tenant.send("PATCH", `connections/${id}/clients`, [{ client_id, status: false }]);
  }
}

/** `read:`, `create:`, `update:` and, for deletions, `delete:` for what is managed: https://github.com/auth0/auth0-deploy-cli#client-scopes */
const documentedScopes = managementScopes.filter((scope) => /^(read|create|update|delete):/.test(scope));
