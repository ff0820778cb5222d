import { companyIn, EntryFile, type Place, readOffline } from "./place.ts";
import { type LookUp, recordsOf, type WantedRecord } from "./records.ts";

/** What the DNS said of a company's domains. */
export interface Proved {
  readonly file: string;
  /** Written into the entry. */
  readonly found: readonly WantedRecord[];
  readonly missing: readonly (WantedRecord & { readonly why: string })[];
}

/**
 * Looks up the record of each of a company's domains, and writes those that are there into its entry.
 * @param today such as 2026-11-28
 */
export async function prove(place: Place, slug: string, lookUp: LookUp, today: string): Promise<Proved> {
  const { settings } = readOffline(place, { unfinished: ["secrets", "proofs"] });
  const company = companyIn(settings, slug, place.stack);
  const found: WantedRecord[] = [];
  const missing: (WantedRecord & { why: string })[] = [];
  for (const record of recordsOf(settings, company)) {
    const why = await missingBecause(record, lookUp);
    if (why === undefined) found.push(record);
    else missing.push({ ...record, why });
  }
  const file = new EntryFile(place, company);
  for (const { connection, domain, value } of found)
    file.set(["connections", connection, "proven", domain], { value, on: today });
  if (found.length > 0) file.write();
  return { file: company.file, found, missing };
}

async function missingBecause({ host, value }: WantedRecord, lookUp: LookUp): Promise<string | undefined> {
  try {
    const texts = await lookUp(host);
    if (texts === undefined) return "there is no such record";
    return texts.includes(value) ? undefined : "the record says something else";
  } catch (thrown) {
    return `no answer (${thrown instanceof Error ? thrown.message : String(thrown)})`;
  }
}
