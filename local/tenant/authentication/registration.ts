import { boundActions } from "../actions/bound.ts";
import { identityAt } from "../entities/identities-of.ts";
import { dropPassword, setPassword, weakness } from "../entities/passwords.ts";
import { mailTicket } from "../entities/ticket-mail.ts";
import { derivedFrom } from "../entities/users.ts";
import { objectId } from "../ids.ts";
import { textAt } from "../management/json.ts";
import type { Stored } from "../store.ts";
import type { TokenParts } from "../tokens/endpoint.ts";
import { writeMetadata } from "./accounts.ts";
import { type Came, clientPart, connectionPart, organizationPart, requestPart, tenantPart } from "./event-parts.ts";

/** What a person gives to have an account in a database. */
export interface Registration {
  readonly connection: Stored;
  readonly client: Stored;
  readonly organization?: Stored | undefined;
  readonly email: string;
  readonly password: string;
  readonly came: Came;
  readonly signal?: AbortSignal;
}

/** Why there is no account: the code is Auth0's of POST /dbconnections/signup, the sentence for the person. */
export interface NotRegistered {
  readonly code: "invalid_signup" | "invalid_password" | "user_exists" | "signup_refused";
  readonly says: string;
}

/**
 * Makes an account, after the Actions of pre-user-registration let it be: https://auth0.com/docs/customize/actions/explore-triggers/pre-user-registration.
 * A verification mail goes out. What a failing Action leads to is not documented: here to no account.
 */
export async function register(parts: TokenParts, given: Registration): Promise<Stored | NotRegistered> {
  const { tenant, runner } = parts;
  const { objects } = tenant;
  const { connection, password } = given;
  const email = given.email.trim().toLowerCase();
  if (!isAddress(email)) return { code: "invalid_signup", says: "The email address is not valid" };
  const weak = weakness(connection.body, password);
  if (weak !== undefined) return { code: "invalid_password", says: weak };
  const name = textAt(connection.body, "name") ?? "";
  const taken = () => identityAt(objects, name, email) !== undefined;
  if (taken()) return { code: "user_exists", says: exists };
  const event = eventOf(parts, given, email);
  const result = await runner.run("pre-user-registration", boundActions(objects, "pre-user-registration"), event, {
    signal: given.signal,
  });
  if (result.outcome === "denied")
    return { code: "signup_refused", says: result.effects.denied?.message ?? result.reason };
  if (result.outcome !== "passed") return { code: "signup_refused", says: "An Action of pre-user-registration failed" };
  return objects.store.transaction(() => {
    if (taken()) return { code: "user_exists", says: exists };
    const id = objectId();
    const user_id = `auth0|${id}`;
    const now = new Date().toISOString();
    const identities = [{ connection: name, user_id: id, provider: "auth0", isSocial: false }];
    const times = { created_at: now, updated_at: now };
    const user = objects.seed("users", user_id, {
      user_id,
      email,
      email_verified: false,
      ...derivedFrom(email),
      ...times,
      identities,
    });
    dropPassword(objects, user_id);
    setPassword(objects, user_id, password);
    writeMetadata(objects, user_id, result.effects);
    mailTicket(tenant, {
      kind: "email-verification",
      user: user_id,
      identity: user_id,
      email,
      client: given.client.id,
    });
    return objects.store.get("users", user_id) ?? user;
  });
}

/** Said on the page as well: https://auth0.com/docs/customize/login-pages/universal-login/customize-text-elements (`auth0-users-validation`: user exists) */
const exists = "Something went wrong, please try again later";

function isAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>"(),:;\\]{1,64}@[^\s@<>"(),:;\\]+\.[^\s@<>"(),:;\\.]+$/.test(text);
}

/** https://auth0.com/docs/actions/reference/pre-user-registration/pre-user-registration-event-object */
function eventOf({ tenant }: TokenParts, { connection, client, organization, came }: Registration, email: string) {
  return {
    client: clientPart(client),
    connection: connectionPart(connection),
    ...(organization ? { organization: organizationPart(organization) } : {}),
    request: requestPart(came, tenant.domain),
    tenant: tenantPart(tenant.domain),
    transaction: { acr_values: [], locale: "en", protocol: "oidc-basic-profile", requested_scopes: [], ui_locales: [] },
    user: { email, ...derivedFrom(email), app_metadata: {}, user_metadata: {} },
  };
}
