import { goKind, misfitOf, noText } from "./misfit.ts";
import { refusal } from "./permitted.ts";
import { camel, isNote } from "./properties.ts";
import { type Field, type Fields, isSingle, type Kind } from "./table.ts";
import { type Dict, isDict, isKnown, UNKNOWN, Unknown, type Value } from "./value.ts";

/** One reason to refuse inputs. */
export interface Fault {
  readonly summary: string;
  readonly detail?: string;
  /** The property as a Pulumi program writes it (`options.clientSecret`). */
  readonly path: string;
}

interface Place {
  /** The field's path as the provider writes it (`options.0.client_secret`). */
  readonly key: string;
  /** The same for a Pulumi program. */
  readonly path: string;
  /** The whole configuration: rules between fields name paths from its top. */
  readonly root: Dict;
}

/** Everything that is wrong with a configuration in the provider's names; `values` holds only what was written. */
export function validate(fields: Fields, values: Dict): Fault[] {
  return validateObject(fields, values, { key: "", path: "", root: values });
}

function validateObject(fields: Fields, values: Dict, place: Place): Fault[] {
  const below = (name: string, property: string): Place => ({
    key: place.key ? `${place.key}.${name}` : name,
    path: place.path ? `${place.path}.${property}` : property,
    root: place.root,
  });
  const faults = Object.entries(fields).flatMap(([name, field]) =>
    validateField(field, values[name], below(name, field.name)),
  );
  const unknown = Object.keys(values).filter((name) => !(name in fields));
  const refused = unknown.map((name) => ({ summary: "Invalid or unknown key", path: below(name, camel(name)).path }));
  return [...faults, ...refused];
}

function validateField(field: Field, value: Value | undefined, place: Place): Fault[] {
  const fault = (summary: string, detail: string): Fault[] => [{ summary, detail, path: place.path }];
  const only = tooManyOrNone(field, place);
  if (only) return fault("Invalid combination of arguments", only);
  const none = noneOf(field, place);
  if (none) return fault("Missing required argument", none);
  if (value === undefined) {
    if (!field.required) return [];
    return fault(
      "Missing required argument",
      `The argument ${JSON.stringify(place.key)} is required, but no definition was found.`,
    );
  }
  if (!field.required && !field.optional) {
    return fault(
      "Value for unconfigurable attribute",
      `Can't configure a value for ${JSON.stringify(place.key)}: its value will be decided automatically based on the result of applying this configuration.`,
    );
  }
  const lacking = incomplete(field, place);
  if (lacking) return fault("Missing required argument", lacking);
  if (!isKnown(value)) return [];
  const conflict = field.conflictsWith?.find((other) => isGivenAndKnown(place.root, other));
  if (conflict) return fault("Conflicting configuration arguments", `"${place.key}": conflicts with ${conflict}`);
  return validateType(field, value, place);
}

function validateType(field: Field, value: Value, place: Place): Fault[] {
  if (field.kind === "map") return validateMap(field, value, place);
  if (field.kind === "list") return validateList(field, value, place);
  if (field.kind === "set") return validateList(field, value, place).map((fault) => ({ ...fault, path: place.path }));
  return validatePlain(field, field.kind, value, place);
}

function validateList(field: Field, value: Value, place: Place): Fault[] {
  const fault = (summary: string, detail?: string): Fault[] => [
    { summary, ...(detail ? { detail } : {}), path: place.path },
  ];
  if (value === null) return [];
  if (!Array.isArray(value)) return fault("Attribute must be a list");
  const { min, max } = field;
  const count = value.length;
  if (max && count > max) {
    return fault(
      "Too many list items",
      `Attribute ${place.key} supports ${max} item maximum, but config has ${count} declared.`,
    );
  }
  if (min && count < min) {
    return fault(
      "Not enough list items",
      `Attribute ${place.key} requires ${min} item minimum, but config has only ${count} declared.`,
    );
  }
  return value.flatMap((item, i) => {
    const inside = { ...place, key: `${place.key}.${i}`, path: isSingle(field) ? place.path : `${place.path}[${i}]` };
    if (field.of === "map") return validateMap(field, item, inside);
    if (!field.fields) return validatePlain(field, field.of ?? "string", item, inside);
    if (item === null) return [];
    if (isDict(item)) return validateObject(field.fields, item, inside);
    const detail = `Expected object, got ${goKind(item)}`;
    return [{ summary: "Expected Object Type", detail, path: inside.path }];
  });
}

