import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
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
import { root } from "../harness/stack-settings.ts";
import { startTestTenant, type TestTenant } from "./tenant.ts";

/** One thing that the engine did or would do to one resource: `create auth0.Organization acme`. */
export type Step = string;

const program = ["index.ts", "access", "actions", "components", "stacks", "package.json", "tsconfig.json"];
const settings = ["Pulumi.yaml", "Pulumi.local.yaml", "Pulumi.dev.yaml"];

/**
 * A copy of the program in a folder of its own, with a tenant, a `PULUMI_HOME` and a state that nothing else uses.
 * The CLI is the real one; the provider plugin is the one that `make up` would use.
 */
export class World {
  readonly folder: string;
  readonly local: LocalFolder;
  readonly tenant: TestTenant;
  env: Record<string, string>;
  private readonly bin: string;

  private constructor(
    folder: string,
    local: LocalFolder,
    tenant: TestTenant,
    env: Record<string, string>,
    bin: string,
  ) {
    this.folder = folder;
    this.local = local;
    this.tenant = tenant;
    this.env = env;
    this.bin = bin;
  }

  static async create(): Promise<World> {
    const engine = await ensureEngine(console.log);
    const plugin = await ensurePlugin(localFolder(), engine.bin, console.log);
    const folder = mkdtempSync(join(tmpdir(), "auth0-b2b-"));
    for (const name of [...program, ...settings]) cpSync(join(root, name), join(folder, name), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    const local = localFolder(join(folder, ".local"));
    mkdirSync(local.folder);
    placePlugin(local.home, plugin);
    const tenant = await startTestTenant(local);
    writeRoots(local, process.env.SSL_CERT_FILE);
    const setting = { local, port: tenant.port, engineBin: engine.bin };
    const env = cliEnvironment(setting);
    await ensureStack(setting, { bin: engine.bin, env, cwd: folder });
    return new World(folder, local, tenant, env, engine.bin);
  }

  /** Runs the CLI on stack `local` and returns how it ended. */
  pulumi(...args: string[]): Promise<Ended> {
    const all = [...args, "--non-interactive", "--color", "never", "--stack", "local"];
    return run(join(this.bin, "pulumi"), all, { cwd: this.folder, env: this.env });
  }

  /** What a preview says that an `up` would do; unchanged resources are left out. @throws when it fails */
  async preview(...args: string[]): Promise<Step[]> {
    const { stdout } = await this.succeed("preview", "--json", ...args);
    const { steps } = JSON.parse(stdout) as { steps: { op: string; urn: string }[] };
    return steps.filter(({ op }) => op !== "same").map(({ op, urn }) => stepOf(op, urn));
  }

  /** What an `up` did, in order; unchanged resources are left out. @throws when it fails */
  up(...args: string[]): Promise<Step[]> {
    return this.update("up", ...args);
  }

  destroy(): Promise<Step[]> {
    return this.update("destroy");
  }

  /** Reads the tenant into the state; what it found changed. @throws when it fails */
  refresh(): Promise<Step[]> {
    return this.update("refresh");
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text);
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
      .flatMap((done) => (done && !["same", "read"].includes(done.metadata.op) ? [done.metadata] : []))
      .map(({ op, urn }) => stepOf(op, urn));
  }
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
