import type { Directory } from "../access/directory.ts";
import { fieldsOf, textsOf } from "../access/metadata.ts";

/**
 * Reads the stack's output `directory` once, when a back end starts: a damaged one is noticed there, and not by a person who signs in.
 * @param value what `JSON.parse` gives
 * @throws naming the first place that is not as `Directory` says; no value is quoted
 */
export function readDirectory(value: unknown): Directory {
  each(value, "", { issuer: text, apps: mapOf(app), apis: mapOf(api), organizations: mapOf(organization) });
  return value as Directory;
}

type Check = (value: unknown, place: string) => void;

const text = check("a text", (value) => typeof value === "string" && value !== "");
const texts = check("a list of texts", (value) => textsOf(value) !== undefined);
const flag = check("true or false", (value) => typeof value === "boolean");
const count = check("a whole number", (value) => Number.isSafeInteger(value) && Number(value) >= 0);
const individuals = check('"allow" or "deny"', (value) => value === "allow" || value === "deny");
const policy = shape({ orgTypes: texts, orgRequires: mapOf(text), individuals, app: optional(text) });
const registration = { clientId: text, url: text };
const app = shape({ ...registration, policy, individuals: optional(shape(registration)) });
const api = shape({ identifier: text });
const organization = shape({
  slug: text,
  displayName: text,
  type: text,
  state: text,
  conditions: mapOf(text),
  domains: texts,
  guests: texts,
  passwords: flag,
  apps: optional(texts),
  subdomains: optional(texts),
  memberRoles: optional(texts),
  limits: optional(shape({ credentials: optional(count), members: optional(count) })),
});

function check(what: string, is: (value: unknown) => boolean): Check {
  return (value, place) => {
    if (!is(value)) throw new Error(`the directory is damaged at ${place || "its root"}: not ${what}`);
  };
}

function optional(inner: Check): Check {
  return (value, place) => {
    if (value !== undefined) inner(value, place);
  };
}

function shape(fields: Readonly<Record<string, Check>>): Check {
  return (value, place) => each(value, place, fields);
}

/** An object with these fields. More may be there: a newer program's output serves an older back end. */
function each(value: unknown, place: string, fields: Readonly<Record<string, Check>>): void {
  object(value, place);
  for (const [name, inner] of Object.entries(fields)) inner(fieldsOf(value)?.[name], at(place, name));
}

function mapOf(inner: Check): Check {
  return (value, place) => {
    object(value, place);
    for (const [name, one] of Object.entries(fieldsOf(value) ?? {})) inner(one, at(place, name));
  };
}

const object = check("an object", (value) => fieldsOf(value) !== undefined);

function at(place: string, name: string): string {
  return place === "" ? name : `${place}.${name}`;
}
