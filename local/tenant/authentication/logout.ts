import type { Context, Hono } from "hono";
import { html } from "hono/html";
import { endSession } from "../entities/refresh-tokens.ts";
import { bodyAt, textAt, textsAt } from "../management/json.ts";
import type { Tenant } from "../management/tables.ts";
import type { TokenParts } from "../tokens/endpoint.ts";
import { forgetSession, knownSession } from "./browser-session.ts";
import { errorPage } from "./pages/error.ts";
import { brandOf, page } from "./pages/layout.ts";
import { isAllowed } from "./redirects.ts";
import { PageRefusal } from "./refusals.ts";

/** Ends the browser's session. Refresh tokens outlive it: https://auth0.com/docs/authenticate/login/logout/log-users-out-of-auth0 */
export function mountLogout(app: Hono, { tenant, signer }: TokenParts): void {
  app.get("/v2/logout", (context) =>
    guarded(context, tenant, () => {
      const { client_id, returnTo } = context.req.query();
      const allowed = allowedFor(tenant, client_id);
      const to = returnTo || (client_id ? allowed[0] : undefined);
      if (to !== undefined && !isAllowed(to, allowed, { anyQuery: true }))
        throw new PageRefusal(
          "invalid_request",
          `The "returnTo" querystring parameter "${to}" is not defined as a valid URL in "Allowed Logout URLs".`,
        );
      end(context, tenant);
      return to === undefined ? context.text("OK") : context.redirect(new URL(to).href, 302);
    }),
  );
  app.on(["GET", "POST"], "/oidc/logout", async (context) => {
    const given =
      context.req.method === "POST"
        ? Object.fromEntries(new URLSearchParams(await context.req.text()))
        : context.req.query();
    const hint = given.id_token_hint ? await signer.readHint(given.id_token_hint) : undefined;
    return guarded(context, tenant, () => rpInitiated(context, tenant, given, hint));
  });
}

type Given = { readonly [name: string]: string };

/** https://auth0.com/docs/authenticate/login/logout/log-users-out-of-auth0/oidc-logout-endpoint */
function rpInitiated(
  context: Context,
  tenant: Tenant,
  given: Given,
  hint: Awaited<ReturnType<TokenParts["signer"]["readHint"]>>,
) {
  const { id_token_hint, post_logout_redirect_uri: to, state, confirmed } = given;
  if (id_token_hint && (!hint || hint.iss !== `https://${tenant.domain}/`))
    throw new PageRefusal("invalid_request", "Invalid id_token_hint");
  const audience = hint && textAt(hint, "aud");
  if (given.client_id && audience !== undefined && audience !== given.client_id)
    throw new PageRefusal("invalid_request", "The client_id is not the audience of the id_token_hint");
  if (to && !isAllowed(to, allowedFor(tenant, given.client_id || audience), { anyQuery: true }))
    throw new PageRefusal(
      "invalid_request",
      `The post_logout_redirect_uri "${to}" is not in the list of allowed logout URLs`,
    );
  const session = knownSession(context, tenant.objects);
  const asks = bodyAt(tenant.objects.single("tenants/settings"), "sessions").oidc_logout_prompt_enabled !== false;
  const sure = !session || hint?.sid === session.id || (context.req.method === "POST" && confirmed === "yes") || !asks;
  if (!sure) return confirmation(context, tenant, given);
  end(context, tenant);
  if (!to) return context.text("OK");
  const target = new URL(to);
  if (state) target.searchParams.set("state", state);
  return context.redirect(target.href, 302);
}

/** Another site's link alone ends nobody's session. */
function confirmation(context: Context, { objects }: Tenant, given: Given) {
  const kept = Object.entries(given).filter(([name]) => name !== "confirmed");
  const fields = kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
  const body = html`<form method="post" action="/oidc/logout">${fields}<button class="main" name="confirmed" value="yes">Sign out</button></form>`;
  return page(context, brandOf(objects), { title: "Sign out", intro: "Do you want to sign out?", body });
}

function allowedFor({ objects }: Tenant, client: string | undefined): readonly string[] {
  if (!client) return textsAt(objects.single("tenants/settings"), "allowed_logout_urls");
  const found = objects.store.get("clients", client);
  if (!found) throw new PageRefusal("invalid_request", `Unknown client: ${client}`);
  return textsAt(found.body, "allowed_logout_urls");
}

function end(context: Context, { objects }: Tenant): void {
  const session = forgetSession(context, objects);
  if (session) objects.store.transaction(() => endSession(objects, session, { tokens: false }));
}

function guarded(context: Context, tenant: Tenant, answer: () => Response | Promise<Response>) {
  try {
    return answer();
  } catch (thrown) {
    if (thrown instanceof PageRefusal) return errorPage(context, tenant, thrown);
    throw thrown;
  }
}
