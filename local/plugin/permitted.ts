import { jsonFault, timeFault } from "./forms.ts";
import type { Permitted } from "./table.ts";

const quoted = (values: readonly string[]): string => values.map((value) => JSON.stringify(value)).join(" ");
/** Placeholders that Auth0 fills in at login: https://auth0.com/docs/get-started/applications/wildcards-for-subdomains */
const PLACEHOLDER = /\{(organization|custom_domain)\.metadata\.(public_|PUBLIC_)[A-Za-z0-9_]+\}/g;

/** The largest whole number of the provider: a length that may be any has it for its end. */
const LARGEST = "9223372036854775807";

/**
 * What is wrong with one value, in the provider's words; undefined when nothing is.
 * @param key the field's path as the provider writes it (`jwt_configuration.0.alg`)
 */
export function refusal(permitted: Permitted, key: string, value: boolean | number | string): string | undefined {
  if ("in" in permitted) return refuseChoice(permitted, key, String(value));
  if ("min" in permitted) return refuseRange(permitted, key, Number(value));
  if ("length" in permitted) return refuseLength(permitted.length, key, String(value));
  return refuseForm(permitted.form, key, String(value));
}

function refuseChoice(rule: Extract<Permitted, { in: unknown }>, key: string, value: string): string | undefined {
  const same = (a: string) => a === value || (rule.anyCase === true && a.toLowerCase() === value.toLowerCase());
  return rule.in.some(same) ? undefined : `expected ${key} to be one of [${quoted(rule.in)}], got ${value}`;
}

function refuseRange(rule: Extract<Permitted, { min: unknown }>, key: string, value: number): string | undefined {
  if (value >= rule.min && value <= (rule.max ?? Number.POSITIVE_INFINITY)) return undefined;
  if (rule.max !== undefined) return `expected ${key} to be in the range (${rule.min} - ${rule.max}), got ${value}`;
  const show = (n: number) => (Number.isInteger(rule.min) ? String(n) : n.toFixed(6));
  return `expected ${key} to be at least (${show(rule.min)}), got ${show(value)}`;
}

function refuseLength([least, most]: readonly [number, number], key: string, value: string): string | undefined {
  const length = Buffer.byteLength(value);
  if (length >= least && (most === 0 || length <= most)) return undefined;
  if (most === 0) return `expected length of ${key} to be at least ${least}, ${JSON.stringify(value)} is ${length}`;
  const shown = most >= Number.MAX_SAFE_INTEGER ? LARGEST : most;
  return `expected length of ${key} to be in the range (${least} - ${shown}), got ${value}`;
}

function refuseForm(
  form: Extract<Permitted, { form: unknown }>["form"],
  key: string,
  value: string,
): string | undefined {
  const name = JSON.stringify(key);
  switch (form) {
    case "json":
      return value === "" ? undefined : prefixed(`${name} contains an invalid JSON`, jsonFault(value));
    case "not-empty":
      return value === "" ? `expected ${name} to not be an empty string, got ` : undefined;
    case "time":
      return prefixed(`expected ${name} to be a valid RFC3339 date, got ${JSON.stringify(value)}`, timeFault(value));
    case "login-template":
      if (value.includes("{%- auth0:head -%}") && value.includes("{%- auth0:widget -%}")) return undefined;
      return `expected ${name} to contain a single auth0:head tag and at least one auth0:widget tag`;
    case "https":
      return value === "" ? undefined : refuseUrl(value, value, name, ["https"]);
    case "https-placeholder":
      return value === "" ? undefined : refuseUrl(value.replace(PLACEHOLDER, "placeholder"), value, name, ["https"]);
    case "https-url":
    case "http":
      if (value === "") return `expected ${name} url to not be empty, got `;
      return refuseUrl(value, value, name, form === "http" ? ["http", "https"] : ["https"]);
    default:
      return form satisfies never;
  }
}

function refuseUrl(url: string, shown: string, name: string, schemes: readonly string[]): string | undefined {
  const parts = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\/([^/?#]*)/.exec(url);
  if (!parts?.[2]) return `expected ${name} to have a host, got ${shown}`;
  if (schemes.includes((parts[1] ?? "").toLowerCase())) return undefined;
  return `expected ${name} to have a url with schema of: ${JSON.stringify(schemes.join(","))}, got ${shown}`;
}

const prefixed = (what: string, why: string | undefined): string | undefined => why && `${what}: ${why}`;
