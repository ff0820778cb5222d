import fc from "fast-check";
import { isMap } from "../../../stacks/schema/strict.ts";
import { privateKey } from "../../unit/stacks/certificates.ts";

// An entry that was good, broken in one place or several.

/** What no message may quote: it is put where a secret could stand, and into what a message could print whole. */
export const hush = "hush-7c1e5a90d2";

export type Path = readonly (string | number)[];

/** Every place of a value, the value itself first. */
export function placesIn(value: unknown, path: Path = []): { readonly path: Path; readonly value: unknown }[] {
  const inner = Array.isArray(value)
    ? value.map((item, n) => [n, item] as const)
    : isMap(value)
      ? Object.entries(value)
      : [];
  return [{ path, value }, ...inner.flatMap(([key, item]) => placesIn(item, [...path, key]))];
}

/** What takes the place of any value. */
const strange: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 1e21, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53],
  ...[
    "",
    " ",
    "\n",
    "\u0000",
    "a\nb",
    "\u202eabc",
    "\u200b",
    "\ud800",
    "<b>",
    "null",
    "__proto__",
    "constructor",
    "toString",
    "-",
    "a--b",
    "A",
  ],
  ...[
    "x".repeat(256),
    "x".repeat(2000),
    "é".repeat(64),
    "users",
    "a-guests-sso",
    "a-guests.example",
    "a-guests",
    "e0001",
    "e0002.example",
  ],
  ...[
    "https://a.example",
    "http://a.example/",
    "https://a.example/?a",
    "https://a.example/#a",
    "https://A.example/",
    "https://1.2.3.4/",
    "https://[::1]/",
    "javascript:alert(1)",
    "//a.example",
    "https://localhost",
  ],
  ...[
    "acme.example",
    "ACME.example",
    "*.acme.example",
    "acme",
    "a..example",
    "-a.example",
    "xn--a.example",
    "ü.example",
    "1.2.3.4",
    "a@b.example",
    "a@B.example",
  ],
  ...[{ toString: 1 }, { constructor: {} }, { a: { b: hush } }, [[hush]], { a: [{ b: hush }] }, [null], {}, []],
  { config: hush.toUpperCase() },
  { config: hush },
  { config: "shared-secret", arn: hush },
  { arn: hush },
];

/** What takes the place of a value that is never quoted. */
const secrets: readonly unknown[] = [
  hush,
  `${hush}\n`,
  ` ${hush}`,
  `é${hush}`,
  { config: hush, more: hush },
  { [hush]: hush },
  [hush],
  privateKey,
  `${privateKey}${hush}`,
];
const secretUrls: readonly unknown[] = [
  `https://a:${hush}@a.example/`,
  `https://a.example/?token=${hush}`,
  `https://a.example/#${hush}`,
  `${hush} `,
];

const unquoted = new Set([
  "clientSecret",
  "config",
  "arn",
  "clientId",
  "certificate",
  "tenantId",
  "metadata",
  "publicKeys",
]);
const urls = new Set(["issuer", "signInUrl", "signOutUrl", "iconUrl", "logoUrl", "metadataUrl"]);

const keys = [
  "displayname",
  "name",
  "domain",
  "domains",
  "state",
  "type",
  "strategy",
  "owner",
  "clientSecret",
  "secret",
  "a b",
  "",
  "é",
  "x".repeat(200),
  "constructor",
  "toString",
  "__proto__",
  "1",
  "Users",
  "users",
  "a-guests-sso",
];

interface Mutation {
  readonly kind: (typeof kinds)[number];
  readonly place: number;
  readonly pick: number;
}
const kinds = [
  "strange",
  "strange",
  "secret",
  "secret",
  "unknown key",
  "no key",
  "other key",
  "twice",
  "empty",
  "many",
  "swap",
  "case",
  "signs",
  "number",
] as const;

export const mutations = fc.array(fc.record({ kind: fc.constantFrom(...kinds), place: fc.nat(), pick: fc.nat() }), {
  minLength: 1,
  maxLength: 3,
});

/**
 * The entry with all mutations, one after the other: first those that move what is there, last what no message may quote, so that nothing
 * of that kind comes to where a text may be quoted.
 */
export function mutated(entry: unknown, all: readonly Mutation[]): unknown {
  const turn = ({ kind }: Mutation) => (kind === "swap" || kind === "other key" ? 0 : kind === "secret" ? 2 : 1);
  const sorted = all.toSorted((one, other) => turn(one) - turn(other));
  return sorted.reduce<unknown>((value, mutation) => mutate(value, mutation), structuredClone(entry));
}

function mutate(entry: unknown, { kind, place, pick }: Mutation): unknown {
  const places = placesIn(entry);
  const some = places.filter(({ path, value }) => fits(kind, path, value));
  const at = some[place % some.length];
  if (!at) return entry;
  const from = <One>(list: readonly One[]) => list[pick % list.length] as One;
  const { path, value } = at;
  const put = (next: unknown) => replaced(entry, path, next);
  switch (kind) {
    case "strange":
      return put(structuredClone(from(strange)));
    case "secret":
      return put(structuredClone(from(urls.has(String(path.at(-1))) ? secretUrls : secrets)));
    case "unknown key":
      return put({ ...(value as object), [from(keys)]: from([[[hush]], { a: { b: hush } }, null, 1]) });
    case "no key":
    case "other key": {
      const pairs = Object.entries(value as object);
      const gone = pick % pairs.length;
      return put(
        Object.fromEntries(
          pairs.flatMap(([key, item], n) =>
            n !== gone ? [[key, item]] : kind === "no key" ? [] : [[from(keys), item]],
          ),
        ),
      );
    }
    case "twice":
      return put([...(value as unknown[]), ...(value as unknown[]).slice(0, 1)]);
    case "empty":
      return put(Array.isArray(value) ? [] : {});
    case "many":
      return put(
        Array.from({ length: from([11, 21, 51, 201, 1001]) }, (_, n) =>
          typeof (value as unknown[])[0] === "string" ? `${(value as string[])[0]}${n}` : n,
        ),
      );
    case "swap":
      return put(structuredClone(from(places).value));
    case "case":
      return put((value as string).toUpperCase());
    case "signs":
      return put(
        from(["\u200b", " ", "\n", ".", "é", "\u202e", "<", "/", "*", '"', "x".repeat(300)]).replace(
          /^/,
          value as string,
        ),
      );
    case "number":
      return put((value as number) + from([0.5, -1e6, 1e6, 1]));
  }
}

function fits(kind: Mutation["kind"], path: Path, value: unknown): boolean {
  const key = String(typeof path.at(-1) === "number" ? path.at(-2) : path.at(-1));
  switch (kind) {
    case "secret":
      return unquoted.has(key) || urls.has(key);
    case "unknown key":
      return isMap(value);
    case "no key":
    case "other key":
      return isMap(value) && Object.keys(value).length > 0;
    case "twice":
    case "many":
      return Array.isArray(value) && value.length > 0;
    case "empty":
      return typeof value === "object" && value !== null;
    case "case":
    case "signs":
      return typeof value === "string";
    case "number":
      return typeof value === "number";
    default:
      return true;
  }
}

function replaced(value: unknown, [step, ...rest]: Path, next: unknown): unknown {
  if (step === undefined) return next;
  if (Array.isArray(value)) return value.map((item, n) => (n === step ? replaced(item, rest, next) : item));
  const pairs = Object.entries(value as object);
  return Object.fromEntries(pairs.map(([key, item]) => [key, key === step ? replaced(item, rest, next) : item]));
}
