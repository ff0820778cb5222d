import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addPeople } from "../../local/commands/people.ts";
import { readPeople } from "../../local/commands/people-file.ts";
import type { LocalFolder } from "../../local/engine/folder.ts";
import { type RunningProviders, startProviders } from "../../local/idp/server.ts";
import { startTenant } from "../../local/tenant/server.ts";
import type { Switches } from "../../local/tenant/switches.ts";
import { World } from "../e2e/world.ts";
import { root } from "../harness/stack-settings.ts";
import { Play, type Stage } from "./play.ts";
import { providersOf } from "./providers.ts";

interface Credentials {
  readonly clientId: string;
  readonly clientSecret?: string | null;
}

/** What a real `pulumi up` of stack `local` left behind, with its people added; its tenant is stopped. */
export interface Deployed {
  /** The tenant's: the Actions that were deployed know no other. */
  readonly port: number;
  /** The certificate's, and the data's. */
  readonly local: LocalFolder;
  /** By an app's name, and by a machine's. */
  readonly secrets: readonly (readonly [string, string])[];
  readonly providers: Parameters<typeof providersOf>[0];
  /** The stack's output for apps' back ends, which the kit reads. */
  readonly directory: unknown;
}

/** The stack's outputs, as far as logins need them. */
export interface Outputs {
  readonly apps: Readonly<Record<string, Credentials>>;
  readonly operators: Readonly<Record<string, Credentials>>;
  readonly companies: Readonly<Record<string, { readonly machines: Readonly<Record<string, Credentials>> }>>;
  readonly directory: unknown;
}

/** Deploys stack `local` anew, once and for real. `close` takes it all away. */
export async function deploy(): Promise<{ readonly deployed: Deployed; readonly close: () => Promise<void> }> {
  const world = await World.create();
  const close = () => world.close();
  try {
    await world.up();
    const { tenant, local } = world;
    await addPeople({ port: tenant.port, ca: local.ca }, readPeople(root, "stacks/local/people.yaml"), () => undefined);
    const outputs = (await world.outputs()) as unknown as Outputs;
    const secrets = secretsOf(outputs);
    const providers = {
      "acme-sso": await setting(world, "acme-sso-secret"),
      "cedar-sso": await setting(world, "cedar-sso-secret"),
    };
    await tenant.stop();
    return { deployed: { port: tenant.port, local, secrets, providers, directory: outputs.directory }, close };
  } catch (cause) {
    await close();
    throw cause;
  }
}

/**
 * Stack `local` as one real `pulumi up` deployed it, with its people, and the companies' identity providers. Each scenario gets a tenant
 * of its own on a copy of the data, at the address of the deployment.
 */
export class DeployedStack {
  readonly #deployed: Deployed;
  readonly #providers: RunningProviders;
  readonly #secrets: ReadonlyMap<string, string>;
  readonly #copies: string;
  readonly #close: () => Promise<void>;

  private constructor(deployed: Deployed, providers: RunningProviders, close: () => Promise<void>) {
    this.#deployed = deployed;
    this.#providers = providers;
    this.#secrets = new Map(deployed.secrets);
    this.#copies = mkdtempSync(join(tmpdir(), "auth0-b2b-scenarios-"));
    this.#close = close;
  }

  /** The deployment that a file tells of, which stays; without one a deployment of its own. @default the file at DEPLOYED */
  static async up(file: string | undefined = process.env.DEPLOYED): Promise<DeployedStack> {
    const { deployed, close } =
      file === undefined
        ? await deploy()
        : { deployed: JSON.parse(readFileSync(file, "utf8")) as Deployed, close: async () => {} };
    try {
      const caDir = deployed.local.folder;
      const providers = await startProviders({ port: 0, caDir, providers: providersOf(deployed.providers) });
      return new DeployedStack(deployed, providers, close);
    } catch (cause) {
      await close();
      throw cause;
    }
  }

  /** The stack's output for apps' back ends. */
  get directory(): unknown {
    return this.#deployed.directory;
  }

  /** The folder of the certificate authority. */
  get caDir(): string {
    return this.#deployed.local.folder;
  }

  /** The origin of the companies' identity providers. */
  get providers(): string {
    return this.#providers.url;
  }

  /** Plays on a fresh copy of the tenant, which is gone afterwards. @param start starts the tenant */
  async play<Result>(
    switches: Partial<Switches>,
    story: (play: Play, stage: Stage) => Promise<Result>,
    start = startTenant,
  ): Promise<Result> {
    const { port, local } = this.#deployed;
    const folder = mkdtempSync(join(this.#copies, "tenant-"));
    const data = join(folder, "tenant.db");
    cpSync(local.data, data);
    const providers = this.#providers.at;
    const running = await start({ port, data, caDir: local.folder, switches, providers });
    try {
      const ca = readFileSync(local.ca, "utf8");
      const stage = { issuer: `${running.url}/`, ca, secrets: this.#secrets };
      return await story(new Play(stage), stage);
    } finally {
      await running.close();
      rmSync(folder, { recursive: true });
    }
  }

  async close(): Promise<void> {
    await this.#providers.close();
    rmSync(this.#copies, { recursive: true });
    await this.#close();
  }
}

async function setting(world: World, key: string): Promise<string> {
  const { status, stdout } = await world.pulumi("config", "get", key);
  if (status !== 0) throw new Error(`pulumi config get ${key} failed`);
  return stdout.trim();
}

/**
 * By an app's name, and by a machine's, an operator's or a company's: its slug (`acme`, or `acme/eu` for another machine than `machine`); of
 * machines the id too.
 */
export function secretsOf({ apps, operators, companies }: Outputs): Deployed["secrets"] {
  const machines = Object.entries(companies).flatMap(([slug, { machines }]) =>
    Object.entries(machines).map(
      ([name, machine]) => [name === "machine" ? slug : `${slug}/${name}`, machine] as const,
    ),
  );
  const all = [...Object.entries(apps), ...Object.entries(operators), ...machines];
  return all.flatMap(([name, { clientId, clientSecret }]) => [
    [`${name} id`, clientId] as const,
    ...(clientSecret ? [[name, clientSecret] as const] : []),
  ]);
}
