import { z } from "zod";
import { type Fault, faultsOf, placeOf } from "./faults.ts";
import { type CompanyEntry, company } from "./schema/company.ts";
import { plain } from "./schema/strict.ts";
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

/** The accounts with a password that stay at a claimed domain, each with the company that it is for. */
export function breakGlassOf(companies: readonly Company[]): { slug: string; address: string }[] {
  return companies.flatMap(({ slug, entry: { breakGlass: address } }) => (address ? [{ slug, address }] : []));
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
    const { file, path } = where;
    const name = slug.safeParse(where.slug);
    if (name.error) faults.push({ file, path: placeOf(path), message: `slug ${name.error.issues[0]?.message}` });
    for (const place of prototypeKeys(value)) {
      faults.push({
        file,
        path: placeOf([...path, ...place]),
        message: "cannot be used as a key; allowed: another name",
      });
    }
    const parsed = company.safeParse(value);
    if (parsed.success) companies.push({ ...where, entry: parsed.data });
    else faults.push(...faultsOf(file, parsed.error, path));
  }
  return { companies, faults };
}

/** Levels below which no entry has anything: the schema refuses what is there, and no call goes down to it. */
export const deepest = 30;

/** Keys named `__proto__`, which objects and the schema pass over in silence. */
function prototypeKeys(value: unknown, levels = deepest): PropertyKey[][] {
  if (typeof value !== "object" || value === null || levels === 0) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === "__proto__") return [[key]];
    const step = Array.isArray(value) ? Number(key) : key;
    return prototypeKeys(inner, levels - 1).map((place) => [step, ...place]);
  });
}

const claimedConnection = z
  .looseObject({
    domains: z.array(z.unknown()).catch([]),
    proven: z.record(z.string(), z.looseObject({ value: z.unknown() }).catch({ value: undefined })).catch({}),
    strategy: z.unknown().optional(),
    owner: z.unknown().optional(),
    showAsButton: z.unknown().optional(),
  })
  .catch({ domains: [], proven: {} });

const claimed = z
  .looseObject({
    type: z.unknown().optional(),
    displayName: z.unknown().optional(),
    stage: z.string().optional().catch(undefined),
    state: z.unknown().default("live"),
    people: z.unknown().optional(),
    machines: z.record(z.string(), z.looseObject({}).catch({})).catch({}),
    guests: z.array(z.unknown()).catch([]),
    subdomains: z.array(z.unknown()).catch([]),
    apps: z.array(z.unknown()).catch([]),
    memberRoles: z.array(z.unknown()).catch([]),
    conditions: z.record(z.string(), z.unknown()).catch({}),
    breakGlass: z.unknown().optional(),
    connections: z.record(z.string(), claimedConnection).catch({}),
  })
  .catch({
    stage: undefined,
    state: "live",
    machines: {},
    guests: [],
    subdomains: [],
    apps: [],
    memberRoles: [],
    conditions: {},
    connections: {},
  });

/** An entry with what it lays claim to, as far as that can be read: an entry with one fault must not hide another. */
export interface Claimed extends Omit<Written, "value"> {
  readonly claims: z.infer<typeof claimed>;
}

export function claimsOf({ value, ...where }: Written): Claimed {
  return { ...where, claims: claimed.parse(value) };
}

/** A fault of an entry, at a place in it. */
export function at(
  { file, path }: Pick<Claimed, "file" | "path">,
  place: readonly PropertyKey[],
  message: string,
): Fault {
  return { file, path: placeOf([...path, ...place]), message };
}

/** What is said where there is no entry to change. */
export function noEntry(stack: string, slug: string): string {
  return `Stack ${plain(stack)} has no entry ${plain(slug)}; allowed: the slug of an entry, and for what left a pulumi up of the whole stack.`;
}
