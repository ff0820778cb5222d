import { html } from "hono/html";
import type { App } from "../facts/apps.ts";
import type { Person } from "../facts/people.ts";
import type { Html } from "../layout.ts";
import type { Way } from "../play/plays.ts";
import { wayLinks } from "./ends.ts";

/** People on the board; the others are played by their address. */
export const mostPeople = 60;

/** The board comes row by row: what stands before the rows, a row, and what stands after them. */
export function boardStart(apps: readonly App[], people: number): Html {
  const more =
    people > mostPeople ? html`<p class="note">The first ${mostPeople} of ${people} people stand here.</p>` : "";
  const nothing =
    apps.length === 0 ? html`<p class="note">No app is here yet: <code>make up</code> declares them.</p>` : "";
  return html`<h1>Who can sign in where</h1>
<p class="lead">Each login below is played for real, on a copy of the tenant that is thrown away: its pages, its rules, the companies’ identity providers, the Actions. Follow one to see why it ends as it does.</p>${more}${nothing}<p class="note playing">Playing ${Math.min(people, mostPeople)} people: each stands here as soon as all their logins are played.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Who can sign in where"><table class="stack board"><thead><tr><th scope="col">Person</th>${apps.map(({ name }) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>`;
}

export function boardRow({ name, types, key }: Person, apps: readonly App[], ways: readonly (readonly Way[])[]): Html {
  const cells = apps.map(
    (app, at) =>
      html`<td data-label="${app.name}">${wayLinks(ways[at] ?? [], { person: key, app: app.clientId })}</td>`,
  );
  return html`<tr><th scope="row">${name}<small>${types}</small></th>${cells}</tr>`;
}

export function boardEnd(people: number): Html {
  const none = people === 0 ? html`<p>There is nobody yet: <code>make up</code> adds people.</p>` : "";
  // without a script only a later style can take away what was said before
  return html`</tbody></table></div><style>.playing { display: none; }</style>${none}
<p class="small soft actions">The app names no organization, and everybody answers each page once. A code is the Action’s own where it has one.</p>`;
}
