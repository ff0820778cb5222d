import { html } from "hono/html";
import type { Mail } from "../facts/mails.ts";
import type { Html, Page } from "../layout.ts";

export function mailPage(mails: readonly Mail[]): Page {
  return {
    title: "Mail",
    at: "/.local/mails",
    body: html`<h1 id="mail">Mail</h1>
<p class="lead">Nothing leaves this machine. What the tenant would have sent is kept here, the newest first, and each link does what it would do in the mail.</p>
${mailTable(mails)}`,
  };
}

/** Of one page, which has the heading `mail`. */
export function mailTable(mails: readonly Mail[]): Html {
  if (mails.length === 0)
    return html`<p>No mail yet. Press “Forgot password?” at a sign-in, or sign up, and one will be here.</p>`;
  const rows = mails.map(
    ({ to, subject, time, link }) =>
      html`<tr><th scope="row">${subject}<small>to ${to}</small></th><td data-label="Sent"><time datetime="${time}">${time.slice(0, 16).replace("T", " ")} UTC</time></td>
<td>${link === undefined ? "no link" : html`<a href="${link}" aria-label="Open its link: “${subject}” to ${to}">Open its link</a>`}</td></tr>`,
  );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Table of mails"><table class="stack"><thead><tr><th scope="col">Mail</th><th scope="col">Sent</th><th scope="col">Link</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
