import { TOTP } from "otpauth";
import { Browser, type Rest, type Transport } from "../../player/browser.ts";
import { type Form, isChoice, type Page, type Pressed } from "../../player/page.ts";

/** What somebody knows and has who signs in. */
export interface Knows {
  /** Typed where an address is asked for. */
  readonly types: string;
  /** Undefined of whoever has none here. */
  readonly password: string | undefined;
  /** What they answer at their identity provider. */
  readonly login: string | undefined;
  /** What they may type where their organization is asked for. */
  readonly organizations: readonly string[];
  /** The key of their authenticator app, where they have one. Base32. */
  readonly factor: string | undefined;
}

/** One page on the way, and what the person did there. */
export interface Met {
  readonly page: string;
  readonly did: string;
}

/** How a visit went. */
export type Visited = {
  readonly met: readonly Met[];
} & (
  | { readonly arrived: URL }
  | { readonly stopped: Page }
  /** What the person may choose now, of which nothing was chosen yet. */
  | { readonly choices: readonly string[] }
);

/** What a person does on a page: goes on, has several ways, or none. */
type Done =
  | { readonly did: string; readonly next: () => Promise<Rest> }
  | { readonly choices: readonly string[] }
  | undefined;

/** Somebody at a browser, who answers each page once and is stuck when it comes again. */
export class Visitor {
  readonly #browser: Browser;
  readonly #knows: Knows;
  #factor: string | undefined;

  /** @param apps where the apps are called back */
  constructor(transport: Transport, apps: readonly string[], knows: Knows) {
    this.#browser = new Browser(transport, apps);
    this.#knows = knows;
    this.#factor = knows.factor;
  }

  /** @param chosen one for each page that gives a choice, in order */
  async visit(start: URL, chosen: readonly string[]): Promise<Visited> {
    const met: Met[] = [];
    const seen = new Set<string>();
    const left = [...chosen];
    let rest = await this.#browser.open(start);
    for (;;) {
      if ("arrived" in rest) return { met, arrived: rest.arrived };
      const { page } = rest;
      const place = `${page.url.host}${page.url.pathname} ${page.title}`;
      const done = page.status !== 200 || seen.has(place) ? undefined : this.#answer(page, left);
      seen.add(place);
      if (!done) return { met, stopped: page };
      if ("choices" in done) return { met, choices: done.choices };
      met.push({ page: page.title, did: done.did });
      rest = await done.next();
    }
  }

  #answer(page: Page, left: string[]): Done {
    const { types, password, login, organizations } = this.#knows;
    const has = (field: string) => page.forms.find(({ fields }) => fields.has(field));
    const organization = has("organizationName");
    if (organization) return this.#choose(page, left, organizations);
    const secret = has("password");
    // the name stands there or is typed along
    if (secret)
      return password === undefined
        ? undefined
        : this.#fill(page, secret, { username: types, password }, "gave the password");
    const code = has("code");
    if (code) return this.#oneTimeCode(page, code);
    const address = has("username");
    if (address) return this.#fill(page, address, { username: types }, `typed ${types}`);
    if (has("SAMLRequest")) return this.#press(page, "Continue", "was sent to the provider with the tenant’s request");
    const handOver = has("SAMLResponse");
    if (handOver) return this.#press(page, "Continue", "was sent on with the provider’s response");
    const asked = has("login");
    if (asked) return login === undefined ? undefined : this.#fill(page, asked, { login }, `said to be ${login}`);
    if (page.url.pathname === "/u/consent") return this.#press(page, "Accept", "agreed");
    const buttons = choicesOn(page);
    return buttons.length === 0 ? undefined : this.#choose(page, left, []);
  }

  /** The buttons of a page, and what may be typed into it; one way alone is no choice. */
  #choose(page: Page, left: string[], typed: readonly string[]): Done {
    const all = [...typed, ...choicesOn(page)];
    const [only, ...others] = all;
    const choice = others.length === 0 ? only : left.shift();
    if (choice === undefined) return all.length === 0 ? undefined : { choices: all };
    if (!typed.includes(choice)) return this.#press(page, choice, `chose “${choice}”`);
    const form = page.forms.find(({ fields }) => fields.has("organizationName"));
    return form && this.#fill(page, form, { organizationName: choice }, `typed ${choice}`);
  }

  #oneTimeCode(page: Page, form: Form): Done {
    const [key] = page.codes;
    const enrols = this.#factor === undefined;
    this.#factor ??= key;
    if (this.#factor === undefined) return undefined;
    const code = new TOTP({ secret: this.#factor }).generate();
    return this.#fill(
      page,
      form,
      { code },
      enrols ? "added an authenticator app and gave its code" : "gave a one-time code",
    );
  }

  #fill(page: Page, form: Form, known: Readonly<Record<string, string>>, did: string): Done {
    const filled = Object.fromEntries(Object.entries(known).filter(([name]) => form.fields.has(name)));
    return { did, next: () => this.#browser.fill(page, form, filled) };
  }

  #press(page: Page, label: string, did: string): Done {
    const found = buttonsOn(page).get(label);
    return found && { did, next: () => this.#browser.press(page, found) };
  }
}

/** The ways on that a page's buttons offer, top to bottom. */
function choicesOn(page: Page): string[] {
  return [...buttonsOn(page)].flatMap(([name, { button }]) => (isChoice(button) ? [name] : []));
}

/** Under a name of its own each: the label, and behind it a number where it comes again, for two companies may be called the same. */
function buttonsOn(page: Page): Map<string, Pressed> {
  const named = new Map<string, Pressed>();
  for (const form of page.forms)
    for (const button of form.buttons) {
      let name = button.label;
      for (let at = 2; named.has(name); at += 1) name = `${button.label} (${at})`;
      named.set(name, { form, button });
    }
  return named;
}
