import type { Hono } from "hono";
import { html } from "hono/html";
import { verifyAddress } from "../../entities/identities-of.ts";
import { redeemTicket } from "../../entities/tickets-store.ts";
import type { Tenant } from "../../management/tables.ts";
import { PageRefusal } from "../refusals.ts";
import { errorPage } from "./error.ts";
import { brandOf, page } from "./layout.ts";
import { withResult } from "./reset.ts";

const sentences = {
  unknown: "This link is not known",
  used: "This link was used before",
  expired: "This link is over",
  superseded: "The account has another address by now",
} as const;

/** The link of a verification mail: https://auth0.com/docs/manage-users/user-accounts/verify-emails */
export function mountVerification(app: Hono, tenant: Tenant): void {
  const { objects } = tenant;
  app.get("/u/email-verification", (context) => {
    const done = objects.store.transaction(() => {
      const ticket = redeemTicket(objects, "email-verification", context.req.query("ticket") ?? "");
      const user = typeof ticket === "string" ? undefined : objects.store.get("users", ticket.user);
      if (typeof ticket !== "string" && user) verifyAddress(objects, user, ticket.identity);
      return ticket;
    });
    if (typeof done === "string") return errorPage(context, tenant, new PageRefusal("access_expired", sentences[done]));
    if (done.resultUrl !== undefined)
      return context.redirect(
        withResult(done, "Your email was verified. You can continue using the application."),
        302,
      );
    const body = html`<p>Your email address is verified. Go on in the app.</p>`;
    return page(context, brandOf(objects), { title: "Email verified", body });
  });
}
