import fc from "fast-check";
import { expect, test } from "vitest";
import { isMap } from "../../../stacks/schema/strict.ts";
import { companies } from "./grammar.ts";
import { numbered } from "./grammar.values.ts";
import { type Given, judge } from "./judge.ts";
import { type Path, placesIn } from "./mutations.ts";

/** A map of some kind in generated entries, the keys that it has in any of them, and one of them. */
interface Known {
  readonly keys: Set<string>;
  readonly given: Given;
  readonly path: Path;
}

/** Every kind of map: those of a company by its type, a connection's by its strategy. */
const kinds = new Map<string, Known>();
for (const [n, one] of fc.sample(companies, { numRuns: 1500, seed: 1 }).entries()) {
  const given: Given = { ...numbered(one, n), stands: "read" };
  for (const { path, value } of placesIn(given.entry)) {
    if (!isMap(value)) continue;
    const kind = kindOf(given.entry, path);
    const known = kinds.get(kind) ?? { keys: new Set<string>(), given, path };
    for (const key of Object.keys(value)) known.keys.add(key);
    kinds.set(kind, known);
  }
}

/** Maps whose keys are names that people give; and a secret's place, whose complaint says both of its keys. */
const free = /(^|\.)(connections|machines|proven|clientSecret)$/;

test("every key that the schema takes anywhere is in the generated entries, at each kind of place", () => {
  const strict = [...kinds].filter(([kind]) => !free.test(kind));
  const taken = strict.map(([kind, { given, path }]) => [kind, keysAt(given, path)] as const);
  expect(Object.fromEntries(taken)).toEqual(
    Object.fromEntries(strict.map(([kind, { keys }]) => [kind, [...keys].toSorted()])),
  );
  const secrets = [...kinds].filter(([kind]) => kind.endsWith(".clientSecret"));
  for (const [, { keys }] of secrets) expect([...keys].toSorted()).toEqual(["arn", "config"]);
  expect(strict.length).toBeGreaterThan(25);
});

/** The keys that the schema names where it complains of one that it does not know. */
function keysAt({ entry, ...given }: Given, path: Path): string[] {
  const { refused } = judge([{ ...given, entry: withStranger(entry, path) }]);
  const lines = [...refused.values()].flat();
  const named = lines.flatMap((line) => /unknown key stranger; allowed: (.+)$/.exec(line)?.[1] ?? []);
  expect(named, lines.join("\n")).toHaveLength(1);
  return (named[0] ?? "").split(", ").toSorted();
}

function withStranger(value: unknown, [step, ...rest]: Path): unknown {
  if (step === undefined) return { ...(value as object), stranger: 1 };
  if (Array.isArray(value)) return value.with(Number(step), withStranger(value[Number(step)], rest));
  const map = value as Readonly<Record<string, unknown>>;
  return { ...map, [step]: withStranger(map[step], rest) };
}

/** `vendor.limits`, `connections.oidc.attributes`, `machines.*`. */
function kindOf(entry: unknown, path: Path): string {
  const { type, connections } = entry as {
    readonly type: string;
    readonly connections?: Record<string, Record<string, string>>;
  };
  const [first, name = "", ...rest] = path.map(String);
  if (first === "connections" && path.length > 1) {
    const { strategy, owner } = connections?.[name] ?? {};
    const below = rest[0] === "proven" && rest.length > 1 ? ["proven", "*"] : rest;
    return ["connections", strategy ?? owner, ...below].join(".");
  }
  if (first === "machines" && path.length > 1) return ["machines", "*", ...rest].join(".");
  return [type, ...path].join(".");
}
