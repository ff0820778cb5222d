import type { Value } from "../../../local/plugin/value.ts";
import { type Place, someValue } from "./carrier.ts";
import { isSingle, type Permitted } from "./rules.ts";

/** `element` is true where the first element of a collection is at fault, not the collection. */
export type Misfit = [label: string, value: Value, reason: string, element: boolean];
const NOT_A_LIST = "Attribute must be a single value, not a list";
const NOT_A_MAP = "Attribute must be a single value, not a map";

/** Values of another kind than the field's, and what is said of them. */
export function misfits({ rule }: Place): Misfit[] {
  const list: Misfit = ["a list", ["x"], NOT_A_LIST, false];
  const map: Misfit = ["an object", { a: "x" }, NOT_A_MAP, false];
  const parse = (as: string, go: string): Misfit => [
    "a word",
    "maybe",
    `cannot parse '' as ${as}: strconv.Parse${go}: parsing "maybe": invalid syntax`,
    false,
  ];
  if (rule.kind === "bool") return [list, map, parse("bool", "Bool")];
  if (rule.kind === "float") return [list, map, parse("float", "Float")];
  if (rule.kind === "int") return [list, map, ["yes", true, "Attribute must be a whole number, got true", false]];
  if (rule.kind === "string") return [list, map];
  if (rule.kind === "map") {
    const inside = `'' expected type 'string', got unconvertible type '[]interface {}', value: '[x]'`;
    return [
      ["a word", "x", "Attribute must be a map", false],
      ["a list", ["x"], "Attribute must be a map", false],
      ["a list inside", { a: ["x"] }, inside, true],
    ];
  }
  const object = "Expected Object Type. Expected object, got";
  if (rule.inside)
    return [
      ["a word", "x", `${object} string`, true],
      ["a list of words", ["x"], `${object} string`, true],
    ];
  if (rule.of === "map") return [["a list of lists", [["x"]], "Attribute must be a map", true]];
  return [
    ["a list of lists", [["x"]], NOT_A_LIST, true],
    ["an object", { a: "x" }, NOT_A_MAP, true],
  ];
}

/** A value, and why it is refused; null where it is not. */
export type Edge = [label: string, value: Value, reason: string | null];

/** Values just inside and just outside of what a field permits. */
export function edges(place: Place): Edge[] {
  const { permitted, kind } = place.rule;
  if (!permitted) return [];
  const isList = kind === "list" || kind === "set";
  const key = isList ? `${place.key}.0` : place.key;
  const wrap = ([label, value, reason]: Edge): Edge => [
    label,
    isList && !isSingle(place.rule) ? [value] : value,
    reason,
  ];
  if (kind === "map") return mapEdges(permitted);
  return plainEdges(permitted, key).map(wrap);
}

function mapEdges({ length }: Permitted): Edge[] {
  const [least, most] = length ?? [0, 0];
  const long = "v".repeat(most + 1);
  const reason = `Bad map value length. Map value lengths should be in the range (${least} - ${most}): a => ${long} (length = ${most + 1})`;
  return [
    ["the longest", { a: "v".repeat(most) }, null],
    ["too long", { a: long }, reason],
  ];
}

function plainEdges(rule: Permitted, key: string): Edge[] {
  if (rule.in) return choiceEdges(rule, key);
  if (rule.min !== undefined) return rangeEdges(rule.min, rule.max, key);
  if (rule.length) return lengthEdges(rule.length, key);
  return (FORM_EDGES[rule.form ?? ""] ?? []).map(([value, reason]) => [
    JSON.stringify(value),
    value,
    reason?.(key, value) ?? null,
  ]);
}

function choiceEdges({ in: choices = [], anyCase }: Permitted, key: string): Edge[] {
  const list = choices.map((choice) => JSON.stringify(choice)).join(" ");
  const refuse = (value: string) => `expected ${key} to be one of [${list}], got ${value}`;
  const shout = (choices.find((choice) => choice !== choice.toUpperCase()) ?? "x").toUpperCase();
  return [
    ...choices.map((choice): Edge => [choice, choice, null]),
    ["not-permitted", "not-permitted", refuse("not-permitted")],
    ["in capitals", shout, anyCase || choices.includes(shout) ? null : refuse(shout)],
  ];
}

