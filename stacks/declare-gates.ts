import * as pulumi from "@pulumi/pulumi";
import { Gate, textWithoutDomains } from "../components/actions/gate.ts";
import { digestOf } from "./applied.ts";
import { firstRoles, type RoleName, roles as roleCatalog } from "./catalog.ts";
import { allDomains } from "./entry-connections.ts";
import type { Settings } from "./load.ts";
import { mapEntries } from "./map-entries.ts";
import { claims } from "./states.ts";

export interface GateNeeds {
  /** The tenant's own domain, where its Management API answers. */
  readonly domain: string;
  /** The client that gives first roles. */
  readonly client: { readonly clientId: pulumi.Input<string>; readonly clientSecret: pulumi.Input<string> };
  readonly roles: Readonly<Record<RoleName, { readonly roleId: pulumi.Input<string> }>>;
}

/** The Actions that decide who comes in, each bound to its trigger. */
export function declareGates(
  settings: Settings,
  { domain, client, roles }: GateNeeds,
): (pulumi.Resource & Pick<Gate<"post-login">, "bound">)[] {
  const { guard } = settings.environment;
  const claiming = { claimedDomains: claimedDomains(settings), guard };
  const actions = actionSettings(settings);
  return [
    new Gate("post-login", {
      ...claiming,
      settings: actions["post-login"],
      secrets: {
        DOMAIN: domain,
        CLIENT_ID: client.clientId,
        CLIENT_SECRET: client.clientSecret,
        ROLE_IDS: pulumi.jsonStringify(
          Object.fromEntries(Object.entries(roles).map(([name, { roleId }]) => [name, roleId])),
        ),
      },
    }),
    new Gate("credentials-exchange", { settings: actions["credentials-exchange"], guard }),
    new Gate("pre-user-registration", { ...claiming, settings: actions["pre-user-registration"] }),
    new Gate("password-reset-post-challenge", { ...claiming, settings: actions["password-reset-post-challenge"] }),
  ];
}

/** What is written into each Action. */
function actionSettings({ claimNamespace, stages }: Settings) {
  const [firstStage = ""] = stages; // the schema wants at least one
  return {
    "post-login": { claimNamespace, stages, firstRoles },
    "credentials-exchange": { claimNamespace },
    "pre-user-registration": { firstStage },
    "password-reset-post-challenge": {},
  };
}

/** Tells one text of the Actions from another, whatever domains they know: what a change of one company must not carry along. */
export async function gatesDigest(settings: Settings, domain: string): Promise<string> {
  const texts = mapEntries(actionSettings(settings), (name, one) => textWithoutDomains(name, one));
  return digestOf([domain, Object.keys(roleCatalog), await Promise.all(Object.values(texts))]);
}

/** Every company's domains but a pilot's: none of them is anybody's to sign up with a password. */
export function claimedDomains({ companies, others }: Settings): Record<string, string> {
  const claiming = companies.filter(({ entry }) => claims(entry.state));
  const owners = claiming.flatMap(({ slug, entry }) => allDomains(entry).map((domain) => [domain, slug] as const));
  return Object.fromEntries(
    [...Object.entries(others?.claimed ?? {}), ...owners].toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}
