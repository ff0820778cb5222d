import type { Dict, Value } from "../../../local/plugin/value.ts";
import { has, isInput, isSingle, type Rule, type TypeRules } from "./rules.ts";

/** Where in a type's inputs a field stands: in the first element of every list or set above it. */
export interface Place {
  readonly rule: Rule;
  /** `["options", "attributes", 0, "emails"]` */
  readonly steps: readonly (string | number)[];
  /** `options.0.attributes.0.email`, as the provider's messages write it. */
  readonly key: string;
  /** `options.attributes[0].emails`; of what is in a set only the set is named. */
  readonly shown: string;
  readonly above: readonly Place[];
}

/** Every field of a type with its place, those inside objects too. */
export function placesOf(type: TypeRules): Place[] {
  return below(type.fields, []);
}

function below(rules: readonly Rule[], above: readonly Place[]): Place[] {
  return rules.flatMap((rule) => {
    const place = placeOf(rule, above);
    return [place, ...below(rule.inside ?? [], [...above, place])];
  });
}

function placeOf(rule: Rule, above: readonly Place[]): Place {
  const parent = above.at(-1);
  const last = rule.path.slice(rule.path.lastIndexOf(".") + 1);
  if (!parent) return { rule, steps: [rule.name], key: last, shown: rule.name, above };
  const element = isSingle(parent.rule) ? [] : [0];
  const inSet = above.some(({ rule: { kind } }) => kind === "set");
  return {
    rule,
    steps: [...parent.steps, ...element, rule.name],
    key: `${parent.key}.0.${last}`,
    shown: inSet ? parent.shown : `${parent.shown}${element.length ? "[0]" : ""}.${rule.name}`,
    above,
  };
}

/** A value that a field takes; each number gives another one, where there is another. */
export function someValue(rule: Rule, n = 0): Value {
  if (rule.kind === "map") return someMap(n);
  if (rule.kind !== "list" && rule.kind !== "set") return plainOf(rule, rule.kind, n);
  const one = rule.inside
    ? objectOf(rule.inside, n)
    : rule.of === "map"
      ? someMap(n)
      : plainOf(rule, rule.of ?? "string", n);
  return isSingle(rule) ? one : [one];
}

const someMap = (n: number): Dict => ({ both: "same", [`key${n}`]: "here", changed: `value ${n}` });

/** The least that an object must hold. */
function objectOf(rules: readonly Rule[], n: number): Dict {
  const needed = rules.filter((rule) => has(rule, "required"));
  const group = rules.filter(({ atLeastOneOf }) => atLeastOneOf.length > 0);
  const [one] = group;
  const held = one && !group.some((rule) => needed.includes(rule)) ? [...needed, one] : needed;
  return Object.fromEntries(held.map((rule) => [rule.name, someValue(rule, n)]));
}

const FORMS: Readonly<Record<string, (n: number) => string>> = {
  json: (n) => `{"n":${n}}`,
  time: (n) => `203${n}-01-01T00:00:00Z`,
  "login-template": (n) => `{%- auth0:head -%}{%- auth0:widget -%}${n}`,
  "not-empty": (n) => `text ${n}`,
  https: (n) => `https://example.com/${n}`,
  "https-placeholder": (n) => `https://example.com/${n}`,
  "https-url": (n) => `https://example.com/${n}`,
  http: (n) => `http://example.com/${n}`,
};

function plainOf({ permitted }: Rule, kind: string, n: number): Value {
  if (permitted?.in) return permitted.in[n % permitted.in.length] ?? "";
  if (permitted?.min !== undefined) return Math.ceil(permitted.min) + 1 + n;
  const form = permitted?.form && FORMS[permitted.form];
  if (form) return form(n);
  if (kind === "bool") return n % 2 === 0;
  return kind === "string" ? `text of twenty signs ${n}` : 5 + n;
}

/** Inputs that a type's own rules need beyond its fields' rules: no file tells them. */
const BEYOND: Readonly<Record<string, Dict>> = {
  auth0_client_grant: { scopes: ["read"] },
};

/** The least inputs that a type takes. */
export function leastInputs(type: TypeRules): Dict {
  return { ...objectOf(type.fields, 0), ...structuredClone(BEYOND[type.resource] ?? {}) };
}

export function valueAt(inputs: Value, steps: readonly (string | number)[]): Value | undefined {
  return steps.reduce<Value | undefined>((value, step) => (value as Dict | undefined)?.[step], inputs);
}

/** Sets, or with undefined takes out, what stands at a place; the objects above it must be there. */
export function put(inputs: Dict, place: Place, value: Value | undefined): void {
  const holder = valueAt(inputs, place.steps.slice(0, -1)) as Dict | undefined;
  if (value === undefined) delete holder?.[place.rule.name];
  else if (holder) holder[place.rule.name] = value;
}

/** The least inputs that hold a value at a place: what it excludes is left out, what it demands is written. */
export function inputsWith(type: TypeRules, place: Place, value: Value | undefined): Dict {
  const inputs = leastInputs(type);
  const all = placesOf(type);
  for (const step of [...place.above, place]) {
    for (const other of all) if (step.rule.conflictsWith.includes(other.key)) put(inputs, other, undefined);
    if (valueAt(inputs, step.steps) === undefined) put(inputs, step, someValue(step.rule));
    for (const partner of partnersOf(step, all)) {
      if (valueAt(inputs, partner.steps) === undefined) put(inputs, partner, someValue(partner.rule));
    }
  }
  if (place.rule.name === "allowAllScopes") delete inputs.scopes;
  put(inputs, place, value);
  return inputs;
}

/** The fields that must be written with this one. */
export const partnersOf = (place: Place, all: readonly Place[]): Place[] =>
  all.filter(({ key }) => place.rule.requiredWith.includes(key));

/** Every field of a type that a program may write. */
export const inputPlaces = (type: TypeRules): Place[] =>
  placesOf(type).filter((place) => [...place.above, place].every(({ rule }) => isInput(rule)));
