import { boundActions } from "../actions/bound.ts";
import { identityAt, idOfIdentity, verifyAddress } from "../entities/identities-of.ts";
import { setPassword, weakness } from "../entities/passwords.ts";
import { mailTicket } from "../entities/ticket-mail.ts";
import { redeemTicket, type Ticket, ticketOf } from "../entities/tickets-store.ts";
import { bodiesAt, bodyAt, textAt } from "../management/json.ts";
import type { Tenant } from "../management/tables.ts";
import type { Stored } from "../store.ts";
import type { TokenParts } from "../tokens/endpoint.ts";
import { type Came, clientPart, connectionPart, organizationPart, requestPart, tenantPart } from "./event-parts.ts";

/** Mails a link for a new password, where the database has the address; who asks is never told whether it has. */
export function mailReset(
  tenant: Tenant,
  {
    connection,
    email,
    client,
    organization,
  }: { connection: Stored; email: string; client: string; organization?: string },
): void {
  const { objects } = tenant;
  const found = identityAt(objects, textAt(connection.body, "name") ?? "", email.trim());
  if (!found) return;
  const { account, identity } = found;
  const place = organization === undefined ? {} : { organization };
  const to = email.trim().toLowerCase();
  objects.store.transaction(() =>
    mailTicket(tenant, { kind: "password-change", user: account.id, identity, email: to, client, ...place }),
  );
}

/**
 * Runs the Actions of password-reset-post-challenge, once the link of the mail was followed; answers why there is no new password, if so.
 * https://auth0.com/docs/customize/actions/explore-triggers/password-reset-triggers
 */
export async function mayReset(
  parts: TokenParts,
  ticket: Ticket,
  came: Came,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { tenant, runner } = parts;
  const { objects } = tenant;
  const user = objects.store.get("users", ticket.user);
  if (!user) return "The account is not there any more";
  const trigger = "password-reset-post-challenge";
  const result = await runner.run(trigger, boundActions(objects, trigger), eventOf(tenant, ticket, user, came), {
    signal,
  });
  if (result.outcome === "passed") return undefined;
  return result.outcome === "denied" ? result.reason : "An Action of password-reset-post-challenge failed";
}

/** Sets the password that a ticket is for, once; answers what is wrong with it instead, if something is. */
export function setByTicket({ tenant: { objects } }: TokenParts, key: string, password: string): Ticket | string {
  return objects.store.transaction(() => {
    const connection = databaseOf({ objects }, key);
    const weak = connection && weakness(connection.body, password);
    if (weak !== undefined) return weak;
    const ticket = redeemTicket(objects, "password-change", key);
    if (typeof ticket === "string") return ended;
    setPassword(objects, ticket.identity, password);
    const user = objects.store.get("users", ticket.user);
    if (!user) return ended;
    const changed = objects.rewrite(user, { ...user.body, last_password_reset: new Date().toISOString() });
    if (ticket.markEmailAsVerified) verifyAddress(objects, changed, ticket.identity);
    return ticket;
  });
}

export const ended = "This link was used, or is over";

/** The database whose password a ticket is about; looking does not use the ticket. */
function databaseOf({ objects }: Pick<Tenant, "objects">, key: string): Stored | undefined {
  const ticket = ticketOf(objects, "password-change", key);
  if (typeof ticket === "string") return undefined;
  const user = objects.store.get("users", ticket.user);
  const identity = bodiesAt(user?.body ?? {}, "identities").find((one) => idOfIdentity(one) === ticket.identity);
  return objects.store.owner("connections", "name", textAt(identity ?? {}, "connection") ?? "");
}

/** https://auth0.com/docs/actions/reference/password-reset-post-challenge/password-reset-post-challenge-event-object */
function eventOf({ objects, domain }: Tenant, ticket: Ticket, { body }: Stored, came: Came) {
  const client = ticket.client === undefined ? undefined : objects.store.get("clients", ticket.client);
  const organization =
    ticket.organization === undefined ? undefined : objects.store.get("organizations", ticket.organization);
  const identity = bodiesAt(body, "identities")[0] ?? {};
  const connection = objects.store.owner("connections", "name", textAt(identity, "connection") ?? "");
  return {
    authentication: { methods: [{ name: "email", timestamp: new Date().toISOString() }] },
    ...(client ? { client: clientPart(client) } : {}),
    ...(connection ? { connection: connectionPart(connection) } : {}),
    ...(organization ? { organization: organizationPart(organization) } : {}),
    request: requestPart(came, domain),
    tenant: tenantPart(domain),
    transaction: { acr_values: [], locale: "en", protocol: "oidc-basic-profile", requested_scopes: [], ui_locales: [] },
    user: {
      ...body,
      app_metadata: bodyAt(body, "app_metadata"),
      user_metadata: bodyAt(body, "user_metadata"),
      identities: bodiesAt(body, "identities"),
    },
  };
}
