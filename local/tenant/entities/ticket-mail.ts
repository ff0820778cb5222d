import type { Tenant } from "../management/tables.ts";
import { post } from "./mail.ts";
import { issueTicket, type Ticket } from "./tickets-store.ts";

const templates = { "email-verification": "verify_email", "password-change": "change_password" } as const;

/**
 * Mails a link with a ticket, which proves the address as it is used, and lives as long as the template says
 * (https://auth0.com/docs/customize/email/email-templates); false where the template is turned off. Runs inside a transaction of the
 * caller's.
 */
export function mailTicket(
  tenant: Tenant,
  ticket: Omit<Ticket, "includeEmailInRedirect" | "markEmailAsVerified" | "resultUrl">,
): boolean {
  const kind = templates[ticket.kind];
  const seconds = Number(tenant.objects.store.get("email-templates", kind)?.body.urlLifetimeInSeconds ?? 0);
  const whole = { ...ticket, includeEmailInRedirect: false, markEmailAsVerified: true };
  return post(tenant.objects, { to: ticket.email, kind, link: issueTicket({ tenant }, whole, seconds) });
}
