import { bodyAt, textAt } from "../../tenant/management/json.ts";
import type { Store, Stored } from "../../tenant/store.ts";

/** An organization as its people meet it. */
export interface Organization {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  /** Its metadata, in order of the alphabet. */
  readonly metadata: readonly (readonly [string, string])[];
  readonly connections: readonly EnabledConnection[];
  /** Discovery domains. */
  readonly domains: readonly string[];
  /** Names, or addresses where there is none. */
  readonly members: readonly string[];
}

interface EnabledConnection {
  readonly name: string;
  readonly strategy: string;
  /** Whether who comes through it becomes a member. */
  readonly joins: boolean;
  readonly button: boolean;
}

export function organizationsOf(store: Store): Organization[] {
  return store
    .select({ family: "organizations" })
    .map((stored) => organizationOf(store, stored))
    .sort((one, other) => (one.slug < other.slug ? -1 : 1));
}

function organizationOf(store: Store, { id, body }: Stored): Organization {
  const within = (family: string) => store.select({ family, scope: id });
  const slug = textAt(body, "name") ?? id;
  return {
    id,
    slug,
    name: textAt(body, "display_name") ?? slug,
    metadata: Object.entries(bodyAt(body, "metadata"))
      .map(([key, value]) => [key, String(value)] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
    connections: within("organization-connections")
      .filter((link) => link.body.is_enabled !== false)
      .flatMap((link) => enabled(store.get("connections", link.id), link)),
    domains: within("discovery-domains")
      .flatMap(({ body: domain }) => textAt(domain, "domain") ?? [])
      .sort(),
    members: within("organization-members")
      .map((link) => nameOf(store.get("users", link.id), link.id))
      .sort(),
  };
}

function enabled(connection: Stored | undefined, { body }: Stored): EnabledConnection[] {
  if (!connection) return [];
  return [
    {
      name: textAt(connection.body, "name") ?? connection.id,
      strategy: strategyIn(textAt(connection.body, "strategy") ?? ""),
      joins: body.assign_membership_on_login === true,
      button: body.show_as_button !== false,
    },
  ];
}

const strategies: Readonly<Record<string, string>> = {
  auth0: "password",
  oidc: "OpenID Connect",
  samlp: "SAML",
  waad: "Azure AD",
  okta: "Okta",
  "google-apps": "Google Workspace",
};

/** What a strategy is known by. */
function strategyIn(strategy: string): string {
  return strategies[strategy] ?? strategy;
}

function nameOf(user: Stored | undefined, id: string): string {
  return (user && (textAt(user.body, "name") ?? textAt(user.body, "email"))) ?? id;
}
