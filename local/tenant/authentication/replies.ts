import type { Context } from "hono";
import { html } from "hono/html";
import type { ReplyTo } from "./asked.ts";

/** What an app is told at the end of a login. */
export type Told = { readonly code: string } | { readonly error: string; readonly error_description: string };

/**
 * Brings an answer to the app in the way that it asked for: in the address, in a form that posts itself, or as a message to the page
 * that opened this one (https://auth0.com/docs/authenticate/login/configure-silent-authentication).
 */
export function reply(
  context: Context,
  { redirectUri, mode, state }: ReplyTo,
  told: Told,
): Response | Promise<Response> {
  const said = { ...told, ...(state === undefined ? {} : { state }) };
  context.header("Cache-Control", "no-store");
  if (mode === "query") {
    const to = new URL(redirectUri);
    for (const [name, value] of Object.entries(said)) to.searchParams.set(name, value);
    return context.redirect(to.href, 302);
  }
  if (mode === "web_message") return message(context, new URL(redirectUri).origin, said);
  return formPost(context, redirectUri, said);
}

/** A form that posts itself, and by its button where there is no script. */
export function formPost(
  context: Context,
  to: string,
  fields: { readonly [name: string]: string },
): Response | Promise<Response> {
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  context.header("Cache-Control", "no-store");
  context.header("Content-Security-Policy", "default-src 'none'; script-src 'unsafe-inline'");
  return context.html(
    html`<!doctype html><html lang="en"><head><title>Submit this form</title></head><body><form method="post" action="${to}">${hidden}<noscript><button>Continue</button></noscript></form><script>document.forms[0].submit()</script></body></html>`,
  );
}

/** What stands in a script is JSON without `<`, so that no value can end the script. */
function message(context: Context, origin: string, response: { [name: string]: string }) {
  const data = JSON.stringify({ type: "authorization_response", response }).replaceAll("<", "\\u003c");
  const to = JSON.stringify(origin).replaceAll("<", "\\u003c");
  context.header("Content-Security-Policy", "default-src 'none'; script-src 'unsafe-inline'");
  return context.html(
    `<!doctype html><html lang="en"><head><title>Authorization response</title></head><body><script>(window.opener||window.parent).postMessage(${data},${to})</script></body></html>`,
  );
}
