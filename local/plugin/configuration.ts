import { readFileSync } from "node:fs";
import { fieldName, toProvider } from "./properties.ts";
import type { Field, Fields } from "./table.ts";
import { validate } from "./validate.ts";
import { type Dict, UNKNOWN } from "./value.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the plugin is told about the tenant, from the stack's configuration or the environment. */
export interface Settings {
  readonly domain: string;
  readonly apiToken?: string;
  readonly client?: { readonly id: string; readonly secret: string; readonly audience: string };
  /** Text of the trusted certificates, when not the system's. */
  readonly trusted?: string;
}

const option = (name: string, more: Partial<Field> = {}): Field => ({ name, kind: "string", optional: true, ...more });
const TOKEN_EXCLUDES = ["client_id", "client_secret", "client_assertion_private_key", "client_assertion_signing_alg"];

/** Configuration of the provider: https://www.pulumi.com/registry/packages/auth0/installation-configuration/ */
const FIELDS: Fields = {
  api_token: option("apiToken", { conflictsWith: TOKEN_EXCLUDES }),
  audience: option("audience"),
  cli_login: option("cliLogin", { kind: "bool" }),
  client_assertion_private_key: option("clientAssertionPrivateKey", {
    conflictsWith: ["api_token", "client_secret"],
    requiredWith: ["client_assertion_signing_alg", "client_id"],
  }),
  client_assertion_signing_alg: option("clientAssertionSigningAlg", {
    conflictsWith: ["api_token", "client_secret"],
    requiredWith: ["client_assertion_private_key", "client_id"],
  }),
  client_id: option("clientId", { conflictsWith: ["api_token"] }),
  client_secret: option("clientSecret", {
    conflictsWith: ["api_token", "client_assertion_private_key", "client_assertion_signing_alg"],
    requiredWith: ["client_id"],
  }),
  custom_domain_header: option("customDomainHeader"),
  debug: option("debug", { kind: "bool" }),
  domain: option("domain"),
  dynamic_credentials: option("dynamicCredentials", { kind: "bool" }),
};
const ENGINE_KEYS = new Set(["version", "pluginDownloadURL"]);

/** The environment's word for a setting; "" where it has none. */
const fromEnvironment = (field: string, environment: Environment): string =>
  environment[`AUTH0_${field.toUpperCase()}`] ?? "";

/**
 * Why the configuration cannot be used, one sentence a fault. What the environment gives counts as written only where
 * it excludes nothing else that is given, so a token beside a client lacks the client that its secret goes with.
 */
export function configurationFaults(config: Dict, environment: Environment = {}): string[] {
  const given = Object.fromEntries(Object.entries(config).filter(([name]) => !ENGINE_KEYS.has(name)));
  const written = toProvider(FIELDS, given);
  const told = Object.fromEntries(
    Object.keys(FIELDS)
      .filter((name) => FIELDS[name]?.kind === "string" && !(name in written))
      .map((name) => [name, fromEnvironment(name, environment)] as const)
      .filter(([, value]) => value !== ""),
  );
  const excluded = (name: string): boolean =>
    Object.keys(written).some((other) => FIELDS[other]?.conflictsWith?.includes(name)) ||
    (FIELDS[name]?.conflictsWith ?? []).some((other) => fromEnvironment(other, environment) !== "");
  const aside = Object.keys(told).filter(excluded);
  const taken = { ...written, ...Object.fromEntries(Object.entries(told).filter(([name]) => !aside.includes(name))) };
  const ofAside = aside.flatMap((name) => {
    // it is not written, so whatever it goes with lacks it
    const others = Object.entries(taken).filter(([other]) => !FIELDS[name]?.requiredWith?.includes(other));
    const alone = { ...Object.fromEntries(others), [name]: told[name] ?? null };
    return validate(FIELDS, alone).filter(({ path }) => path === FIELDS[name]?.name);
  });
  return [...validate(FIELDS, taken), ...ofAside].map(({ summary, detail, path }) => {
    if (summary === "Invalid or unknown key") return unknownKey(path);
    const reason = detail ? `${summary}. ${detail}` : summary;
    return `could not validate provider configuration: ${reason}. Check \`pulumi config get auth0:${path}\`.`;
  });
}

