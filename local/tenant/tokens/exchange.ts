import { boundActions } from "../actions/bound.ts";
import { allowedClaims, areTooLarge } from "../actions/claims.ts";
import { type CredentialsExchangeEvent, denialStatus } from "../actions/credentials-exchange.ts";
import type { Claims } from "../actions/protocol.ts";
import type { ActionRunner } from "../actions/runner.ts";
import { type Body, bodyAt, textAt } from "../management/json.ts";
import type { Tenant } from "../management/tables.ts";
import type { Access } from "./access.ts";
import type { Parameters } from "./parameters.ts";
import { TokenRefusal } from "./refusal.ts";

const trigger = "credentials-exchange";

/** Kept from Actions since September 2025: https://auth0.com/docs/troubleshoot/product-lifecycle/deprecations-and-migrations */
const withheld = ["auth_session", "authn_response", "client_secret", "client_assertion", "refresh_token"];

/** The request that a machine made, as far as Actions may look at it. */
export interface Asked {
  readonly parameters: Parameters;
  readonly userAgent: string | undefined;
  readonly language: string | undefined;
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
}

/** The custom claims that the deployed Actions of credentials-exchange give the token; throws a TokenRefusal where they deny it. */
export async function exchangeClaims(tenant: Tenant, runner: ActionRunner, access: Access, asked: Asked) {
  const ownApi = access.api.body.is_system === true;
  if (ownApi && tenant.switches.MANAGEMENT_TOKENS_RUN_ACTIONS === "off") return {};
  const actions = boundActions(tenant.objects, trigger);
  const result = await runner.run(trigger, actions, { ...eventOf(tenant, access, asked) }, { signal: asked.signal });
  if (result.outcome === "denied") throw new TokenRefusal(denialStatus[result.code] ?? 400, result.code, result.reason);
  const claims: Claims = result.outcome === "passed" ? allowedClaims(result.effects.accessToken, { ownApi }) : {};
  if (result.outcome === "failed" || areTooLarge(claims)) {
    // its words are ours: what the service answers here is not documented
    throw new TokenRefusal(500, "server_error", `An Action of ${trigger} failed`);
  }
  return claims;
}

function eventOf({ domain }: Tenant, access: Access, asked: Asked): Body & CredentialsExchangeEvent {
  const { client, api, scopes, requested, organization } = access;
  const { userAgent, language } = asked;
  return {
    accessToken: { customClaims: {}, scope: [...scopes] },
    client: {
      client_id: client.id,
      name: textAt(client.body, "name") ?? "",
      metadata: bodyAt(client.body, "client_metadata"),
    },
    ...(organization ? { organization: organizationOf(organization.id, organization.body) } : {}),
    request: {
      body: textsOnly(asked.parameters),
      geoip: {},
      hostname: domain,
      ip: "127.0.0.1",
      ...(language === undefined ? {} : { language }),
      method: "POST",
      ...(userAgent === undefined ? {} : { user_agent: userAgent }),
    },
    resource_server: { identifier: textAt(api.body, "identifier") ?? "" },
    tenant: { id: domain.split(":")[0] ?? "" },
    transaction: { requested_scopes: [...requested] },
  };
}

function organizationOf(id: string, body: Body) {
  const name = textAt(body, "name") ?? "";
  return { id, name, display_name: textAt(body, "display_name") ?? name, metadata: bodyAt(body, "metadata") };
}

function textsOnly(parameters: Parameters): { [name: string]: string } {
  const texts = Object.entries(parameters).flatMap(([name, value]): [string, string][] =>
    value === undefined || withheld.includes(name) ? [] : [[name, value]],
  );
  return Object.fromEntries(texts);
}
