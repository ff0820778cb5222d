import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseDocument } from "yaml";
import { ensureStack } from "../../local/commands/stack.ts";
import { ensureEngine } from "../../local/engine/engine.ts";
import { cliEnvironment } from "../../local/engine/environment.ts";
import { type LocalFolder, localFolder } from "../../local/engine/folder.ts";
import { ensurePlugin, placePlugin } from "../../local/engine/plugin.ts";
import { type Ended, run } from "../../local/engine/program.ts";
import { writeRoots } from "../../local/engine/roots.ts";
import { provenFile } from "../harness/proofs.ts";
import { root } from "../harness/stack-settings.ts";
import { startTestTenant, type TestTenant } from "./tenant.ts";

/** One thing that the engine did or would do to one resource: `create auth0.Organization acme`. */
export type Step = string;

const program = ["index.ts", "access", "actions", "components", "stacks", "package.json", "tsconfig.json"];
const settings = ["Pulumi.yaml", ...["local", "dev", "staging", "prod"].map((stack) => `Pulumi.${stack}.yaml`)];

/**
 * A copy of the program in a folder of its own, with a tenant, a `PULUMI_HOME` and a state that nothing else uses.
 * The CLI is the real one; the provider plugin is the one that `make up` would use.
 */
export class World {
  readonly folder: string;
  readonly local: LocalFolder;
  readonly tenant: TestTenant;
  env: Record<string, string>;
  readonly stack: string;
  private readonly bin: string;

  private constructor(place: Pick<World, "folder" | "local" | "tenant" | "env" | "stack">, bin: string) {
    this.folder = place.folder;
    this.local = place.local;
    this.tenant = place.tenant;
    this.env = place.env;
    this.stack = place.stack;
    this.bin = bin;
  }

  /** @param switches settings of the tenant's own, as environment variables */
  static async create(switches: Readonly<Record<string, string>> = {}): Promise<World> {
    const { world, setting } = await World.place("local", switches);
    await ensureStack(setting, { bin: world.bin, env: world.env, cwd: world.folder });
    return world;
  }

  /**
   * Stack `dev`, guarded as people's logins are, pointed at a local tenant: with the companies of stack `local`, and
   * with what a person sets by hand.
   */
  static async guarded(): Promise<World> {
    const { world } = await World.place("dev", {});
    for (const name of readdirSync(join(root, "stacks/local/customers"))) {
      world.prove(name.replace(/\.yaml$/, ""), readFileSync(join(root, "stacks/local/customers", name), "utf8"));
    }
    mkdirSync(world.local.state, { recursive: true });
    await world.succeed("stack", "init");
    for (const secret of ["mail-password", "acme-sso-secret", "cedar-sso-secret"]) {
      await world.succeed("config", "set", "--secret", secret, `hush-${secret}`);
    }
    return world;
  }

  private static async place(stack: string, switches: Readonly<Record<string, string>>) {
    const engine = await ensureEngine(console.log);
    const plugin = await ensurePlugin(localFolder(), engine.bin, console.log);
    const folder = mkdtempSync(join(tmpdir(), "auth0-b2b-"));
    for (const name of [...program, ...settings]) cpSync(join(root, name), join(folder, name), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    const local = localFolder(join(folder, ".local"));
    mkdirSync(local.folder);
    placePlugin(local.home, plugin);
    const tenant = await startTestTenant(local, switches);
    writeRoots(local, process.env.SSL_CERT_FILE);
    const setting = { local, port: tenant.port, engineBin: engine.bin };
    const env = cliEnvironment(setting);
    return { world: new World({ folder, local, tenant, env, stack }, engine.bin), setting };
  }

  /** Runs the CLI on the world's stack and returns how it ended. */
  pulumi(...args: string[]): Promise<Ended> {
    const all = [...args, "--non-interactive", "--color", "never", "--stack", this.stack];
    return run(join(this.bin, "pulumi"), all, { cwd: this.folder, env: this.env });
  }

  /** Runs `npm run customer` on the world's stack and returns how it ended. */
  customer(...args: string[]): Promise<Ended> {
    const command = [join(root, "cli/customer/main.ts"), "--root", this.folder, "--env", this.stack, ...args];
    const quiet = "--disable-warning=ExperimentalWarning";
    return run(process.execPath, [quiet, ...command], { cwd: this.folder, env: this.env });
  }

  /** What a preview says that an `up` would do; unchanged resources are left out. @throws when it fails */
  async preview(...args: string[]): Promise<Step[]> {
    const { stdout } = await this.succeed("preview", "--json", ...args);
    const { steps } = JSON.parse(stdout) as { steps: { op: string; urn: string }[] };
    return steps.filter(tells).map(({ op, urn }) => stepOf(op, urn));
  }

  /** What an `up` did, in order; unchanged resources are left out. @throws when it fails */
  up(...args: string[]): Promise<Step[]> {
    return this.update("up", ...args);
  }

  destroy(): Promise<Step[]> {
    return this.update("destroy");
  }

  /** What the CLI says of an `up` that fails. @throws when it succeeds */
  async refusal(...args: string[]): Promise<string> {
    const ended = await this.pulumi("up", "--yes", "--json", ...args);
    if (ended.status === 0) throw new Error("the update was not refused");
    return complaints(ended);
  }

  /** Reads the tenant into the state; what it found changed. @throws when it fails */
  refresh(): Promise<Step[]> {
    return this.update("refresh");
  }

  /** Takes protection from the resources whose URN matches, as `pulumi state unprotect` does. */
  async unprotect(match: RegExp): Promise<void> {
    const { stdout } = await this.succeed("stack", "export");
    const { deployment } = JSON.parse(stdout) as { deployment: { resources: { urn: string; protect?: boolean }[] } };
    const urns = deployment.resources.filter(({ urn, protect }) => protect && match.test(urn)).map(({ urn }) => urn);
    if (urns.length === 0) throw new Error(`nothing protected matches ${match}`);
    await this.succeed("state", "unprotect", ...urns, "--yes");
  }

  /** The stack's outputs, secrets in plain. */
  async outputs(): Promise<Outputs> {
    return JSON.parse((await this.succeed("stack", "output", "--json", "--show-secrets")).stdout);
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text);
  }

