import { html } from "hono/html";
import type { Run } from "../facts/runs.ts";
import type { Html, Page } from "../layout.ts";
import type { Tokens } from "../play/app-login.ts";
import type { Ended, Part, Played } from "../play/play.ts";
import { addressOf, told } from "./ends.ts";
import { ruleLink } from "./logins.ts";

/** One login, step by step: what was met, who decided what, and what the app has in the end. */
export function playPage({ person, app, chosen }: Part, played: Played): Page {
  const { met, login, runs, end } = played;
  return {
    title: `${person.name} at ${app.name}`,
    at: "/.local/board",
    body: html`<h1>${person.name} at ${app.name}</h1>
<p class="lead">Played on a copy of the tenant that is gone by now: nobody was signed in, and nothing was changed.</p>
${banner(played)}${choices(end, { person, app, chosen })}
<section aria-labelledby="pages"><h2 id="pages">What ${person.name} met</h2><p>Page by page, as a person without a session would.</p>
<ol class="steps"><li>${app.name} sent ${person.name} to the tenant.</li>${met.map(({ page, did }) => html`<li><b>${page}</b>: ${did}.</li>`)}<li>${last(end)}</li></ol></section>
<section aria-labelledby="why"><h2 id="why">Why</h2><p>The rules that decided, in order, and where each is written.</p>
${login === undefined || login.trace.length === 0 ? html`<p>The login did not come to an end, so nothing was decided.</p>` : html`<ol class="steps">${login.trace.map(({ rule, source, says }) => html`<li>${says} ${ruleLink(rule, source)}</li>`)}</ol>`}</section>
<section aria-labelledby="actions"><h2 id="actions">What the Actions said</h2><p>As they are deployed to this tenant.</p>
${runs.length === 0 ? html`<p>None ran.</p>` : html`<ul class="cards">${runs.map(runCard)}</ul>`}</section>
${end.kind === "heard" && "tokens" in end.heard ? tokenCards(end.heard.tokens) : ""}
<p class="actions">${app.address === undefined ? "" : html`<a class="button" href="${app.address}">Do it yourself at ${app.name}</a>`}<a class="button plain" href="/.local/board">Everybody else</a></p>`,
  };
}

function banner(played: Played): Html {
  const { look, words, says } = told(played);
  const { end } = played;
  const description =
    end.kind === "heard" && "error" in end.heard ? html`<p>${end.heard.error}: ${end.heard.description}</p>` : "";
  return html`<div class="verdict ${look}"><p><strong>${look === "good" ? words.replace("in", "In") : words}</strong></p>${description}${says === undefined || end.kind === "heard" ? "" : html`<p>${says}</p>`}</div>`;
}

function choices(end: Ended, { person, app, chosen }: Part): Html | string {
  if (end.kind !== "choices") return "";
  return html`<ul class="tags">${end.choices.map((one) => html`<li><a class="button plain" href="${addressOf(person.key, app.clientId, [...chosen, one])}">${one}</a></li>`)}</ul>`;
}

function last(end: Ended): Html {
  switch (end.kind) {
    case "broken":
      return html`It went no further.`;
    case "choices":
      return html`There is a choice to make.`;
    case "stopped":
      return html`<b>${end.page}</b>: no answer to this page. <span class="soft mono">${end.address}</span>`;
    default:
      return html`Back at the app: <code>${end.at}</code>`;
  }
}

function runCard({ action, version, trigger, outcome, said, code, reason, error }: Run): Html {
  const bad = outcome !== "passed";
  return html`<li class="card"><div class="head"><h3>${action}</h3><span class="tag">version ${version}</span></div>
<p><strong class="${bad ? "bad" : "good"}">${outcome}</strong> <span class="soft">${trigger}</span></p>
${code === undefined ? "" : html`<p><code>${code}</code> ${reason ?? ""}</p>`}${error === undefined ? "" : html`<p>${error}</p>`}
${said === "" ? "" : html`<pre tabindex="0">${said}</pre>`}</li>`;
}

function tokenCards({ id, access, refresh }: Tokens): Html {
  const card = (name: string, claims: object) =>
    html`<li class="card"><h3>${name}</h3><pre tabindex="0" aria-label="${name}">${JSON.stringify(claims, null, 2)}</pre></li>`;
  return html`<section aria-labelledby="tokens"><h2 id="tokens">What the app has</h2><p>The tokens, decoded. They are not shown as they are: their signature is real.</p>
<ul class="cards tokens">${card("ID token", id)}${access === undefined ? "" : card("Access token", access)}</ul>
<p class="small soft actions">${refresh ? "With a refresh token." : "Without a refresh token."}${access === undefined ? " The access token is opaque." : ""}</p></section>`;
}

/** What there is instead of a login of somebody or something that is not there. */
export function nobodyPage(): Page {
  return {
    title: "Nobody to play",
    at: "/.local/board",
    body: html`<h1>Nobody to play</h1><p>There is no such person, or no such app, any more. <a href="/.local/board">Who can sign in where</a> says who there is.</p>`,
  };
}
