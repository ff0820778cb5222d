import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach } from "vitest";
import type { Place } from "../../../cli/customer/place.ts";
import { root } from "../../harness/stack-settings.ts";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** The entries that tests count on: what the stack gets beside them is no matter of theirs. */
const companies = ["acme", "borealis", "cedar", "dune-crafts", "wheelhouse"];

/** A checkout of the settings and entries alone, gone after the test. */
export class Checkout implements Place {
  readonly root = mkdtempSync(join(tmpdir(), "customers-"));
  readonly stack: string;

  constructor(stack = "local") {
    this.stack = stack;
    folders.push(this.root);
    for (const name of ["Pulumi.local.yaml", "Pulumi.dev.yaml"]) cpSync(join(root, name), join(this.root, name));
    for (const slug of companies) {
      const file = `stacks/local/customers/${slug}.yaml`;
      cpSync(join(root, file), join(this.root, file));
    }
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.root, file)), { recursive: true });
    writeFileSync(join(this.root, file), text);
  }

  read(file: string): string {
    return readFileSync(join(this.root, file), "utf8");
  }

  /** The names of the entries' files. */
  entries(): string[] {
    return readdirSync(join(this.root, "stacks", this.stack, "customers"));
  }
}
