import { type Marked, Secret } from "../../../local/plugin/marshal.ts";
import { type Dict, isDict, UNKNOWN, type Value } from "../../../local/plugin/value.ts";
import { has, isInput, isSingle, type Rule, type TypeRules } from "./rules.ts";

type Object = Record<string, Marked>;

/** The name made for a resource `it` that was given none, from the seed that all cases use. */
const MADE_UP = "it-039058c";

/** What the check makes of accepted inputs: defaults added and noted, secrets marked, all else as written. */
export function accepted(rules: readonly Rule[], written: Dict): Object {
  const result: Object = {};
  const defaults: string[] = [];
  for (const rule of rules) {
    const value = written[rule.name];
    const own = has(rule, "autoname") ? MADE_UP : (rule.preset ?? (rule.default || null));
    if (value === undefined && (own === null || !isInput(rule))) continue;
    if (value === undefined) defaults.push(rule.name);
    const held = value === undefined ? own : eachObject(rule, value, (inside, object) => accepted(inside, object));
    result[rule.name] = marked(rule, held);
  }
  return { ...result, __defaults: defaults.sort() };
}

/** The same as the engine hands it on to a step. */
export function handedOn(value: Marked): Value {
  if (value instanceof Secret) return handedOn(value.value);
  if (Array.isArray(value)) return value.map(handedOn);
  if (!isObject(value)) return value as Value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, handedOn(item)]));
}

/** What the preview of a creation shows: what is written, then defaults; what the server decides is unknown. */
export function created(type: TypeRules, written: Dict): Object {
  return { ...planned(type.fields, written, false), id: UNKNOWN };
}

function planned(rules: readonly Rule[], written: Dict, inSet: boolean): Object {
  return Object.fromEntries(
    rules.map((rule) => [rule.name, marked(rule, plannedValue(rule, written[rule.name], inSet))]),
  );
}

function plannedValue(rule: Rule, value: Value | undefined, inSet: boolean): Marked {
  if (has(rule, "writeOnly")) return inSet && rule.kind === "string" ? "" : null;
  if (value !== undefined)
    return eachObject(rule, value, (inside, object) => planned(inside, object, rule.kind === "set"));
  if (rule.default !== null) return rule.default;
  if (has(rule, "computed")) return UNKNOWN;
  if (rule.inside) return isSingle(rule) ? null : [];
  return inSet && rule.kind === "string" ? "" : null;
}

/**
 * The state that a creation leaves when the server decides each unknown by its own lights: inside objects what is
 * nothing has become its kind's zero, since the provider read it.
 */
export function stateOf(rules: readonly Rule[], preview: Object, isInside = false): Dict {
  const byName = new Map(rules.map((rule) => [rule.name, rule]));
  return Object.fromEntries(
    Object.entries(preview).map(([name, value]) => {
      const rule = byName.get(name);
      const held = value instanceof Secret ? value.value : value;
      return [name, isInside && rule && held === null ? zero(rule) : settled(rule, held)];
    }),
  );
}

/** The provider orders a set of texts by their letters. */
const inSetOrder = (a: Value, b: Value): number => (typeof a === "string" && typeof b === "string" && a < b ? -1 : 0);

function zero(rule: Rule): Value {
  if (has(rule, "writeOnly")) return null;
  if (rule.kind === "string") return "";
  if (rule.kind === "bool") return false;
  if (rule.kind === "map") return {};
  if (rule.kind === "list" || rule.kind === "set") return isSingle(rule) ? null : [];
  return 0;
}

function settled(rule: Rule | undefined, value: Marked): Value {
  if (value instanceof Secret) return settled(rule, value.value);
  if (value === UNKNOWN) return rule ? decided(rule) : "the-id";
  if (Array.isArray(value)) {
    const items = value.map((item) =>
      isObject(item) && rule?.inside ? stateOf(rule.inside, item, true) : (item as Value),
    );
    return rule?.kind === "set" ? items.sort(inSetOrder) : items;
  }
  if (isObject(value) && rule?.inside) return stateOf(rule.inside, value, true);
  return value as Value;
}

const isObject = (value: Marked): value is Object => isDict(value as Value);

/** A value that only the server can have chosen; of lists the empty one. */
function decided(rule: Rule): Value {
  if (rule.kind === "list" || rule.kind === "set") return isSingle(rule) && rule.inside ? null : [];
  if (rule.kind === "map") return {};
  if (rule.kind === "bool") return false;
  return rule.kind === "string" ? "chosen by the server" : 7;
}

const marked = (rule: Rule, value: Marked): Marked => (has(rule, "sensitive") ? new Secret(value) : value);

/** Does something to each object that a value is or holds. */
function eachObject(rule: Rule, value: Value, change: (inside: readonly Rule[], object: Dict) => Object): Marked {
  const { inside } = rule;
  if (!inside) return value as Marked;
  if (Array.isArray(value)) return value.map((item) => (isDict(item) ? change(inside, item) : (item as Marked)));
  return isDict(value) ? change(inside, value) : (value as Marked);
}

const IN_ADVANCE: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  auth0_resource_server: {
    authorizationDetails: ["disable"],
    proofOfPossession: ["disable", "required"],
    tokenEncryption: ["disable", "encryptionKey"],
  },
  auth0_tenant: { disableAcrValuesSupported: [], mtls: ["disable", "enableEndpointAliases"] },
};

/**
 * Why no plan can be made of inputs that pass the check; null where one can. No rules file tells it. The plugin itself
 * ends without an answer where something must be known in advance.
 */
export function refusedPlan(resource: string, news: Dict): string | null {
  if (resource === "auth0_client_grant" && news.scopes === undefined && news.allowAllScopes !== true)
    return "either `scopes` must be provided or `allow_all_scopes` must be set to `true`";
  for (const [name, inside] of Object.entries(IN_ADVANCE[resource] ?? {})) {
    const value = news[name] ?? null;
    const held = Array.isArray(value) ? (value[0] ?? null) : value;
    const isUnknown = value === UNKNOWN || (isDict(held) && inside.some((field) => held[field] === UNKNOWN));
    const field = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (isUnknown) return `${field} must be known beforehand`;
  }
  return null;
}
