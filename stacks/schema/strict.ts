import { z } from "zod";

/** A strict object whose complaint about an unknown key names the keys that are allowed. */
export function strict<Shape extends z.core.$ZodShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code === "unrecognized_keys") {
        return `unknown ${issue.keys.length === 1 ? "key" : "keys"} ${issue.keys.join(", ")}; allowed: ${Object.keys(shape).join(", ")}`;
      }
      return issue.input === undefined
        ? `missing; allowed: an object with ${Object.keys(shape).join(", ")}`
        : undefined;
    },
  });
}

/** A text that must match a pattern; the complaint quotes the value and says what is allowed. Not for secrets. */
export function text(pattern: RegExp, allowed: string) {
  return z.string({ error: (issue) => said(issue.input, allowed) }).regex(pattern, {
    error: (issue) => said(issue.input, allowed),
  });
}

/** One of a few words. */
export function word<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, { error: (issue) => said(issue.input, words.join(", ")) });
}

/** What is wrong and what is allowed, in one line. */
export function said(input: unknown, allowed: string): string {
  return input === undefined
    ? `missing; allowed: ${allowed}`
    : `${JSON.stringify(input)} cannot be used; allowed: ${allowed}`;
}
