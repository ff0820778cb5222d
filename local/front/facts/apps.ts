import { type Body, bodyAt, textAt, textsAt } from "../../tenant/management/json.ts";
import type { Store, Stored } from "../../tenant/store.ts";

/** A registered app, as far as it may be shown: never its secret. */
export interface App {
  readonly clientId: string;
  readonly name: string;
  readonly description: string | undefined;
  /** What kind of program it is, in words. */
  readonly kind: string;
  /** Where it is used: the page that begins its login. Undefined where nothing says so. */
  readonly address: string | undefined;
  /** Its addresses for the end of a login; none of a machine. */
  readonly callbacks: readonly string[];
  /** Whom it admits, a sentence each. */
  readonly policy: readonly string[];
  /** How its logins begin. */
  readonly login: string | undefined;
}

const kinds: Readonly<Record<string, string>> = {
  regular_web: "web app with a server",
  spa: "single-page app",
  native: "native app",
  non_interactive: "machine",
};

/** The apps that people sign in to, by their callbacks; then the machines. The tenant's own global client is left out. */
export function appsOf(store: Store): { readonly apps: readonly App[]; readonly machines: readonly App[] } {
  const all = store
    .select({ family: "clients" })
    .filter(({ body }) => body.global !== true)
    .map(appOf);
  const byCallback = (one: App, other: App) => compare(one.callbacks[0] ?? "", other.callbacks[0] ?? "");
  return {
    apps: all.filter(({ callbacks }) => callbacks.length > 0).sort(byCallback),
    machines: all.filter(({ callbacks }) => callbacks.length === 0).sort((one, other) => compare(one.name, other.name)),
  };
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function appOf({ id, body }: Stored): App {
  const callbacks = textsAt(body, "callbacks");
  const metadata = bodyAt(body, "client_metadata");
  return {
    clientId: id,
    name: textAt(body, "name") ?? id,
    description: textAt(body, "description"),
    kind: kinds[textAt(body, "app_type") ?? ""] ?? "app",
    address: addressOf(textAt(body, "initiate_login_uri"), callbacks[0]),
    callbacks,
    policy: callbacks.length === 0 ? [] : policyOf(metadata),
    login: callbacks.length === 0 ? undefined : loginOf(body),
  };
}

/** Only an address of the web is a link. */
export function webAddress(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  return ["https:", "http:"].includes(new URL(address).protocol) ? address : undefined;
}

function addressOf(login: string | undefined, callback: string | undefined): string | undefined {
  if (webAddress(login) !== undefined) return login;
  return webAddress(callback) === undefined ? undefined : `${new URL(callback ?? "").origin}/`;
}

/** The words that an app's policy is written in, in its metadata; a word that is not known here is shown as it stands. */
const words: { readonly [key: string]: (value: string) => string | undefined } = {
  org_types: (types) =>
    types === "none" ? "No organizations" : `Organizations of type ${types.replaceAll(",", ", ")}`,
  org_requires: (needs) => (needs === "none" ? undefined : `Only where the organization says ${needs}`),
  individuals: (answer) => (answer === "allow" ? "Individuals come in" : "No individuals"),
  mfa: (when) => (when === "off" ? undefined : `A second factor after: ${when}`),
  stage_claim: (answer) => (answer === "on" ? "Told the stage, as a claim" : undefined),
  policy_version: () => undefined,
};

function policyOf(metadata: Body): string[] {
  if (Object.keys(metadata).length === 0) return ["Its metadata hold no policy"];
  const known = Object.keys(words).flatMap((key) => {
    const value = textAt(metadata, key);
    return value === undefined ? [] : (words[key]?.(value) ?? []);
  });
  const unknown = Object.entries(metadata).filter(([key]) => !Object.hasOwn(words, key));
  return [...known, ...unknown.map(([key, value]) => `${key}: ${String(value)}`)];
}

/** https://auth0.com/docs/manage-users/organizations/configure-organizations/define-organization-behavior */
function loginOf(body: Body): string {
  const usage = textAt(body, "organization_usage") ?? "deny";
  if (usage === "deny") return "Individual: never an organization";
  const who = usage === "require" ? "Business users" : "Both kinds of people";
  const first: Readonly<Record<string, string>> = {
    pre_login_prompt: "organization first",
    post_login_prompt: "credentials first",
  };
  return `${who}: ${first[textAt(body, "organization_require_behavior") ?? ""] ?? "the app names the organization"}`;
}
