import { authenticatorOf } from "../entities/authenticators.ts";
import { type Body, bodiesAt, bodyAt, type Json, omit, textAt } from "../management/json.ts";
import type { Tenant } from "../management/tables.ts";
import type { Stored } from "../store.ts";
import type { Query } from "./asked.ts";
import { type Came, clientPart, connectionPart, organizationPart, requestPart, tenantPart } from "./event-parts.ts";
import { rolesOf } from "./roles.ts";
import type { Method } from "./underway.ts";

/** All that post-login Actions may know of one login. */
export interface LoginFacts {
  readonly client: Stored;
  readonly user: Stored;
  readonly connection: Stored;
  readonly organization?: Stored | undefined;
  readonly api?: Stored | undefined;
  readonly protocol: "oidc-basic-profile" | "oauth2-refresh-token";
  readonly methods: readonly Method[];
  readonly scopes: readonly string[];
  readonly session?: Body | undefined;
  readonly refreshToken?: Body | undefined;
  readonly asked: Query;
  readonly came: Came;
}

/** https://auth0.com/docs/actions/reference/post-login/post-login-event-object */
export function postLoginEvent({ objects, domain }: Tenant, facts: LoginFacts): Body {
  const { client, user, connection, organization, api, came, asked } = facts;
  const level = { user: user.id, organization: organization?.id };
  return {
    authentication: { methods: facts.methods.map((method): Body => ({ ...method })) },
    authorization: { roles: rolesOf(objects, level).flatMap(({ body }) => textAt(body, "name") ?? []) },
    client: clientPart(client),
    connection: connectionPart(connection),
    ...(organization ? { organization: organizationPart(organization) } : {}),
    request: requestPart(came, domain),
    ...(api ? { resource_server: { identifier: textAt(api.body, "identifier") ?? "" } } : {}),
    ...(facts.session ? { session: facts.session } : {}),
    ...(facts.refreshToken ? { refresh_token: facts.refreshToken } : {}),
    stats: { logins_count: Number(user.body.logins_count ?? 0) },
    tenant: tenantPart(domain),
    transaction: transactionOf(facts, asked),
    user: { ...userOf(user), enrolledFactors: authenticatorOf(objects, user.id) ? [{ type: "otp" }] : [] },
  };
}

function transactionOf({ protocol, scopes }: LoginFacts, asked: Query): Body {
  const { redirect_uri, login_hint, prompt, state, ui_locales, acr_values, response_mode } = asked;
  const optional = { redirect_uri, login_hint, state, response_mode };
  const given = Object.entries(optional).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const words = (value: string | undefined): Json => (value ?? "").split(" ").filter((word) => word !== "");
  return {
    ...Object.fromEntries(given),
    acr_values: words(acr_values),
    locale: "en",
    metadata: {},
    prompt: words(prompt),
    protocol,
    requested_authorization_details: [],
    requested_scopes: [...scopes],
    response_type: ["code"],
    ui_locales: words(ui_locales),
  };
}

function userOf({ body }: Stored): Body {
  const shown = omit(body, ["multifactor", "blocked", "last_ip", "last_login", "logins_count"]);
  return {
    ...shown,
    app_metadata: bodyAt(body, "app_metadata"),
    user_metadata: bodyAt(body, "user_metadata"),
    email_verified: body.email_verified === true,
    identities: bodiesAt(body, "identities"),
  };
}
