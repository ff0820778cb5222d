import { createHash, randomBytes } from "node:crypto";
import { DEFAULTS } from "./properties.ts";
import type { Field, Fields } from "./table.ts";
import { type Dict, isDict, type Value } from "./value.ts";

/** How the engine wants names made for resources that were given none. */
export interface Naming {
  /** The resource's own name in the program. */
  readonly resourceName: string;
  /** The engine's seed: the same seed gives the same name. */
  readonly seed: Uint8Array;
  readonly proposal?: { readonly name: string; readonly mode: "propose" | "enforce" | "disable" };
}

const LONGEST_NAME = 255;
const RANDOM_LENGTH = 7;

/** A name for a resource that was given none: its own name, a dash, seven random hex digits. */
function autoname(naming: Naming): string {
  const { proposal, resourceName } = naming;
  if (proposal?.mode === "disable") throw new Error("automatic naming is disabled but no explicit name was provided");
  if (proposal?.mode === "enforce") return proposal.name;
  if (proposal) {
    if (proposal.name.length <= LONGEST_NAME) return proposal.name;
    throw new Error(`calculated name '${proposal.name}' exceeds maximum length of ${LONGEST_NAME}`);
  }
  const prefix = `${resourceName}-`;
  if (prefix.length + RANDOM_LENGTH > LONGEST_NAME) {
    throw new Error(
      `name '${prefix}' plus ${RANDOM_LENGTH} random chars is longer than maximum length ${LONGEST_NAME}`,
    );
  }
  const random =
    naming.seed.length > 0 ? createHash("sha256").update(naming.seed).digest() : randomBytes(RANDOM_LENGTH);
  return prefix + random.toString("hex").slice(0, RANDOM_LENGTH);
}

/**
 * Adds what the program left out and the provider decides by itself, in every object, and notes under `__defaults`
 * which properties those are.
 * @param values in the provider's names
 * @param olds the old inputs in Pulumi's names: a default once chosen stays
 */
export function withDefaults(fields: Fields, values: Dict, olds: Dict | undefined, naming: Naming): Dict {
  const result = nestedDefaults(fields, values, olds, naming);
  const blocked = conflicting(fields, result);
  const added: string[] = [];
  for (const presets of [true, false]) {
    for (const [name, field] of Object.entries(fields)) {
      if (name in result || blocked.has(name)) continue;
      const old = olds?.[field.name];
      const keepsOld = old !== undefined && (isOldDefault(olds, field.name) || isOldName(field, old));
      const value = presets
        ? preset(field, naming, keepsOld ? old : undefined)
        : ownDefault(field, keepsOld ? old : undefined);
      if (value === undefined) continue;
      result[name] = value;
      added.push(field.name);
      for (const other of [...(field.conflictsWith ?? []), ...(field.exactlyOneOf ?? [])]) blocked.add(other);
    }
  }
  result[DEFAULTS] = added.sort();
  return result;
}

function nestedDefaults(fields: Fields, values: Dict, olds: Dict | undefined, naming: Naming): Dict {
  const result: Dict = {};
  for (const [name, value] of Object.entries(values)) {
    const nested = fields[name]?.fields;
    const old = olds?.[fields[name]?.name ?? ""];
    const oldItems = Array.isArray(old) ? old : [old ?? null];
    result[name] =
      nested && Array.isArray(value)
        ? value.map((item, i) => (isDict(item) ? withDefaults(nested, item, dictOrNone(oldItems[i]), naming) : item))
        : value;
  }
  return result;
}

const dictOrNone = (value: Value | undefined): Dict | undefined => (isDict(value) ? value : undefined);

/** Without a note of old defaults every old value may serve as one. */
function isOldDefault(olds: Dict | undefined, property: string): boolean {
  const noted = olds?.[DEFAULTS];
  return !Array.isArray(noted) || noted.includes(property);
}

/** A name stays, even one that the program wrote before and does not write any more. */
const isOldName = ({ autoname }: Field, old: Value): boolean => autoname === true && typeof old === "string";

function preset(field: Field, naming: Naming, old: Value | undefined): Value | undefined {
  if (field.preset === undefined && !field.autoname) return undefined;
  if (old !== undefined) return old;
  return field.autoname ? autoname(naming) : field.preset;
}

/** The provider's own default; false, 0 and "" are left out unless they were in the old inputs. */
function ownDefault(field: Field, old: Value | undefined): Value | undefined {
  if (field.default === undefined) return undefined;
  return old ?? (field.default || undefined);
}

/** Fields that a default must not be given to, because a field that excludes them is written. */
function conflicting(fields: Fields, values: Dict): Set<string> {
  const blocked = new Set<string>();
  for (const [name, field] of Object.entries(fields)) {
    const others = [...(field.conflictsWith ?? []), ...(field.exactlyOneOf ?? [])];
    if (name in values) for (const other of others) blocked.add(other);
    else if (others.some((other) => other in values)) blocked.add(name);
  }
  return blocked;
}
