import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { front } from "../../local/front/front.ts";
import type { Providers } from "../../local/idp/description.ts";
import { type RunningProviders, startProviders } from "../../local/idp/server.ts";
import { startTenant } from "../../local/tenant/server.ts";
import type { Switches } from "../../local/tenant/switches.ts";
import { root } from "../harness/stack-settings.ts";
import type { Deployed } from "./deploy.ts";
import { Play, type Stage } from "./play.ts";
import { providersOf } from "./providers.ts";

/**
 * Stack `local` as one real `pulumi up` deployed it, with its people, and the companies' identity providers. Each scenario gets a tenant
 * of its own on a copy of the data, at the address of the deployment.
 */
export class DeployedStack {
  readonly #deployed: Deployed;
  readonly #providers: RunningProviders;
  readonly #secrets: ReadonlyMap<string, string>;
  readonly #copies: string;

  private constructor(deployed: Deployed, running: RunningProviders, providers: Providers) {
    this.#deployed = deployed;
    this.#providers = running;
    this.#secrets = new Map(deployed.secrets);
    this.#copies = mkdtempSync(join(tmpdir(), "auth0-b2b-scenarios-"));
    writeFileSync(this.providersFile, JSON.stringify({ providers }), { mode: 0o600 });
  }

  /** The file that describes the companies' identity providers. */
  get providersFile(): string {
    return join(this.#copies, "providers.yaml");
  }

  /** On the deployment of the test run, which stays. */
  static async up(): Promise<DeployedStack> {
    const deployed = JSON.parse(readFileSync(inject("deployed"), "utf8")) as Deployed;
    const providers = providersOf(deployed.providers);
    const running = await startProviders({ port: 0, caDir: deployed.local.folder, providers });
    return new DeployedStack(deployed, running, providers);
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

  /** Starts a tenant as `make up` does: with its front page. */
  readonly startWithFront: typeof startTenant = (options) => {
    const people = join(root, "stacks/local/people.yaml");
    return startTenant({ ...options, front: front({ people, identityProviders: this.providersFile }) });
  };

  async close(): Promise<void> {
    await this.#providers.close();
    rmSync(this.#copies, { recursive: true });
  }
}
