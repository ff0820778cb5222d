import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { type Fault, faultsOf } from "./faults.ts";
import { type CompanyEntry, company } from "./schema/company.ts";
import { slug } from "./schema/values.ts";

/** An entry as it was written, and where. */
export interface Written {
  readonly slug: string;
  readonly file: string;
  /** Where the entry begins in the file. */
  readonly path: readonly string[];
  readonly value: unknown;
}

export interface Company extends Omit<Written, "value"> {
  readonly entry: CompanyEntry;
}

/** The entries that have a file of their own: `stacks/<stack>/customers/<slug>.yaml`. */
export function entryFiles(root: string, stack: string): { written: Written[]; faults: Fault[] } {
  const folder = join("stacks", stack, "customers");
  const written: Written[] = [];
  const faults: Fault[] = [];
  for (const name of existsSync(join(root, folder)) ? readdirSync(join(root, folder)).sort() : []) {
    const file = join(folder, name);
    const match = /^(.+)\.yaml$/.exec(name);
    if (!match?.[1]) {
      faults.push({ file, path: "", message: "cannot be read; allowed here: files named <slug>.yaml" });
      continue;
    }
    const document = parseDocument(readFileSync(join(root, file), "utf8"));
    for (const error of document.errors) {
      const line = error.linePos?.[0].line ?? 1;
      faults.push({ file, path: `line ${line}`, message: `not YAML: ${error.message.split(/ at line |:?\n/)[0]}` });
    }
    if (document.errors.length === 0) written.push({ slug: match[1], file, path: [], value: document.toJS() });
  }
  return { written, faults };
}

/** The entries that stand under `customers` in `Pulumi.<stack>.yaml`. */
export function configEntries(file: string, customers: unknown): { written: Written[]; faults: Fault[] } {
  if (typeof customers !== "object" || customers === null || Array.isArray(customers)) {
    return {
      written: [],
      faults: [{ file, path: "customers", message: "not a map; allowed: a map from slug to entry" }],
    };
  }
  const written = Object.entries(customers).map(([slug, value]) => ({ slug, file, path: ["customers", slug], value }));
  return { written, faults: [] };
}

/** Checks each entry by itself. An entry with a fault is left out of the companies. */
export function readCompanies(written: readonly Written[]): { companies: Company[]; faults: Fault[] } {
  const companies: Company[] = [];
  const faults: Fault[] = [];
  for (const { value, ...where } of written) {
    const name = slug.safeParse(where.slug);
    if (name.error) {
      const message = `slug ${name.error.issues[0]?.message}`;
      faults.push({ file: where.file, path: where.path.join("."), message });
    }
    const parsed = company.safeParse(value);
    if (parsed.success) companies.push({ ...where, entry: parsed.data });
    else faults.push(...faultsOf(where.file, parsed.error, where.path));
  }
  return { companies, faults };
}
