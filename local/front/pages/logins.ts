import { html } from "hono/html";
import { webAddress } from "../facts/apps.ts";
import type { Login } from "../facts/logins.ts";
import type { Html, Page } from "../layout.ts";

/** What a person knows an id by; undefined of what is gone. */
export type NameOf = (id: string) => string | undefined;

/** @param logins the newest first */
export function loginsPage(logins: readonly Login[], nameOf: NameOf): Page {
  return {
    title: "Logins",
    at: "/.local/played",
    body: html`<h1>Logins</h1>
<p class="lead">Each login that came to an end since the tenant started, the newest first, with the rules that decided it and where each is written.</p>
${logins.length === 0 ? html`<p>None yet. Sign in to one of the <a href="/.local/#apps">apps</a>, and it will be here.</p>` : html`<ol class="cards wide">${logins.map((one) => loginCard(one, nameOf))}</ol>`}`,
  };
}

function loginCard(login: Login, nameOf: NameOf): Html {
  const { time, app, user, trace } = login;
  const who = user === undefined ? "Somebody" : (nameOf(user) ?? user);
  return html`<li class="card"><div class="head"><h2>${who} at ${app}</h2><time class="soft small" datetime="${time}">${time.slice(0, 19).replace("T", " ")} UTC</time></div>
${outcome(login, nameOf)}
<ol class="small">${trace.map(({ rule, source, says }) => html`<li>${says} ${ruleLink(rule, source)}</li>`)}</ol></li>`;
}

function outcome({ outcome, error, description, organization }: Login, nameOf: NameOf): Html {
  if (outcome === "refused")
    return html`<p><strong class="bad">Refused</strong> <code>${error ?? ""}</code> ${description ?? ""}</p>`;
  const into = organization === undefined ? "as an individual" : `with ${nameOf(organization) ?? organization}`;
  return html`<p><strong class="good">In</strong> ${into}</p>`;
}

export function ruleLink(rule: string, source: string): Html {
  const address = webAddress(source);
  return address === undefined
    ? html`<span class="soft">(${rule}: ${source})</span>`
    : html`<a href="${address}" rel="noreferrer">${rule}</a>`;
}