function unknownKey(path: string): string {
  const near = Object.values(FIELDS).filter(({ name }) => name !== path && distance(name, path) <= 2);
  const guess = near.map(({ name }) => `\`auth0:${name}\``).join(" or ");
  const sentences = [
    `\`auth0:${path}\` is not a valid configuration key for the auth0 provider.`,
    ...(guess ? [`Did you mean ${guess}?`] : []),
    "If the referenced key is not intended for the provider, please choose a different namespace from `auth0:`.",
  ];
  return sentences.join(" ");
}

/** Letters to add, drop or change to turn one word into the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/**
 * Reads what the plugin needs; the stack's configuration goes before the environment, and a token before a client.
 * @throws Error that names what is missing
 */
export function readSettings(config: Dict, environment: Environment): Settings {
  const get = (property: string): string => {
    const value = config[property];
    return typeof value === "string" && value !== ""
      ? value
      : fromEnvironment(fieldName(FIELDS, property), environment);
  };
  const isOn = (property: string): boolean =>
    typeof config[property] === "boolean" ? config[property] : /^(1|true|on)$/.test(get(property));
  if (Object.values(config).includes(UNKNOWN)) throw new Error("The provider's configuration is not known yet.");
  if (isOn("dynamicCredentials") || isOn("cliLogin")) {
    throw new Error(
      "This stand-in takes its credentials from AUTH0_API_TOKEN, or AUTH0_CLIENT_ID and its secret only.",
    );
  }
  const domain = get("domain");
  const apiToken = get("apiToken");
  const [id, secret] = [get("clientId"), get("clientSecret")];
  const asserts = get("clientAssertionPrivateKey") !== "" && get("clientAssertionSigningAlg") !== "";
  if (!apiToken && !id) throw missing("environment variables", WAYS);
  if (!apiToken && !secret && !asserts) throw missing("required configuration", CLIENT_WAYS);
  if (!domain) {
    const beside = apiToken ? "'AUTH0_API_TOKEN'" : secret ? OF_SECRET : OF_ASSERTION;
    throw missing("required configuration", `The 'AUTH0_DOMAIN' must be specified along with ${beside}.`);
  }
  const trusted = trustedCertificates(environment);
  const base = { domain, ...(trusted === undefined ? {} : { trusted }) };
  if (apiToken) return { ...base, apiToken };
  if (asserts)
    throw new Error("This stand-in signs no client assertions: set AUTH0_API_TOKEN, or AUTH0_CLIENT_SECRET.");
  const audience = get("audience") || `https://${domain.replace(/^.*?\/\//, "").replace(/\/+$/, "")}/api/v2/`;
  return { ...base, client: { id, secret, audience } };
}

const WAYS =
  "AUTH0_DOMAIN is required. Then, configure either AUTH0_API_TOKEN, or AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, or AUTH0_CLIENT_ID, AUTH0_CLIENT_ASSERTION_PRIVATE_KEY, and AUTH0_CLIENT_ASSERTION_SIGNING_ALG, or enable CLI login with AUTH0_CLI_LOGIN=true.";
const CLIENT_WAYS =
  "When 'AUTH0_CLIENT_ID' is provided, either 'AUTH0_CLIENT_SECRET' or both 'AUTH0_CLIENT_ASSERTION_PRIVATE_KEY' and 'AUTH0_CLIENT_ASSERTION_SIGNING_ALG' must also be specified.";
const OF_SECRET = "'AUTH0_CLIENT_ID' and 'AUTH0_CLIENT_SECRET'";
const OF_ASSERTION =
  "'AUTH0_CLIENT_ID', 'AUTH0_CLIENT_ASSERTION_PRIVATE_KEY', and 'AUTH0_CLIENT_ASSERTION_SIGNING_ALG'";

/** Worded and framed as the provider does. */
const missing = (what: string, detail: string): Error =>
  new Error(`1 error occurred:\n\t* Missing ${what}: ${detail}\n\n`);

/** As the real plugin on Linux: the file replaces the system's certificates, it does not add to them. */
function trustedCertificates(environment: Environment): string | undefined {
  const file = environment.SSL_CERT_FILE;
  if (!file) return undefined;
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`SSL_CERT_FILE cannot be read (${reason}): name a file of PEM certificates.`);
  }
}
