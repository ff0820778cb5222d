import type { Context } from "hono";
import { html } from "hono/html";
import type { Tenant } from "../../management/tables.ts";
import type { PageRefusal } from "../refusals.ts";
import { brandOf, page } from "./layout.ts";

/** What a person sees where nothing may be told to the app: https://auth0.com/docs/customize/login-pages/custom-error-pages */
export function errorPage(context: Context, { objects }: Tenant, { wrong, status }: PageRefusal) {
  const brand = brandOf(objects);
  const body = html`<p>Something went wrong with this sign-in. What the app's people need to know:</p>
<ul><li><code>${wrong.error}</code></li><li>${wrong.description}</li></ul>`;
  return page(context, brand, { title: "Sign-in is not possible", body }, status);
}
