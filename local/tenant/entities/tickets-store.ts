import { digest } from "../digest.ts";
import { alphanumerics } from "../ids.ts";
import { missing } from "../management/faults.ts";
import { type Body, textAt } from "../management/json.ts";
import type { Objects } from "../management/objects.ts";
import type { Call, Entity } from "../management/tables.ts";
import { emailOfIdentity } from "./identities-of.ts";

export type TicketKind = "email-verification" | "password-change";

/** What a ticket is for. */
export interface Ticket {
  readonly kind: TicketKind;
  /** The account, and the identity of it whose address or password it is. */
  readonly user: string;
  readonly identity: string;
  readonly email: string;
  readonly resultUrl?: string;
  readonly client?: string;
  readonly organization?: string;
  readonly includeEmailInRedirect: boolean;
  readonly markEmailAsVerified: boolean;
}

/** Why a ticket is good for nothing: never given, used before, too old, or for an address that the account has no more. */
export type TicketRefusal = "unknown" | "used" | "expired" | "superseded";

/** Seconds: https://auth0.com/docs/api/management/v2/tickets/post-email-verification */
const lifetime = 432_000;

const family = "tickets";

/** Pages of the hosted login that take a ticket. */
const pages: { readonly [kind in TicketKind]: string } = {
  "email-verification": "email-verification",
  "password-change": "reset-password",
};

const nothing = missing("What the ticket is for does not exist.");

/** Without an endpoint of its own: a ticket goes with the account, the app and the organization that it is for. */
export const ticketEntity: Entity = {
  family,
  path: "/tickets",
  idField: "id",
  newId: (body) => textAt(body, "id") ?? "",
  missing: missing("The ticket does not exist."),
  readable: false,
  references: [
    { field: "user", family: "users", missing: nothing },
    { field: "client", family: "clients", missing: nothing },
    { field: "organization", family: "organizations", missing: nothing },
  ],
};

/** Stores a ticket for some seconds (0: five days) and answers its URL. The file keeps a digest, and not the ticket. */
export function issueTicket({ tenant }: Pick<Call, "tenant">, ticket: Ticket, seconds = 0): string {
  const key = alphanumerics(32);
  const expires = Date.now() + (seconds || lifetime) * 1000;
  const id = digest(key);
  tenant.objects.seed(family, id, { ...ticket, id, expires, used: false });
  return `https://${tenant.domain}/u/${pages[ticket.kind]}?ticket=${key}#`;
}

/** What a ticket is for, or why it is refused; looking does not use it. */
export function ticketOf(objects: Objects, kind: TicketKind, ticket: string): Ticket | TicketRefusal {
  const body = objects.store.get(family, digest(ticket))?.body;
  if (!body || body.kind !== kind) return "unknown";
  if (body.used === true) return "used";
  if (Number(body.expires) <= Date.now()) return "expired";
  const found = read(body, kind);
  return kind === "email-verification" && found.email !== emailNow(objects, found) ? "superseded" : found;
}

/** Uses a ticket: what it is for, or why it is refused. Runs inside a transaction of the caller's, with what the ticket allows. */
export function redeemTicket(objects: Objects, kind: TicketKind, ticket: string): Ticket | TicketRefusal {
  const found = ticketOf(objects, kind, ticket);
  const stored = objects.store.get(family, digest(ticket));
  if (stored && typeof found !== "string") objects.rewrite(stored, { ...stored.body, used: true });
  return found;
}

function emailNow({ store }: Objects, { user, identity }: Ticket): string | undefined {
  const account = store.get("users", user);
  return account && emailOfIdentity(account.body, identity);
}

function read(body: Body, kind: TicketKind): Ticket {
  const [resultUrl, client, organization] = ["resultUrl", "client", "organization"].map((name) => textAt(body, name));
  return {
    kind,
    user: textAt(body, "user") ?? "",
    identity: textAt(body, "identity") ?? "",
    email: textAt(body, "email") ?? "",
    includeEmailInRedirect: body.includeEmailInRedirect === true,
    markEmailAsVerified: body.markEmailAsVerified === true,
    ...(resultUrl === undefined ? {} : { resultUrl }),
    ...(client === undefined ? {} : { client }),
    ...(organization === undefined ? {} : { organization }),
  };
}