function validateMap(field: Field, value: Value, place: Place): Fault[] {
  if (value === null) return [];
  if (!isDict(value)) return [{ summary: "Attribute must be a map", path: place.path }];
  const entries = Object.entries(value).filter(([key]) => !isNote(key));
  return entries.flatMap(([key, item]) => {
    const path = `${place.path}.${key}`;
    if (Array.isArray(item) || isDict(item)) return [{ summary: noText(item), path }];
    const limit = field.permitted && "length" in field.permitted ? field.permitted.length : undefined;
    if (!limit || typeof item !== "string" || item.length <= limit[1]) return [];
    const detail = `Map value lengths should be in the range (${limit[0]} - ${limit[1]}): ${key} => ${item} (length = ${item.length})`;
    return [{ summary: "Bad map value length", detail, path }];
  });
}

function validatePlain(field: Field, kind: Kind, value: Value, place: Place): Fault[] {
  const fault = (summary: string): Fault[] => [{ summary, path: place.path }];
  if (value === null || value instanceof Unknown) return [];
  if (Array.isArray(value)) return fault("Attribute must be a single value, not a list");
  if (isDict(value)) return fault("Attribute must be a single value, not a map");
  const misfit = misfitOf(kind, value);
  if (misfit) return fault(misfit);
  const refused = field.permitted && refusal(field.permitted, place.key, value);
  return refused ? fault(refused) : [];
}

/** The value at a path such as `options.0.client_secret`; undefined where nothing is written. */
function lookup(root: Dict, path: string): Value | undefined {
  let value: Value | undefined = root;
  for (const part of path.split(".")) {
    if (Array.isArray(value)) value = value[Number(part)];
    else if (isDict(value)) value = value[part];
    else return undefined;
  }
  return value;
}

const isGivenAndKnown = (root: Dict, path: string): boolean => {
  const value = lookup(root, path);
  return value !== undefined && value !== UNKNOWN;
};

function together(others: readonly string[], place: Place): string[] {
  return [...new Set([...others, place.key])].sort();
}

function tooManyOrNone(field: Field, place: Place): string | undefined {
  if (!field.exactlyOneOf) return undefined;
  const all = together(field.exactlyOneOf, place);
  const given = all.filter((path) => isGivenAndKnown(place.root, path));
  const unknown = all.some((path) => lookup(place.root, path) === UNKNOWN);
  if (given.length === 0 && !unknown) return `"${place.key}": one of \`${all.join(",")}\` must be specified`;
  if (given.length < 2) return undefined;
  return `"${place.key}": only one of \`${all.join(",")}\` can be specified, but \`${given.join(",")}\` were specified.`;
}

function noneOf(field: Field, place: Place): string | undefined {
  if (!field.atLeastOneOf) return undefined;
  const all = together(field.atLeastOneOf, place);
  if (all.some((path) => lookup(place.root, path) !== undefined)) return undefined;
  return `"${place.key}": one of \`${all.join(",")}\` must be specified`;
}

function incomplete(field: Field, place: Place): string | undefined {
  if (!field.requiredWith) return undefined;
  const all = together(field.requiredWith, place);
  if (all.every((path) => lookup(place.root, path) !== undefined)) return undefined;
  return `"${place.key}": all of \`${all.join(",")}\` must be specified`;
}
