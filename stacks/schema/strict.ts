import { z } from "zod";
import { looksSecret } from "./looks-secret.ts";

/** A strict object whose complaints name the keys that are allowed, and quote no value. */
export function strict<Shape extends z.core.$ZodShape>(shape: Shape) {
  const keys = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `unknown ${issue.keys.length === 1 ? "key" : "keys"} ${issue.keys.map(plain).join(", ")}; allowed: ${keys}`
        : saidQuietly(issue.input, `an object with ${keys}`),
  });
}

/** The same where a person could have put a secret by mistake: not even unknown keys are named. */
export function quietStrict<Shape extends z.core.$ZodShape>(shape: Shape) {
  const allowed = `an object with ${Object.keys(shape).join(", ")} and nothing else`;
  return z.strictObject(shape, { error: (issue) => saidQuietly(issue.input, allowed) });
}

/**
 * An object told apart by one key; the complaint names the words that the key may have.
 * @param shared what all options have: it is checked also where the word is none of them
 */
export function chosenBy<
  const Key extends string,
  const Options extends readonly [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]],
>(key: Key, words: readonly string[], options: Options, shared: z.core.$ZodShape) {
  const union = z.discriminatedUnion(key, options, {
    error: ({ input }) =>
      isMap(input)
        ? said(input[key], words.join(", "))
        : saidQuietly(input, `an object with ${key}: ${words.join(" or ")}`),
  });
  const read = z.unknown().transform((input, context): z.output<typeof union> => {
    const parsed = union.safeParse(input);
    if (parsed.success) return parsed.data;
    const untold = parsed.error.issues.some(({ code }) => code === "invalid_union");
    const others = untold && isMap(input) ? z.looseObject(shared).safeParse(input) : undefined;
    for (const { path, message } of [...parsed.error.issues, ...(others?.error?.issues ?? [])]) {
      context.issues.push({ code: "custom", path, message, input });
    }
    return z.NEVER;
  });
  return readAs(union, read);
}

/** What an editor is told of a schema that reads in a way of its own. */
export const writtenAs = new WeakMap<z.core.$ZodType, z.core.$ZodType>();

/** Marks a schema that accepts what another one does, with complaints of its own. */
export function readAs<Schema extends z.core.$ZodType>(written: z.core.$ZodType, schema: Schema): Schema {
  writtenAs.set(schema, written);
  return schema;
}

/**
 * A list of at least one item, each checked by itself.
 * @param complaint of what is no list: `saidQuietly` where an item could be a secret
 */
export function list<Item extends z.ZodType>(item: Item, allowed: string, most: number, complaint = said) {
  return z
    .array(item, { error: (issue) => complaint(issue.input, allowed) })
    .min(1, ofLists(`empty; allowed: ${allowed}`))
    .max(most, ofLists(`too long; allowed: ${allowed}`));
}

/** Not of a text, which has a length too and was complained of already. */
function ofLists(error: string) {
  return { error, when: ({ value }: { readonly value: unknown }) => Array.isArray(value) };
}

/** A list in which nothing stands twice. */
export function distinct<Item extends z.ZodType>(item: Item, allowed: string, most: number, complaint = said) {
  return list(item, allowed, most, complaint)
    .refine((items) => new Set(items).size === items.length, {
      error: "something stands twice; allowed: each once",
    })
    .meta({ uniqueItems: true });
}

/** A text that must match a pattern; the complaint quotes the value. */
export function text(pattern: RegExp, allowed: string) {
  return z
    .string({ error: ({ input }) => said(input, isUnquoted(input) ? `${allowed}, in quotes` : allowed) })
    .regex(pattern, { error: (issue) => said(issue.input, allowed) });
}

/** Whether YAML took a name such as 1234 or true for something else than a text. */
function isUnquoted(input: unknown): boolean {
  return typeof input === "number" || typeof input === "boolean";
}

/** The same where a person could have put a secret by mistake: the value is not quoted. */
export function quietText(pattern: RegExp, allowed: string) {
  const error = (issue: { input?: unknown }) => saidQuietly(issue.input, allowed);
  return z.string({ error }).regex(pattern, { error });
}

/** A whole number from 1 to a most. */
export function counting(most: number, allowed = `a whole number from 1 to ${most}, or leave it out`) {
  const error = ({ input }: { input?: unknown }) => said(input, allowed);
  return z.int({ error }).min(1, { error }).max(most, { error });
}

/** How the values of a map are called, and how many there may be. */
interface Named {
  readonly name: RegExp;
  /** What a name has to be. */
  readonly rule: string;
  /** `a map from name to machine` */
  readonly map: string;
  /** `machines` */
  readonly all: string;
  readonly most: number;
}

/** A map of at least one value, each under a name. */
export function named<Value extends z.ZodType>(value: Value, { name, rule, map, all, most }: Named) {
  // Not as a key schema: a record drops the value of a key that it refuses, and with it the value's own faults.
  const bad = (input: unknown) => Object.keys(Object(input)).filter((key) => !name.test(key));
  const alsoBesideOthers = ({ value }: { value: unknown }) => isMap(value);
  return z
    .record(z.string(), value, { error: ({ input }) => said(input, map) })
    .refine((given) => bad(given).length === 0, {
      error: ({ input }) =>
        bad(input)
          .map((key) => said(key, rule))
          .join("; "),
      when: alsoBesideOthers,
    })
    .refine((given) => Object.keys(given).length >= 1 && Object.keys(given).length <= most, {
      error: ({ input }) => `${Object.keys(Object(input)).length} ${all}; allowed: 1 to ${most}, or leave it out`,
      when: alsoBesideOthers,
    })
    .meta({ propertyNames: { pattern: name.source }, minProperties: 1, maxProperties: most });
}

/** One of a few words. */
export function word<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, { error: (issue) => said(issue.input, words.join(", ")) });
}

/** What is wrong and what is allowed, in one line. Plain values are quoted; an object could hold a secret, or a text be one. */
export function said(input: unknown, allowed: string): string {
  if (typeof input === "object" || input === undefined || looksSecret(input)) return fault(kindOf(input), allowed);
  return fault(typeof input === "string" ? quoted(input) : String(input), allowed);
}

/** The same for a value that is not to be quoted. */
export function saidQuietly(input: unknown, allowed: string): string {
  return fault(kindOf(input), allowed);
}

/** A key or a word as it stands in a line: quoted where it could be taken for more than that. */
export function plain(word: string): string {
  if (looksSecret(word)) return "[not shown]";
  return /^[\w.:-]{1,128}$/.test(word) ? word : quoted(word);
}

/** Characters that a reader does not see, or that a terminal takes for more than a character. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;
const longest = 100;

/** A text in quotes, in one line, cut where it is long, with what cannot be seen in it spelt out. */
export function quoted(text: string): string {
  const shown = spelt(JSON.stringify(text.slice(0, longest)));
  return text.length > longest ? `${shown}… (${text.length} characters)` : shown;
}

/** A text with what cannot be seen in it spelt out, line ends too: a terminal obeys some of it, and a line could stand for another. */
export function spelt(text: string): string {
  return text.replace(unseen, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** Whether a value is a map, whatever it holds. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return kindOf(value) === "an object";
}

function fault(what: string | undefined, allowed: string): string {
  return what === undefined ? `missing; allowed: ${allowed}` : `${what} cannot be used; allowed: ${allowed}`;
}

function kindOf(input: unknown): string | undefined {
  if (input === undefined) return undefined;
  if (input === null) return "nothing";
  if (Array.isArray(input)) return "a list";
  return typeof input === "object" ? "an object" : `this ${typeof input}`;
}
