import type { Context } from "hono";
import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { look } from "./look.ts";

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** The front's pages that the navigation leads to. */
const places = [
  ["/.local/", "Overview"],
  ["/.local/board", "Board"],
  ["/.local/played", "Logins"],
  ["/.local/mails", "Mail"],
] as const;

export interface Page {
  readonly title: string;
  /** The place in the navigation that the page belongs to. */
  readonly at: (typeof places)[number][0];
  readonly body: Html;
}

/** What every page says of the tenant. */
export interface Frame {
  /** The tenant's own name. */
  readonly name: string;
  readonly domain: string;
}

const mark = html`<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8" fill="var(--accent)"/><circle cx="16" cy="12.5" r="4.75" fill="none" stroke="var(--on-accent)" stroke-width="2.5"/><path d="M16 17.25V26M16 22h4.5" fill="none" stroke="var(--on-accent)" stroke-width="2.5" stroke-linecap="round"/></svg>`;

/** A page of this machine's own: without a script, for no frame, and with nothing from anywhere else. */
export function show(context: Context, frame: Frame, page: Page): Response | Promise<Response> {
  ownPage(context);
  return context.html(html`${pageStart(frame, page)}${page.body}${pageEnd(frame)}`);
}

/** Says so to the browser. */
export function ownPage(context: Context): void {
  context.header("Cache-Control", "no-store");
  context.header("X-Frame-Options", "deny");
  context.header("X-Content-Type-Options", "nosniff");
  context.header(
    "Content-Security-Policy",
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  );
  // not "no-referrer": a browser would call the Origin of the page's own forms "null", and /.local takes none such
  context.header("Referrer-Policy", "same-origin");
}

/** What stands before the content of a page. */
export function pageStart({ name }: Frame, { title, at }: Pick<Page, "title" | "at">): Html {
  const links = places.map(
    ([path, label]) => html`<li><a href="${path}"${path === at ? raw(' aria-current="page"') : ""}>${label}</a></li>`,
  );
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} | ${name}</title><style>${raw(look)}</style></head>
<body><a class="skip" href="#content">Skip to the content</a>
<header class="top"><div><a class="brand" href="/.local/">${mark}<span>${name} <small>local tenant</small></span></a><nav aria-label="Main"><ul>${links}</ul></nav></div></header>
<main id="content">`;
}

/** What stands after it. */
export function pageEnd({ domain }: Frame): Html {
  return html`</main>
<footer class="foot"><div>${domain}, on this machine alone. For programs: <a href="/.local/logins">logins</a>, <a href="/.local/actions">runs of Actions</a>, <a href="/.local/requests">requests</a>, <a href="/.local/mail">mail</a>, <a href="/.well-known/openid-configuration">OpenID configuration</a>.</div></footer>
</body></html>`;
}
