import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deploy } from "../scenarios/deploy.ts";

/** One deployment of stack `local` for all stages that play logins on copies of it: made for the first of them. */
export class Deployment {
  readonly #ready: () => Promise<void>;
  #made: Promise<() => Promise<void>> | undefined;

  /** @param ready what has to be there first */
  constructor(ready: () => Promise<void>) {
    this.#ready = ready;
  }

  /** Makes sure that it is there, and that the stages' own processes find it. */
  async up(): Promise<void> {
    this.#made ??= this.#make();
    await this.#made;
  }

  async #make(): Promise<() => Promise<void>> {
    await this.#ready();
    const { deployed, close } = await deploy();
    const folder = mkdtempSync(join(tmpdir(), "auth0-b2b-deployed-"));
    const file = join(folder, "deployed.json");
    writeFileSync(file, JSON.stringify(deployed), { mode: 0o600 });
    process.env.DEPLOYED = file;
    return async () => {
      rmSync(folder, { recursive: true });
      await close();
    };
  }

  /** Takes it away, where it was made. */
  async close(): Promise<void> {
    const close = await this.#made?.catch(() => undefined);
    await close?.();
  }
}
