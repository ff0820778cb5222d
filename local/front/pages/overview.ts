import { html } from "hono/html";
import type { App } from "../facts/apps.ts";
import type { Mail } from "../facts/mails.ts";
import type { Organization } from "../facts/organizations.ts";
import type { Person } from "../facts/people.ts";
import type { Html, Page } from "../layout.ts";
import { mailTable } from "./mail.ts";

/** All that the first page tells. */
export interface Overview {
  readonly domain: string;
  readonly apps: readonly App[];
  readonly machines: readonly App[];
  readonly organizations: readonly Organization[];
  readonly people: readonly Person[];
  readonly mails: readonly Mail[];
  /** Everybody's, where the people's file says so. */
  readonly password: string | undefined;
}

/** Mails on the first page; the others are a page away. */
const mostMails = 5;

export function overviewPage(all: Overview): Page {
  const { domain, apps, machines, organizations, people, mails, password } = all;
  const count = (many: number, one: string, more: string) => html`<li><b>${many}</b> ${many === 1 ? one : more}</li>`;
  const spoken =
    password === undefined
      ? ""
      : html` Everybody whom <code>make up</code> added has the password <code>${password}</code>.`;
  return {
    title: "Overview",
    at: "/.local/",
    body: html`<h1>Your tenant is up</h1>
<p class="lead">It answers at <code>https://${domain}</code> as Auth0 would: its pages, its rules, and the Actions that were deployed to it.${spoken}</p>
<ul class="numbers">${count(apps.length, "app", "apps")}${count(organizations.length, "organization", "organizations")}${count(people.length, "person", "people")}${count(machines.length, "machine client", "machine clients")}</ul>
<p class="actions"><a class="button" href="/.local/board">Who can sign in where</a></p>
<section aria-labelledby="apps"><h2 id="apps">Apps</h2><p>Whom each one admits is written in its metadata, and the Action decides by it.</p>
${apps.length === 0 ? html`<p>No app is here yet: <code>make up</code> declares them.</p>` : html`<ul class="cards">${apps.map(appCard)}</ul>`}
${machines.length === 0 ? "" : html`<p class="small soft actions">Machine clients: ${machines.map(({ name }, place) => html`${place === 0 ? "" : ", "}${name}`)}</p>`}</section>
<section aria-labelledby="organizations"><h2 id="organizations">Organizations</h2><p>A company’s type and state are its metadata; its domains lead to its connection.</p>
${organizations.length === 0 ? html`<p>There is none.</p>` : html`<ul class="cards">${organizations.map(organizationCard)}</ul>`}</section>
<section aria-labelledby="people"><h2 id="people">People</h2><p>Those of the tenant’s directory, and those of the identity providers that are played on this machine.</p>
${people.length === 0 ? html`<p>There is nobody.</p>` : peopleTable(people)}</section>
<section aria-labelledby="mail"><h2 id="mail">Mail</h2><p>Nothing leaves this machine: what would be sent is kept, and its links work.</p>
${mailTable(mails.slice(0, mostMails))}
${mails.length > mostMails ? html`<p class="actions"><a href="/.local/mails">All ${mails.length} mails</a></p>` : ""}</section>`,
  };
}

function appCard({ clientId, name, description, kind, address, policy, login }: App): Html {
  const open =
    address === undefined
      ? ""
      : html`<p class="end"><a href="${address}">Open ${name}</a> <span class="soft small mono">${new URL(address).host}</span></p>`;
  return html`<li class="card"><div class="head"><h3>${name}</h3><span class="tag">${kind}</span></div>
${description === undefined ? "" : html`<p class="soft">${description}</p>`}
<ul>${policy.map((one) => html`<li>${one}</li>`)}${login === undefined ? "" : html`<li>${login}</li>`}</ul>
<p class="small"><span class="soft">Client ID</span> <code>${clientId}</code></p>${open}</li>`;
}

function organizationCard({ slug, name, metadata, connections, domains, members }: Organization): Html {
  const type = metadata.find(([key]) => key === "type")?.[1] ?? "no type";
  const rest = metadata.filter(([key]) => key !== "type");
  const none = html`<span class="soft">none</span>`;
  const through = connections.map(
    ({ name: connection, strategy, joins }) =>
      html`<div><code>${connection}</code> ${strategy}${joins ? html`<span class="soft">, makes members</span>` : ""}</div>`,
  );
  return html`<li class="card"><div class="head"><h3>${name}</h3><span class="tag">${type}</span></div>
<div class="tags">${rest.map(([key, value]) => html`<span class="tag mono">${key}=${value}</span>`)}</div>
<dl><dt>Slug</dt><dd><code>${slug}</code></dd>
<dt>Sign-in</dt><dd>${connections.length === 0 ? none : through}</dd>
<dt>Domains</dt><dd>${domains.length === 0 ? none : domains.join(", ")}</dd>
<dt>Members</dt><dd>${members.length === 0 ? html`<span class="soft">none yet</span>` : members.join(", ")}</dd></dl></li>`;
}

function peopleTable(people: readonly Person[]): Html {
  const rows = people.map(
    ({ name, email, types, organizations, roles, stage, connection, provider, account }) =>
      html`<tr><th scope="row">${name}<small>${email ?? types}</small></th>
<td data-label="Signs in">${provider ? html`at ${provider}’s provider` : html`with a password, in <code>${connection ?? "?"}</code>`}</td>
<td data-label="Belongs to">${organizations.length > 0 ? organizations.join(", ") : account ? "no organization" : "no account before the first sign-in"}</td>
<td data-label="Roles">${roles.length === 0 ? "none yet" : roles.join(", ")}</td><td data-label="Stage">${stage ?? "none of their own"}</td></tr>`,
  );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Table of people"><table class="stack"><thead><tr><th scope="col">Person</th><th scope="col">Signs in</th><th scope="col">Belongs to</th><th scope="col">Roles</th><th scope="col">Stage</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
