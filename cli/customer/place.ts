import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { type Document, parseDocument } from "yaml";
import { secretsIn } from "../../stacks/checks/secrets.ts";
import { readTenantDomain } from "../../stacks/config.ts";
import type { Company, Written } from "../../stacks/entries.ts";
import { entryFiles } from "../../stacks/entry-files.ts";
import { environments } from "../../stacks/environments.ts";
import { loadSettings, type Settings } from "../../stacks/load.ts";
import { mapEntries } from "../../stacks/map-entries.ts";
import { plain } from "../../stacks/schema/strict.ts";
import { readStackFile, type StackFile, withSecrets } from "../../stacks/stack-file.ts";

/** Where a command works. */
export interface Place {
  /** The folder that holds `stacks/`. */
  readonly root: string;
  readonly stack: string;
}

/** All that a stack is set to, checked without the CLI and without the tenant. */
export interface Offline extends StackFile {
  readonly settings: Settings;
}

/** What is taken for granted. */
interface Assumed {
  /** Entries that are not written yet. */
  readonly entries?: readonly Written[];
  /** Whether secrets may still have to be set, and domains to be proven. @default nothing is still to be done */
  readonly unfinished?: readonly ("secrets" | "proofs")[];
  /** By which certificates are judged. @default none: no date is judged */
  readonly now?: Date;
}

/**
 * Reads and checks a stack offline: what is up is not known, so steps between states are not judged.
 * @throws pulumi.RunError with every fault at once
 */
export function readOffline({ root, stack }: Place, { entries = [], unfinished = [], now }: Assumed = {}): Offline {
  const file = readStackFile(root, stack);
  const later = unfinished.includes("secrets") ? namedIn({ root, stack }, file, entries) : [];
  const known = unfinished.includes("proofs")
    ? mapEntries(environments, (_, one) => ({ ...one, domainProof: false }))
    : environments;
  const config = withSecrets(file.config, later);
  const tenant = file.domain ?? readTenantDomain();
  return { ...file, settings: loadSettings({ config, stack, root, more: entries, known, now, tenant }) };
}

/** Every secret that an entry or a setting names. */
function namedIn({ root, stack }: Place, { values }: StackFile, entries: readonly Written[]): string[] {
  const written = [...entryFiles(root, stack).written, ...entries].map(({ value }) => value);
  return [values, ...written].flatMap((value) => secretsIn("", [], value)).map(({ name }) => name);
}

/** @throws pulumi.RunError where no entry has the slug */
export function companyIn({ companies }: Settings, slug: string, stack: string): Company {
  const found = companies.find((one) => one.slug === slug);
  if (found) return found;
  const known = companies.map((one) => one.slug).join(", ");
  throw new pulumi.RunError(`Stack ${stack} has no entry ${plain(slug)}; its entries: ${known || "none"}.`);
}

/** An entry in its file, to be changed with its comments kept. */
export class EntryFile {
  readonly #path: string;
  readonly #document: Document;
  readonly #prefix: readonly string[];

  constructor({ root }: Place, { file, path }: Pick<Company, "file" | "path">) {
    this.#path = join(root, file);
    this.#document = parseDocument(readFileSync(this.#path, "utf8"));
    const [first, ...rest] = path;
    // in a stack's file the entry stands under a setting with the project's name
    this.#prefix = first === undefined ? [] : ["config", `auth0-b2b:${first}`, ...rest];
  }

  /** Of a plain value that is written in another's place, also the comment beside it stays. */
  set(path: readonly string[], value: unknown): void {
    const written = typeof value === "object" ? this.#document.createNode(value) : value;
    this.#document.setIn([...this.#prefix, ...path], written);
  }

  write(): void {
    writeFileSync(this.#path, this.#document.toString({ lineWidth: 0 }));
  }
}
