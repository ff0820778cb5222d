import * as pulumi from "@pulumi/pulumi";
import { Gate } from "../components/actions/gate.ts";
import { firstRoles, type RoleName } from "./catalog.ts";
import { allDomains } from "./entry-connections.ts";
import type { Settings } from "./load.ts";
import { claims } from "./states.ts";

export interface GateNeeds {
  /** The tenant's own domain, where its Management API answers. */
  readonly domain: string;
  /** The client that gives first roles. */
  readonly client: { readonly clientId: pulumi.Input<string>; readonly clientSecret: pulumi.Input<string> };
  readonly roles: Readonly<Record<RoleName, { readonly roleId: pulumi.Input<string> }>>;
}

/** The Actions that decide who comes in, each bound to its trigger. */
export function declareGates(settings: Settings, { domain, client, roles }: GateNeeds): pulumi.Resource[] {
  const { claimNamespace, stages } = settings;
  const { guard } = settings.environment;
  const claiming = { claimedDomains: claimedDomains(settings), guard };
  const [firstStage = ""] = stages; // the schema wants at least one
  return [
    new Gate("post-login", {
      ...claiming,
      settings: { claimNamespace, stages, firstRoles },
      secrets: {
        DOMAIN: domain,
        CLIENT_ID: client.clientId,
        CLIENT_SECRET: client.clientSecret,
        ROLE_IDS: pulumi.jsonStringify(
          Object.fromEntries(Object.entries(roles).map(([name, { roleId }]) => [name, roleId])),
        ),
      },
    }),
    new Gate("credentials-exchange", { settings: { claimNamespace }, guard }),
    new Gate("pre-user-registration", { ...claiming, settings: { firstStage } }),
    new Gate("password-reset-post-challenge", { ...claiming, settings: {} }),
  ];
}

/** Every company's domains but a pilot's: none of them is anybody's to sign up with a password. */
export function claimedDomains({ companies }: Settings): Record<string, string> {
  const claiming = companies.filter(({ entry }) => claims(entry.state));
  const owners = claiming.flatMap(({ slug, entry }) => allDomains(entry).map((domain) => [domain, slug] as const));
  return Object.fromEntries(owners.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
