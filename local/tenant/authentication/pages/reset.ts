import type { Hono } from "hono";
import { html } from "hono/html";
import { type Ticket, ticketOf } from "../../entities/tickets-store.ts";
import { cameWith } from "../authorize.ts";
import type { LoginParts } from "../flow.ts";
import { Ephemeral } from "../once.ts";
import { PageRefusal } from "../refusals.ts";
import { ended, mailReset, mayReset, setByTicket } from "../reset.ts";
import { errorPage } from "./error.ts";
import { brandOf, type Page, page } from "./layout.ts";
import { stateField } from "./login.ts";
import { atPage, formOf, shownOf } from "./mount.ts";
import { paths } from "./paths.ts";

/** Seconds that a person has for the form, once the Actions let a reset go on. */
const patience = 900;

/** A new password: asked for on a page of a login, and set by the link of the mail. https://auth0.com/docs/authenticate/database-connections/password-change */
export function mountReset(app: Hono, parts: LoginParts): void {
  mountRequest(app, parts);
  const allowed = new Ephemeral<string>(patience);
  app.get("/u/reset-password", async (context) => {
    const key = context.req.query("ticket") ?? "";
    const ticket = ticketOf(parts.tenant.objects, "password-change", key);
    if (typeof ticket === "string") return errorPage(context, parts.tenant, new PageRefusal("access_expired", ended));
    const refusal = await mayReset(parts, ticket, cameWith(context, {}), context.req.raw.signal);
    if (refusal !== undefined) return errorPage(context, parts.tenant, new PageRefusal("access_denied", refusal, 403));
    return page(context, brandFor(parts, ticket), passwordForm(allowed.add(key)));
  });
  app.post("/u/reset-password", async (context) => {
    const form = await formOf(context);
    const passed = form.passed ?? "";
    const key = allowed.get(passed);
    if (key === undefined) return errorPage(context, parts.tenant, new PageRefusal("access_expired", ended));
    const set = setByTicket(parts, key, form.password ?? "");
    if (set === ended) return errorPage(context, parts.tenant, new PageRefusal("access_expired", ended));
    if (typeof set === "string") return page(context, brandOf(parts.tenant.objects), passwordForm(passed, set));
    allowed.take(passed);
    if (set.resultUrl !== undefined) return context.redirect(withResult(set, "Your password has been changed"), 302);
    const done = {
      title: "Password changed",
      body: html`<p>Your password has been changed. Sign in with it from the app.</p>`,
    };
    return page(context, brandFor(parts, set), done);
  });
}

function mountRequest(app: Hono, parts: LoginParts): void {
  app.get(paths.reset, (context) =>
    atPage(parts, context, { key: context.req.query("state") }, (turn, step) => {
      if (step.kind !== "password") return undefined;
      const sent = turn.login.mailed === true;
      delete turn.login.mailed;
      return page(context, brandOf(parts.tenant.objects), sent ? mailedPage() : requestForm(shownOf(turn)));
    }),
  );
  app.post(paths.reset, async (context) => {
    const form = await formOf(context);
    return atPage(parts, context, { key: form.state, form }, ({ login, key }, step) => {
      const connection =
        step.kind === "password" ? parts.tenant.objects.store.get("connections", step.connection) : undefined;
      if (step.kind !== "password" || !connection) return undefined;
      const place = step.organization === undefined ? {} : { organization: step.organization };
      mailReset(parts.tenant, { connection, email: form.email ?? "", client: login.asked.client.id, ...place });
      login.mailed = true;
      return context.redirect(`${paths.reset}?state=${key}`, 302);
    });
  });
}

/** The same whether there is such an account or not. */
function mailedPage(): Page {
  return {
    title: "Check your email",
    body: html`<p>If there is an account for that address, a mail with a link for a new password is on its way.</p>`,
  };
}

function requestForm(shown: ReturnType<typeof shownOf>): Page {
  return {
    title: "Forgot your password?",
    intro: "Enter your email address: a link for a new password will be mailed to it",
    complaint: shown.complaint,
    body: html`<form method="post">${stateField(shown)}
<label for="email">Email address</label><input id="email" name="email" type="email" autocomplete="email" required autofocus value="${shown.identifier ?? ""}">
<button class="main" name="action" value="default">Continue</button>
<p><a href="/u/login?state=${shown.key}">Back to sign in</a></p></form>`,
  };
}

function passwordForm(passed: string, complaint?: string): Page {
  return {
    title: "Choose a new password",
    complaint,
    body: html`<form method="post" action="/u/reset-password"><input type="hidden" name="passed" value="${passed}">
<label for="password">New password</label><input id="password" name="password" type="password" autocomplete="new-password" required autofocus aria-describedby="complaint">
<button class="main" name="action" value="default">Set the password</button></form>`,
  };
}

function brandFor({ tenant: { objects } }: LoginParts, { organization }: Ticket) {
  return brandOf(objects, organization === undefined ? undefined : objects.store.get("organizations", organization));
}

/** https://auth0.com/docs/customize/email/email-templates#configure-the-redirect-url: `success`, `message` and, where asked for, `email` */
export function withResult({ resultUrl = "", includeEmailInRedirect, email }: Ticket, message: string): string {
  const to = new URL(resultUrl);
  to.searchParams.set("success", "true");
  to.searchParams.set("message", message);
  if (includeEmailInRedirect) to.searchParams.set("email", email);
  return to.href;
}
