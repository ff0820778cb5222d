import fc from "fast-check";
import { isMap } from "../../../stacks/schema/strict.ts";
import { pem } from "../../unit/stacks/certificates.ts";
import { rsa } from "../../unit/stacks/machines.ts";

// What an entry's values are made of. Each text that must be one entry's alone holds the token, which becomes the entry's number.

/** Five signs that a slug, a domain, a label and a UUID all take; each entry has a number of as many signs in its place. */
export const token = "e0000";

/** The same value with the entry's number in place of the token, in its keys too. */
export function numbered<Value>(value: Value, number: number): Value {
  const own = `e${String(number).padStart(4, "0")}`;
  const walk = (inner: unknown): unknown => {
    if (typeof inner === "string") return inner.replaceAll(token, own);
    if (Buffer.isBuffer(inner)) return Buffer.from(inner.toString("latin1").replaceAll(token, own), "latin1");
    if (Array.isArray(inner)) return inner.map(walk);
    if (!isMap(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, item]) => [key.replaceAll(token, own), walk(item)]));
  };
  return walk(value) as Value;
}

const lower = [..."abcdefghijklmnopqrstuvwxyz"];
const alnum = [...lower, ..."0123456789"];
const from = (signs: readonly string[], least: number, most: number) =>
  fc.string({ unit: fc.constantFrom(...signs), minLength: least, maxLength: most });
/** Mostly short, now and then as long as may be. */
const upTo = (signs: readonly string[], most: number) =>
  fc.oneof({ weight: 9, arbitrary: from(signs, 1, 12) }, { weight: 1, arbitrary: from(signs, most, most) });

/** With single hyphens between the parts, the token in front. */
const hyphened = (longest: number) =>
  upTo(alnum, longest - token.length - 1).map((text) => `${token}-${text}`.slice(0, longest));

export const slug = fc.oneof(fc.constant(token), hyphened(50));
export const connectionName = hyphened(128);
export const label = hyphened(63);
export const machineName = fc
  .oneof(from([...alnum, "-"], 0, 8), from([...alnum, "-"], 29, 29))
  .chain((rest) => fc.constantFrom(...lower).map((first) => `${first}${rest}`));

const words = [
  "Acme",
  "Söhne & Töchter",
  "شركة السفر",
  "地平线旅行社",
  "Путешествия",
  "O’Brien",
  "“Travel”",
  "Cafe\u0301",
  "🌍",
  "A\u00a0& B",
  "1234",
  "true",
  "null",
  "x: y",
  "#1",
  "- a",
  "{b}",
  "%TAG",
  "*",
  "&c",
  "!d",
  "'",
];
export const displayName = fc.oneof(
  fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 }).map((some) => some.join(" ")),
  fc.constantFrom(...alnum, "好").map((sign) => sign.repeat(255)),
);

/** What a button says. */
export const connectionDisplayName = displayName.map((name) => Array.from(name).slice(0, 100).join("").trim());

const tops = ["example", "travel.example", "group.example", "xn--mnchen-3ya.example", "co.example", "x.y.z.example"];
const part = upTo(alnum, 63 - token.length).map((text) => `${token}${text}`);
/** The labels before it count for the longest: 253 signs. */
export const domain = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(part, fc.constantFrom(...tops)).map(([first, top]) => `${first}.${top}`) },
  {
    weight: 1,
    arbitrary: part
      .map((first) => `${first}.${"b".repeat(63)}.${"c".repeat(63)}`)
      .map((begun) => `${begun}.${"d".repeat(253 - begun.length - 9)}.example`)
      .filter((one) => one.split(".").every(({ length }) => length > 0 && length <= 63)),
  },
);

const path = fc.constantFrom("", "/", "/a/b.c", "/~x_-", "/realms/staff/", "/a%20b");
const port = fc.constantFrom("", "", "", ":8443", ":1");
export const httpsUrl = fc
  .tuple(part, fc.constantFrom(...tops), port, path)
  .map(([host, top, at, rest]) => `https://${host}.${top}${at}${rest}`);
export const colour = fc.tuple(fc.constantFrom("#b3261e", "#FFFBFF", "#000000", "#0b57D0")).map(([one]) => one);

const printable = Array.from({ length: 94 }, (_, n) => String.fromCharCode(0x21 + n));
export const asciiWord = upTo(printable, 255);
const claimSigns = [...alnum, ..."_.:/-", ..."ABC"];
export const claimName = upTo(claimSigns, 255);
export const scope = upTo([...alnum, ..."_:.-"], 100).map((text) => `s${text}`.slice(0, 100));
export const tenantId = from([..."0123456789abcdf"], 27, 27).map((hex) =>
  `${token}${hex}`.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"),
);
export const word = upTo([...alnum, "ö", " ", "好", "'", "-"], 50);
export const metadata = fc.oneof(
  fc.constant(`<EntityDescriptor entityID="http://adfs.example/"/>`),
  fc.constant(`<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">\n</md:EntityDescriptor>`),
  fc.constant(`<EntityDescriptor>${" ".repeat(99_000)}</EntityDescriptor>`),
);
export const certificate = fc.constantFrom(pem, pem.trim(), pem.replaceAll("\n", "\r\n"));
const publicKeys = [rsa(), rsa(), rsa(3072)];
export const keyPair = fc.shuffledSubarray(publicKeys, { minLength: 1, maxLength: 2 });
export const secret = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ config: "shared-secret" }) },
  {
    weight: 1,
    arbitrary: from([...alnum, ..."/_+=.@!-"], 1, 60).map((name) => ({
      arn: `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${name}`,
    })),
  },
);
export const proof = from([...alnum, "_", "-"], 32, 32).map((text) => ({
  value: `auth0-b2b-verification=${text}`,
  on: "2026-11-28",
}));
export const flag = fc.boolean();