function rangeEdges(min: number, max: number | undefined, key: string): Edge[] {
  const whole = Number.isInteger(min);
  const show = (n: number) => (whole ? String(n) : n.toFixed(6));
  const step = whole ? 1 : 0.001;
  const refuse = (n: number) =>
    max === undefined
      ? `expected ${key} to be at least (${show(min)}), got ${show(n)}`
      : `expected ${key} to be in the range (${min} - ${max}), got ${n}`;
  const low: Edge[] = [
    ["the least", min, null],
    ["below the least", min - step, refuse(min - step)],
  ];
  return max === undefined ? low : [...low, ["the most", max, null], ["above the most", max + 1, refuse(max + 1)]];
}

function lengthEdges([least, most]: readonly [number, number], key: string): Edge[] {
  const shown = most >= Number.MAX_SAFE_INTEGER ? "9223372036854775807" : String(most);
  const text = (n: number) => "x".repeat(n);
  const refuse = (n: number) =>
    most === 0
      ? `expected length of ${key} to be at least ${least}, "${text(n)}" is ${n}`
      : `expected length of ${key} to be in the range (${least} - ${shown}), got ${text(n)}`;
  const low: Edge[] = [
    ["the shortest", text(least), null],
    ...(least > 0 ? [["too short", text(least - 1), refuse(least - 1)] as Edge] : []),
  ];
  if (most === 0 || shown.length > 10) return low;
  return [...low, ["the longest", text(most), null], ["too long", text(most + 1), refuse(most + 1)]];
}

type Refuse = ((key: string, value: string) => string) | null;
const noHost: Refuse = (key, value) => `expected "${key}" to have a host, got ${value}`;
const scheme =
  (list: string): Refuse =>
  (key, value) =>
    `expected "${key}" to have a url with schema of: "${list}", got ${value}`;
const HTTPS: [string, Refuse][] = [
  ["", null],
  ["https://a.example/x", null],
  ["http://a.example", scheme("https")],
  ["a.example", noHost],
  ["https://", noHost],
];
/** Texts that each form takes or refuses. */
const FORM_EDGES: Readonly<Record<string, [string, Refuse][]>> = {
  json: [
    ["", null],
    ["[1]", null],
    ["{", (key) => `"${key}" contains an invalid JSON: unexpected end of JSON input`],
    ["x", (key) => `"${key}" contains an invalid JSON: invalid character 'x' looking for beginning of value`],
  ],
  time: [
    ["2030-01-01T00:00:00Z", null],
    ["2030-01-01T00:00:00+02:00", null],
    [
      "soon",
      (key) =>
        `expected "${key}" to be a valid RFC3339 date, got "soon": parsing time "soon" as "2006-01-02T15:04:05Z07:00": cannot parse "soon" as "2006"`,
    ],
  ],
  "login-template": [
    ["{%- auth0:head -%} {%- auth0:widget -%}", null],
    [
      "{%- auth0:head -%}",
      (key) => `expected "${key}" to contain a single auth0:head tag and at least one auth0:widget tag`,
    ],
  ],
  "not-empty": [
    ["x", null],
    ["", (key) => `expected "${key}" to not be an empty string, got `],
  ],
  https: HTTPS,
  "https-placeholder": [...HTTPS, ["https://{organization.metadata.public_host}/x", null]],
  "https-url": [...HTTPS.slice(1), ["", (key) => `expected "${key}" url to not be empty, got `]],
  http: [
    ["http://a.example", null],
    ["https://a.example", null],
    ["ftp://a.example", scheme("http,https")],
    ["", (key) => `expected "${key}" url to not be empty, got `],
  ],
};

/** Collections with one element more than they take, and one fewer. */
export function countEdges(place: Place): Edge[] {
  const { maxItems } = place.rule;
  if (maxItems === 0) return [];
  const one = someValue(place.rule);
  const element = Array.isArray(one) ? (one[0] ?? null) : one;
  const many = Array.from({ length: maxItems + 1 }, () => structuredClone(element));
  const more = `Too many list items. Attribute ${place.key} supports ${maxItems} item maximum, but config has ${maxItems + 1} declared.`;
  return [
    ["as many as it takes", maxItems === 1 ? one : many.slice(1), null],
    ["one too many", many, more],
  ];
}
