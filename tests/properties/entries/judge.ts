import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { placeOf } from "../../../stacks/faults.ts";
import { loadSettings, type Settings } from "../../../stacks/load.ts";
import { rawConfig } from "../../../stacks/stack-file.ts";
import { config } from "../../unit/stacks/project.ts";
import { oidc, through } from "./good.ts";
import { guestConnections } from "./grammar.ts";
import { hush, placesIn } from "./mutations.ts";

/** An entry and where it stands. */
export interface Given {
  readonly slug: string;
  readonly entry: unknown;
  /** As a value that was read already; as the text of its file; or under `customers` of the stack's own file. */
  readonly stands: "read" | "file" | "config";
}

/** What the checks say to a few entries that stand together. */
export interface Judged {
  /** Of those that are accepted, and of the companies whose people may be guests. */
  readonly settings: Settings;
  readonly accepted: readonly Given[];
  readonly refused: ReadonlyMap<Given, readonly string[]>;
}

/** The companies whose people may be guests. Their files come first, so that whoever takes something of theirs is the one to be refused. */
const hosts = guestConnections.map((name): Given => {
  const slug = name.replace(/-sso$/, "");
  return { slug, entry: JSON.stringify(through(slug, oidc(slug))), stands: "file" };
});

/**
 * Loads them together, and those without a fault once more, until nothing is refused.
 * @throws what is no refusal; and a refusal that counts wrong, or has a line about none of them
 */
export function judge(given: readonly Given[]): Judged {
  const refused = new Map<Given, readonly string[]>();
  for (;;) {
    const left = given.filter((one) => !refused.has(one));
    const found = loaded([...hosts, ...left]);
    if (!(found instanceof pulumi.RunError)) return { settings: found, accepted: left, refused };
    const [heading, ...lines] = found.message.split("\n");
    const ofEach = new Map(left.map((one) => [one, lines.filter((line) => line.startsWith(beginningOf(one)))]));
    const count = lines.length === 1 ? "1 fault" : `${lines.length} faults`;
    const counted = heading === `Stack local cannot be used as it is set: ${count}. Nothing was changed.`;
    if (!counted || [...ofEach.values()].flat().length !== lines.length) throw new Error(found.message);
    for (const [one, own] of ofEach) if (own.length > 0) refused.set(one, own);
  }
}

/** The settings of a stack with the entries, or the refusal. @throws anything else */
function loaded(given: readonly Given[]): Settings | pulumi.RunError {
  const root = mkdtempSync(join(tmpdir(), "auth0-b2b-entries-"));
  try {
    mkdirSync(join(root, "stacks/local/customers"), { recursive: true });
    for (const { slug, entry } of at(given, "file")) writeFileSync(join(root, fileOf(slug)), entry as string | Buffer);
    const customers = Object.fromEntries(at(given, "config").map(({ slug, entry }) => [slug, entry]));
    const more = at(given, "read").map(({ slug, entry }) => ({ slug, file: fileOf(slug), path: [], value: entry }));
    const values = rawConfig({ ...config, customers, "shared-secret": { secure: "v1:…" } });
    return loadSettings({ config: values, stack: "local", root, more });
  } catch (cause) {
    if (cause instanceof pulumi.RunError) return cause;
    throw cause;
  } finally {
    rmSync(root, { recursive: true });
  }
}

function at(given: readonly Given[], place: Given["stands"]): Given[] {
  return given.filter(({ stands }) => stands === place);
}

function fileOf(slug: string): string {
  return `stacks/local/customers/${slug}.yaml`;
}

/** Whether a line about the entry says where in it, and what is allowed there, and quotes nothing that could be a secret. */
export function saysAll(given: Given, line: string): boolean {
  const told = line.slice(beginningOf(given).length).replace(/^[.:] ?/, "");
  // a damaged file may have anything anywhere: only the parser's complaints must not quote it
  const mayQuote = given.stands === "file" && !told.startsWith("line ");
  const quiet = mayQuote || (!line.toLowerCase().includes(hush) && !line.includes("PRIVATE KEY"));
  return /; allowed( here)?: ./.test(told) && quiet && !/[\p{Cc}\p{Cf}]/u.test(line) && isPlaced(given, told);
}

/** What is said of an entry or its file as a whole. */
const ofAll = /^(slug|unknown keys?|not UTF-8;|an object|a list|nothing|this \w+)/;

/** At a place that the entry has, or right below one where something is missing; of a file, at a line of it or at some place. */
function isPlaced({ entry, stands }: Given, told: string): boolean {
  if (ofAll.test(told)) return true;
  if (stands === "file") return /^\S.*?: \S/.test(told);
  return placesIn(entry).some(({ path }) => {
    const place = placeOf(path);
    const rest = told.slice(place.length);
    return told.startsWith(place) && ((place !== "" && rest.startsWith(": ")) || /^(^|\.)[A-Za-z_]+: /.test(rest));
  });
}

/** What every line about the entry begins with. */
function beginningOf({ slug, stands }: Given): string {
  return stands === "config" ? `✖ Pulumi.local.yaml: customers.${slug}` : `✖ ${fileOf(slug)}: `;
}
