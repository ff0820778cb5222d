import type { Say } from "../engine/progress.ts";
import type { Browser, Rest } from "../player/browser.ts";
import type { Form, Page } from "../player/page.ts";

/** Who signs in. */
export interface Who {
  /** An address, or what their identity provider knows them by. */
  readonly as: string;
  readonly password: string;
}

/** What a form that has the field is filled in with, the first that fits. */
const answers: readonly (readonly [
  field: string,
  filled: (who: Who) => Readonly<Record<string, string>>,
  did: string,
])[] = [
  // the address stands there or is typed along
  ["password", ({ as, password }) => ({ username: as, password }), "gave the password"],
  ["who", ({ as }) => ({ who: as }), "typed the address"],
  ["username", ({ as }) => ({ username: as }), "typed the address"],
  ["login", ({ as }) => ({ login: as }), "said who it is"],
];

/** Buttons that are pressed without asking: of the page that asks for consent, and of those that hand a message on. */
const pressed: ReadonlySet<string> = new Set(["Accept", "Continue"]);

/**
 * Signs somebody in, from an app's first page to where nothing more is to be answered, and says each page on the way.
 * @returns the last page: the app's own where they are in
 */
export async function signIn(browser: Browser, start: URL, who: Who, say: Say): Promise<Page> {
  const seen = new Set<string>();
  let page = pageOf(await browser.open(start));
  for (;;) {
    const place = `${page.url.host}${page.url.pathname}`;
    const done = page.status === 200 && !seen.has(place) ? answer(browser, page, who) : undefined;
    say(`${place.replace(/[\w-]{32,}/g, "…")}  “${page.title}”${done === undefined ? "" : `: ${done.did}`}`);
    if (done === undefined) return page;
    seen.add(place);
    page = pageOf(await done.next());
  }
}

interface Done {
  readonly did: string;
  readonly next: () => Promise<Rest>;
}

function answer(browser: Browser, page: Page, who: Who): Done | undefined {
  for (const [field, filled, did] of answers) {
    const form = page.forms.find(({ fields }) => fields.has(field));
    if (form) return { did, next: () => browser.fill(page, form, ownFields(form, filled(who))) };
  }
  for (const form of page.forms)
    for (const button of form.buttons)
      if (pressed.has(button.label))
        return { did: `pressed ${button.label}`, next: () => browser.press(page, { form, button }) };
  return undefined;
}

function ownFields({ fields }: Form, filled: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(filled).filter(([name]) => fields.has(name)));
}

function pageOf(rest: Rest): Page {
  if ("page" in rest) return rest.page;
  throw new Error(`stopped at ${rest.arrived.href}`); // never: all pages are read to the end
}
