import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { ensureEngine } from "../../local/engine/engine.ts";
import { cliEnvironment } from "../../local/engine/environment.ts";
import { type LocalFolder, localFolder, PROJECT } from "../../local/engine/folder.ts";
import { ensurePlugin, placePlugin } from "../../local/engine/plugin.ts";
import { run } from "../../local/engine/program.ts";
import { writeRoots } from "../../local/engine/roots.ts";
import { Served } from "../server.ts";
import { Exported } from "./state.ts";

/** One customer as both programs have it. */
export interface Customer {
  readonly slug: string;
  readonly displayName: string;
}

/** The n-th customer. Its slug stands in all that is made of it, and in nothing else. */
export const customer = (n: number): Customer => {
  const slug = `company-${String(n).padStart(6, "0")}`;
  return { slug, displayName: `The ${slug}` };
};

export const domainOf = ({ slug }: Pick<Customer, "slug">) => `${slug}.example`;

interface Program {
  /** What is copied of the project, and to where. */
  readonly files: readonly (readonly [from: string, to: string])[];
  write(folder: string, customers: readonly Customer[]): void;
}

/** This program: an entry a customer, with a connection and a machine. */
export const own: Program = {
  files: [
    "index.ts",
    "access",
    "actions",
    "components",
    "stacks",
    "package.json",
    "tsconfig.json",
    "Pulumi.yaml",
    "Pulumi.local.yaml",
  ].map((name) => [name, name] as const),
  write(folder, customers) {
    const settings = parseDocument(readFileSync(join(folder, "Pulumi.local.yaml"), "utf8"));
    settings.deleteIn(["config", "auth0-b2b:cedar-sso-secret"]); // no entry here names it
    writeFileSync(join(folder, "Pulumi.local.yaml"), settings.toString());
    const entries = join(folder, "stacks/local/customers");
    rmSync(entries, { recursive: true });
    mkdirSync(entries);
    for (const one of customers) writeFileSync(join(entries, `${one.slug}.yaml`), entryOf(one));
  },
};

function entryOf({ slug, displayName }: Customer): string {
  return `displayName: ${displayName}
type: customer
conditions: { api_access: "on" }
connections:
  ${slug}-sso:
    strategy: oidc
    issuer: https://login.${domainOf({ slug })}/
    clientId: travel
    clientSecret: { config: acme-sso-secret }
    domains: [${domainOf({ slug })}]
machines: { machine: { scopes: ["read:bookings"] } }
`;
}

/** The naive one: a list of them. */
export const naive: Program = {
  files: [
    ["package.json", "package.json"],
    ["bench/naive/index.ts", "index.ts"],
    ["bench/naive/Pulumi.yaml", "Pulumi.yaml"],
  ],
  write(folder, customers) {
    const all = customers.map((one) => ({ ...one, domain: domainOf(one) }));
    writeFileSync(join(folder, "customers.json"), JSON.stringify(all));
  },
};

/** A copy of a program with a stack, a tenant and a state of its own. */
export class Project {
  readonly folder: string;
  readonly #program: Program;
  readonly #pulumi: string;
  readonly #env: Record<string, string>;
  readonly #tenant: Served;

  private constructor(folder: string, program: Program, pulumi: string, env: Record<string, string>, tenant: Served) {
    this.folder = folder;
    this.#program = program;
    this.#pulumi = pulumi;
    this.#env = env;
    this.#tenant = tenant;
  }

  static async create(program: Program, say: (line: string) => void): Promise<Project> {
    const engine = await ensureEngine(say);
    const plugin = await ensurePlugin(localFolder(), engine.bin, say);
    const folder = mkdtempSync(join(tmpdir(), "bench-"));
    for (const [from, to] of program.files) cpSync(join(PROJECT, from), join(folder, to), { recursive: true });
    symlinkSync(join(PROJECT, "node_modules"), join(folder, "node_modules"));
    const local: LocalFolder = localFolder(join(folder, ".local"));
    mkdirSync(local.state, { recursive: true });
    placePlugin(local.home, plugin);
    const tenant = await Served.start("tenant", local.folder);
    writeRoots(local, process.env.SSL_CERT_FILE);
    const env = cliEnvironment({ local, port: tenant.port, engineBin: engine.bin });
    const project = new Project(folder, program, join(engine.bin, "pulumi"), env, tenant);
    await project.pulumi("stack", "select", "--create", "local");
    return project;
  }

  write(customers: readonly Customer[]): void {
    this.#program.write(this.folder, customers);
  }

  /** Runs the CLI on the stack and returns what it printed. @throws when it fails */
  pulumi(...args: string[]): Promise<string> {
    return this.#succeed(this.#pulumi, [...args, "--non-interactive", "--color", "never"]);
  }

  /** Runs `npm run customer` on the stack and returns what it printed. @throws when it fails */
  customer(...args: string[]): Promise<string> {
    return this.#customer(args, {});
  }

  /** The same as where the state is in a bucket: the CLI exports it, which the command does not ask for where it finds the file. */
  customerByExport(...args: string[]): Promise<string> {
    return this.#customer(args, { PULUMI_BACKEND_URL: "file://./.local/state" });
  }

  #customer(args: readonly string[], env: Record<string, string>): Promise<string> {
    const command = join(PROJECT, "cli/customer/main.ts");
    return this.#succeed(process.execPath, [command, "--root", this.folder, ...args], env);
  }

  async #succeed(file: string, args: readonly string[], more: Record<string, string> = {}): Promise<string> {
    const { status, stdout, stderr } = await run(file, args, { cwd: this.folder, env: { ...this.#env, ...more } });
    if (status === 0) return stdout;
    throw new Error(`${args.join(" ")} failed:\n${stderr}${stdout}`);
  }

  /** @param plain whether secrets are there as they are */
  async state({ plain = false } = {}): Promise<Exported> {
    const flags = plain ? ["--show-secrets"] : [];
    return Exported.parse(JSON.parse(await this.pulumi("stack", "export", "--stack", "local", ...flags)));
  }

  async import(state: Exported): Promise<void> {
    const file = join(this.folder, "state.json");
    writeFileSync(file, JSON.stringify(state));
    await this.pulumi("stack", "import", "--stack", "local", "--file", file);
    rmSync(file);
  }

  async close(): Promise<void> {
    await this.#tenant.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
