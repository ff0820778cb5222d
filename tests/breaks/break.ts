import type { Rule } from "../../login/rules.ts";

export type SuiteName = "scenarios" | "attacks" | "unit";

/** One thing that the tenant gets wrong: a text of one of its files becomes another. */
export interface Break {
  /** What it does then, as a sentence; another one for each break. */
  readonly name: string;
  /** The tests that are asked first, by a pattern of their names; all others are asked where none of them notices. */
  readonly by: string;
  /** Where those tests are. @default the scenarios */
  readonly in?: SuiteName;
  /** The rule of a login that is inverted or gone. */
  readonly rule?: Rule;
  /** By its path in the project. */
  readonly file: string;
  /** Stands in the file once. */
  readonly from: string;
  readonly to: string;
}

/** The file's text with the break in it. @throws unless the place is there once */
export function broken({ name, file, from, to }: Break, text: string): string {
  const [before, after, ...more] = text.split(from);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`"${name}" does not find its place in ${file} once: ${from}`);
  return `${before}${to}${after}`;
}