  /** Writes a company's entry into a guarded stack, its domains proven. */
  prove(slug: string, entry: string): void {
    const settings = parseDocument(this.read(`Pulumi.${this.stack}.yaml`));
    const namespace = String(settings.getIn(["config", "auth0-b2b:claimNamespace"]));
    this.write(`stacks/${this.stack}/customers/${slug}.yaml`, provenFile(namespace, slug, entry));
  }

  remove(file: string): void {
    rmSync(join(this.folder, file));
  }

  /** Changes one value of a YAML file. */
  edit(file: string, path: readonly string[], value: unknown): void {
    const document = parseDocument(readFileSync(join(this.folder, file), "utf8"));
    document.setIn(path, value);
    writeFileSync(join(this.folder, file), document.toString());
  }

  async close(): Promise<void> {
    await this.tenant.stop();
    rmSync(this.folder, { recursive: true });
  }

  private async succeed(...args: string[]): Promise<Ended> {
    const ended = await this.pulumi(...args);
    if (ended.status !== 0) throw new Error(`pulumi ${args.join(" ")} failed:\n${complaints(ended)}`);
    return ended;
  }

  private async update(...args: string[]): Promise<Step[]> {
    return eventsOf(await this.succeed(...args, "--yes", "--skip-preview", "--json"))
      .map(({ resOutputsEvent }) => resOutputsEvent)
      .flatMap((done) => (done && tells(done.metadata) ? [done.metadata] : []))
      .map(({ op, urn }) => stepOf(op, urn));
  }
}

/** Not what is unchanged, nor the stack's look at its own last outputs. */
function tells({ op, urn }: { readonly op: string; readonly urn: string }): boolean {
  return op !== "same" && !urn.includes("pulumi:pulumi:StackReference");
}

interface Outputs {
  readonly operators: Readonly<
    Record<"first-roles" | "sales", { readonly clientId: string; readonly clientSecret: string }>
  >;
  readonly roles: Readonly<Record<string, { readonly roleId: string }>>;
}

interface Event {
  readonly resOutputsEvent?: { readonly metadata: { readonly op: string; readonly urn: string } };
  readonly diagnosticEvent?: { readonly severity: string; readonly message: string };
}

/** What the engine did, as it tells a program: one JSON object a line. */
function eventsOf({ stdout }: Ended): Event[] {
  return stdout
    .split("\n")
    .filter((line) => line.startsWith('{"sequence"'))
    .map((line) => JSON.parse(line) as Event);
}

function complaints(ended: Ended): string {
  const messages = eventsOf(ended).flatMap(({ diagnosticEvent }) =>
    diagnosticEvent?.severity === "error" ? diagnosticEvent.message : [],
  );
  return messages.length > 0 ? messages.join("") : `${ended.stdout}\n${ended.stderr}`;
}

function stepOf(op: string, urn: string): Step {
  const [, , types = "", name = ""] = urn.split("::");
  const type = (types.split("$").at(-1) ?? "").replace(/^auth0:index\/\w+:/, "auth0.").replace(/^auth0-b2b:\w+:/, "");
  return `${op} ${type} ${name}`;
}
