import { z } from "zod";

/** A strict object whose complaints name the keys that are allowed, and quote no value. */
export function strict<Shape extends z.core.$ZodShape>(shape: Shape) {
  const keys = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `unknown ${issue.keys.length === 1 ? "key" : "keys"} ${issue.keys.join(", ")}; allowed: ${keys}`
        : fault(kindOf(issue.input), `an object with ${keys}`),
  });
}

/** An object told apart by one key; the complaint names the words that the key may have. */
export function chosenBy<
  const Key extends string,
  const Options extends readonly [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]],
>(key: Key, words: readonly string[], options: Options) {
  return z.discriminatedUnion(key, options, {
    error: ({ input }) =>
      typeof input === "object" && input !== null && !Array.isArray(input)
        ? said((input as Record<string, unknown>)[key], words.join(", "))
        : fault(kindOf(input), `an object with ${key}: ${words.join(" or ")}`),
  });
}

/** A list of at least one item, each checked by itself. */
export function list<Item extends z.ZodType>(item: Item, allowed: string, most = Number.POSITIVE_INFINITY) {
  return z
    .array(item, { error: (issue) => said(issue.input, allowed) })
    .min(1, { error: `empty; allowed: ${allowed}` })
    .max(most, { error: `too long; allowed: ${allowed}` });
}

/** A text that must match a pattern; the complaint quotes the value. */
export function text(pattern: RegExp, allowed: string) {
  return z
    .string({ error: (issue) => said(issue.input, allowed) })
    .regex(pattern, { error: (issue) => said(issue.input, allowed) });
}

/** The same where a person could have put a secret by mistake: the value is not quoted. */
export function quietText(pattern: RegExp, allowed: string) {
  const error = (issue: { input?: unknown }) => fault(kindOf(issue.input), allowed);
  return z.string({ error }).regex(pattern, { error });
}

/** One of a few words. */
export function word<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, { error: (issue) => said(issue.input, words.join(", ")) });
}

/** What is wrong and what is allowed, in one line. Plain values are quoted; an object could hold a secret. */
export function said(input: unknown, allowed: string): string {
  return fault(typeof input === "object" || input === undefined ? kindOf(input) : JSON.stringify(input), allowed);
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
