import type { Act } from "../../scenarios/scenario.ts";

/** An entry that is good, who comes to the company, and what comes of it; the slug is the key in its table. */
interface Good {
  readonly title: string;
  readonly entry: object;
  readonly logins: readonly (readonly [act: Act, comes: string])[];
}

/** By slug. */
export type GoodEntries = Readonly<Record<string, Good>>;

const client = (slug: string) => ({ clientId: `${slug}-client`, clientSecret: { config: "shared-secret" } });

/** A company whose people sign in by OpenID Connect, at the domain `<slug>.example` unless something else is said. */
export const oidc = (slug: string, more: object = {}) => ({
  strategy: "oidc",
  issuer: `https://login.${slug}.example/`,
  ...client(slug),
  domains: [`${slug}.example`],
  ...more,
});

export const okta = (slug: string, more: object = {}) => ({
  strategy: "okta",
  domain: `${slug}.okta.example`,
  ...client(slug),
  domains: [`${slug}.example`],
  ...more,
});

export const customer = (name: string, more: object = {}) => ({
  displayName: name,
  type: "customer",
  conditions: { api_access: "on" },
  ...more,
});

export const vendor = (name: string, kind: "catering" | "rental", more: object = {}) => ({
  displayName: name,
  type: "vendor",
  conditions: { vendor_kind: kind },
  ...more,
});

/** A customer with one connection. */
export const through = (slug: string, connection: object, more: object = {}) =>
  customer(slug, { connections: { [`${slug}-sso`]: connection }, ...more });

/** A person of the company's comes to the main app: by the address alone, in a browser of their own. */
export const visit = (as: string, more: object = {}) => ({ app: "main", as, browser: as, ...more });

/** The same where the app names the company. */
export const named = (slug: string, as: string, more: object = {}) =>
  visit(as, { ask: { organization: `{org:${slug}}` }, ...more });

export const ann = (slug: string) => `ann@${slug}.example`;

export const suspended = "refused: suspended: Your company's access is suspended.";
export const notServed = (connection: string) =>
  `refused: The connection ${connection} signs in by adfs, which is not served here yet`;
