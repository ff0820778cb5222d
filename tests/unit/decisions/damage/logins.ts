import { type Combination, eventOf } from "../dimensions.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** A login with one thing about it that is missing, damaged or oversized, or looks like it: a code, or `admitted`. */
export interface Row {
  readonly title: string;
  readonly event: Record<string, unknown>;
  readonly outcome: string;
}

const base = { verified: "yes", stage: "none", protocol: "oidc-basic-profile" } as const;
const nobody = { individual: "yes", type: "-", status: "-", apiAccess: "-", vendorKind: "-" } as const;
const acme = {
  individual: "no",
  type: "customer",
  status: "active",
  apiAccess: "on",
  vendorKind: "missing",
} as const;

const individualAtMain: Combination = { app: "main", ...nobody, strategy: "auth0", domain: "unclaimed", ...base };
const memberAtMain: Combination = { app: "main", ...acme, strategy: "auth0", domain: "unclaimed", ...base };
const colleagueAtMain: Combination = { app: "main", ...acme, strategy: "oidc", domain: "own", ...base };

/** What replaces parts of an event; a part of `{}` stays as it is. */
type Part = "client" | "connection" | "organization" | "user" | "authorization" | "authentication" | "transaction";
type Change = Readonly<Partial<Record<Part, unknown>>>;

/** An individual who signs in to the main app with the shared database, and is admitted. */
export const individual = (change: Change = {}, at: Partial<Combination> = {}) =>
  changed({ ...individualAtMain, ...at }, change);

/** A member of Acme who signs in to the main app with the shared database, and is admitted. */
export const member = (change: Change = {}, at: Partial<Combination> = {}) =>
  changed({ ...memberAtMain, ...at }, change);

/** A member of Acme who signs in to the main app through Acme's identity provider, and is admitted. */
export const colleague = (change: Change = {}, at: Partial<Combination> = {}) =>
  changed({ ...colleagueAtMain, ...at }, change);

/** The fields of a part are replaced one by one, and left out where undefined; what is no object replaces the part. */
function changed(at: Combination, change: Change): Record<string, unknown> {
  const event = eventOf(at);
  for (const [part, value] of Object.entries(change)) {
    event[part] = isFields(value) ? merged(event[part], value) : value;
  }
  return event;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function merged(old: unknown, change: Fields): Fields {
  const both = { ...(isFields(old) ? old : {}), ...change };
  return Object.fromEntries(Object.entries(both).filter(([, value]) => value !== undefined));
}

/** The metadata of `part` of the event, with fields changed. */
export function metadataOf(event: Record<string, unknown>, part: string, change: Fields): Fields {
  const holder = event[part];
  return merged(isFields(holder) ? holder.metadata : {}, change);
}

/** `count` fields of no meaning. */
export function fillers(count: number): Fields {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`note_${at}`, "x"]));
}
