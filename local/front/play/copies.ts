import { mkdtempSync, rmSync } from "node:fs";
import { copyFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OpenTenant } from "../../tenant/open.ts";

/** Folders of copies. A process that is to end does not wait for a long play, and in a copy lie all of the tenant's secrets. */
const folders = new Set<string>();
process.once("exit", () => {
  for (const folder of folders) away(folder);
});

/** A tenant as it was at one moment, to be tried out: whatever is done to a copy, the tenant itself does not change. */
export class Copies {
  readonly #origin: OpenTenant;
  readonly #folder = mkdtempSync(join(tmpdir(), "auth0-b2b-played-"));
  #taken = 0;

  /** Keeps what the tenant holds now; `close` takes it away. */
  constructor(origin: OpenTenant) {
    this.#origin = origin;
    folders.add(this.#folder);
    try {
      origin.copyInto(this.#first);
    } catch (cause) {
      this.close();
      throw cause;
    }
  }

  get #first(): string {
    return join(this.#folder, "first.db");
  }

  /** Works with one fresh copy, which is gone afterwards. */
  async fresh<Result>(work: (copy: OpenTenant) => Promise<Result>): Promise<Result> {
    this.#taken += 1;
    const file = join(this.#folder, `${this.#taken}.db`);
    await copyFile(this.#first, file);
    const copy = await this.#origin.openCopy(file);
    try {
      return await work(copy);
    } finally {
      copy.close();
      await rm(file);
    }
  }

  close(): void {
    away(this.#folder);
    folders.delete(this.#folder);
  }
}

function away(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
