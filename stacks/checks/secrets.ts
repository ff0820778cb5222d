import type { RawConfig } from "../config.ts";
import { deepest } from "../entries.ts";
import { type Fault, placeOf } from "../faults.ts";
import { plain } from "../schema/strict.ts";
import { secretName } from "../schema/values.ts";

/** A place that names a secret of the stack. */
export interface SecretUse {
  readonly file: string;
  readonly path: readonly PropertyKey[];
  readonly name: string;
}

/** Where an entry or a setting names secrets: every `{ config: <name> }` below it, also where it should not stand. */
export function secretsIn(file: string, path: readonly PropertyKey[], value: unknown): SecretUse[] {
  if (typeof value !== "object" || value === null || path.length > deepest) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const place = [...path, Array.isArray(value) ? Number(key) : key];
    return key === "config" && typeof inner === "string"
      ? [{ file, path: place, name: inner }]
      : secretsIn(file, place, inner);
  });
}

/**
 * Secrets that are named must be set and encrypted, settings must not be; and a setting that nothing knows or names
 * is a misspelling. A name is never quoted: it may be the secret itself.
 * @param unread whether some entry could not be read: then it may be the one that names a setting
 */
export function checkSecrets(
  config: RawConfig,
  file: string,
  known: readonly string[],
  uses: readonly SecretUse[],
  unread: boolean,
): Fault[] {
  const named = new Set(uses.map(({ name }) => name));
  const faults = uses.flatMap(({ name, ...use }) => {
    const wrong = wrongWith(name, config, known);
    if (wrong === undefined) return [];
    const message = `${wrong}; allowed: a secret set with "pulumi config set --secret NAME"`;
    return [{ file: use.file, path: placeOf(use.path), message }];
  });
  const encrypted = known.filter((key) => config.secretKeys.has(key));
  const hidden = unread || encrypted.length > 0; // what is encrypted by mistake may name a setting too
  const unknown = [...config.values.keys()].filter((key) => !known.includes(key) && !named.has(key) && !hidden);
  return [
    ...faults,
    ...encrypted.map((path) => ({
      file,
      path,
      message: "encrypted; allowed: plain values, secrets have a setting of their own",
    })),
    ...unknown.map((key) => ({
      file,
      path: plain(key),
      message: `unknown setting; allowed: ${known.join(", ")}, and secrets that an entry or a setting names; "pulumi config rm NAME" takes one away`,
    })),
  ];
}

function wrongWith(name: string, config: RawConfig, known: readonly string[]): string | undefined {
  if (!secretName.test(name)) return undefined; // the schema says so
  if (known.includes(name)) return "the name of a setting of the program";
  if (!config.values.has(name)) return "no such secret is set";
  if (!config.secretKeys.has(name)) return "not encrypted";
  return config.values.get(name)?.trim() === "" ? "empty" : undefined;
}
