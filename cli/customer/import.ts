import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { ManagementClient } from "auth0";
import { organizationTypes } from "../../access/words.ts";
import { lineOf } from "../../stacks/faults.ts";
import { Answers, Faults, type Terminal } from "./asked.ts";
import { conditionsOf } from "./conditions.ts";
import { entryOf } from "./import/company.ts";
import { Findings } from "./import/findings.ts";
import { importableOf } from "./import/resources.ts";
import { type FoundOrganization, readOrganization } from "./import/tenant.ts";
import { type Place, readOffline } from "./place.ts";
import { written } from "./written.ts";

/** What may be given on the command line, for what the tenant does not say. */
export interface ImportOptions {
  readonly type?: string;
  /** `api_access=on` */
  readonly condition?: readonly string[];
  readonly state?: string;
  readonly stage?: string;
  readonly domain?: readonly string[];
  readonly tenantId?: string;
}

/** What was written, and what is to be known of it. */
export interface Imported {
  readonly file: string;
  readonly slug: string;
  /** For `pulumi import --file`. */
  readonly idsFile: string;
  /** How many resources that is. */
  readonly count: number;
  /** The secrets that the entry names. */
  readonly secrets: readonly string[];
  readonly unproven: boolean;
  /** What no entry says, and what becomes of it. */
  readonly notes: readonly string[];
  /** What is allowed, and seldom meant. */
  readonly warnings: readonly string[];
}

/**
 * Writes the entry of a company whose organization the tenant has already, and beside it the ids by which Pulumi takes
 * over what there is. Nothing of the tenant is changed, and no secret is written.
 * @throws Faults or pulumi.RunError with everything that is wrong; then nothing is written
 */
export async function importCompany(
  place: Place,
  given: string,
  options: ImportOptions,
  tenant: ManagementClient,
  terminal: Terminal | undefined,
): Promise<Imported> {
  const { settings } = readOffline(place, { unfinished: ["secrets", "proofs"] });
  const found = await readOrganization(tenant, given);
  const slug = found.name;
  const file = join("stacks", place.stack, "customers", `${slug}.yaml`);
  const idsFile = `${slug}.import.json`;
  const present = [file, idsFile].filter((name) => existsSync(join(place.root, name)));
  if (present.length > 0)
    throw new Faults(present.map((name) => `${name}: is there already; allowed: to take it away first`));

  const findings = new Findings();
  const taken = new Set(settings.companies.flatMap(({ entry }) => Object.keys(entry.connections ?? {})));
  const secretOf = (connection: string) => `${connection}-secret`;
  const decided = await decide(found, options, new Answers(terminal), findings);
  const entry = entryOf(
    found,
    { ...decided, domains: options.domain ?? [], tenantId: options.tenantId, taken, secretOf },
    findings,
  );
  const entries = [{ slug, file, path: [], value: entry }];
  const read = () => readOffline(place, { entries, unfinished: ["secrets", "proofs"], now: new Date() });
  if (findings.faults.length > 0) throw new Faults([...findings.faults, ...faultsOf(read, findings.covered)]);
  const checked = read().settings;
  const resources = await importableOf(checked, slug, found);

  mkdirSync(dirname(join(place.root, file)), { recursive: true });
  // "wx": never over a file that came in the meantime
  writeFileSync(join(place.root, file), written(entry), { flag: "wx" });
  writeFileSync(join(place.root, idsFile), `${JSON.stringify({ resources }, undefined, 2)}\n`, { flag: "wx" });
  const connections = Object.entries(Object(entry.connections)) as [string, Readonly<Record<string, unknown>>][];
  return {
    file,
    slug,
    idsFile,
    count: resources.filter((one) => "id" in one).length,
    secrets: connections.flatMap(([name, { clientSecret }]) => (clientSecret === undefined ? [] : [secretOf(name)])),
    unproven: settings.environment.domainProof && connections.some(([, { domains }]) => domains !== undefined),
    notes: findings.notes,
    warnings: checked.warnings.filter((warning) => warning.file === file).map(lineOf),
  };
}

/** What the organization's metadata say, where nothing is given; asked for where neither does. */
async function decide({ metadata }: FoundOrganization, options: ImportOptions, answers: Answers, findings: Findings) {
  const text = (key: string) => (typeof metadata[key] === "string" ? metadata[key] : undefined);
  const type = await answers.read({
    flag: "--type",
    what: "the kind of company",
    given: options.type ?? text("type"),
    among: organizationTypes.map((value) => ({ value, label: value })),
  });
  const conditions = await conditionsOf(answers, type, options.condition ?? [], text);
  findings.faults.push(...answers.faults);
  if (type === "") findings.covered.push("type");
  const state = options.state ?? (text("status") === "suspended" ? "suspended" : undefined);
  return { type, conditions, state, stage: options.stage ?? text("stage") };
}

/** The lines of a refusal, without its heading and without what was said before. */
function faultsOf(read: () => unknown, covered: readonly string[]): string[] {
  try {
    read();
    return [];
  } catch (error) {
    if (!(error instanceof pulumi.RunError)) throw error;
    const lines = error.message.split("\n").filter((line) => line.startsWith("✖ "));
    return lines.filter((line) => !covered.some((place) => line.includes(`: ${place}: `))).map((line) => line.slice(2));
  }
}
