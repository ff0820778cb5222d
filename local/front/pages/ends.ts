import { html } from "hono/html";
import type { Html } from "../layout.ts";
import type { Played } from "../play/play.ts";
import type { Way } from "../play/plays.ts";

/** How a login ended, in few words. */
export interface Told {
  readonly look: "good" | "bad" | "wait";
  readonly words: string;
  /** What was said to the person who could not go on. */
  readonly says?: string;
}

/** The page titles of a second factor: https://auth0.com/docs/secure/multi-factor-authentication */
const factors: ReadonlySet<string> = new Set(["Secure your account", "Verify your identity"]);

/** `in with acme`, `wrong_type with acme`, `stops at “Enter your password”`. */
export function told({ end, login, organization, met }: Played): Told {
  if (end.kind === "broken") return { look: "bad", words: "cannot be played", says: end.says };
  if (end.kind === "choices") return { look: "wait", words: "has a choice" };
  if (end.kind === "stopped")
    return { look: "wait", words: `stops at “${end.page}”`, ...(end.says === undefined ? {} : { says: end.says }) };
  const within = organization === undefined ? "" : ` with ${organization}`;
  if ("error" in end.heard) {
    const { error, description } = end.heard;
    const code = codeIn(description);
    return code === undefined
      ? { look: "bad", words: `${error}${within}`, says: description }
      : { look: "bad", words: `${code}${within}` };
  }
  const factor = met.some(({ page }) => factors.has(page)) ? ", second factor" : "";
  return { look: "good", words: `in${login?.organization === undefined ? " as an individual" : within}${factor}` };
}

/** The Action's own code, such as `wrong_type` or `org_required:acme`: docs/answer-a-refusal.md */
function codeIn(description: string): string | undefined {
  return /^([a-z_]+(?::[a-z0-9_-]+)?): /.exec(description)?.[1];
}

/** The page that plays a login. */
export function addressOf(person: string, app: string, chosen: readonly string[]): string {
  const query = new URLSearchParams({ person, app });
  for (const one of chosen) query.append("choice", one);
  return `/.local/play?${query}`;
}

/** @param who begins the address of each way */
export function wayLinks(ways: readonly Way[], who: { readonly person: string; readonly app: string }): Html {
  const items = ways.map(({ chosen, played }) => {
    const { look, words, says } = told(played);
    const small = says === undefined ? "" : html` <small class="soft">${says}</small>`;
    return html`<li><a class="way ${look}" href="${addressOf(who.person, who.app, chosen)}">${words}</a>${small}</li>`;
  });
  return html`<ul class="ways">${items}</ul>`;
}
