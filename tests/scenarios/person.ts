import { TOTP } from "otpauth";
import type { Browser, Rest } from "../../local/player/browser.ts";
import { type Form, isChoice, type Page } from "../../local/player/page.ts";
import type { PageName, Visit } from "./scenario.ts";
import { everybodysPassword } from "./story.ts";

/** The tenant's pages by their address; what is somewhere else is an identity provider's. */
export const pageNames: Readonly<Record<string, PageName>> = {
  "/u/login/identifier": "identifier",
  "/u/login/password": "password",
  "/u/signup": "sign-up",
  "/u/organization": "organization",
  "/u/organization/selection": "selection",
  "/u/organization/picker": "picker",
  "/u/mfa-otp-challenge": "challenge",
  "/u/mfa-otp-enrollment": "enrollment",
  "/u/consent": "consent",
  "/u/reset-password/request": "reset",
};

/** Pages that a case does not name where they are only agreed to. */
const unsaid: readonly PageName[] = ["consent", "hand-over"];

/** Where a visit ended: back at the app, or at a page that the person has no answer for. */
export interface Ended {
  readonly pages: readonly PageName[];
  readonly arrived?: URL;
  readonly stopped?: { readonly name: PageName; readonly page: Page };
}

/** A person at a browser, who answers each kind of page once and is stuck when it comes again. */
export class Person {
  readonly browser: Browser;
  readonly #host: string;
  /** Base32 of the authenticator, once there is one. */
  #secret: string | undefined;
  /** Codes used so far: one serves once, and the next half minute's is taken as well. */
  #codes = 0;

  /** @param host of the tenant, with its port */
  constructor(browser: Browser, host: string) {
    this.browser = browser;
    this.#host = host;
  }

  async visit(start: URL, visit: Visit): Promise<Ended> {
    const pages: PageName[] = [];
    let rest = await this.browser.open(start);
    for (;;) {
      if ("arrived" in rest) return { pages, arrived: rest.arrived };
      const { page } = rest;
      const name = this.nameOf(page);
      const again = pages.includes(name);
      const next = again || page.status !== 200 ? undefined : await this.#answer(name, page, visit);
      if (!next) return { pages: again ? pages : [...pages, name], stopped: { name, page } };
      if (!unsaid.includes(name)) pages.push(name);
      rest = next;
    }
  }

  nameOf({ url, forms }: Page): PageName {
    if (forms.some(({ fields }) => fields.has("SAMLResponse") || fields.has("SAMLRequest"))) return "hand-over";
    if (url.host !== this.#host) return "provider";
    return pageNames[url.pathname] ?? "error";
  }

  /** Undefined where the visit has no answer. */
  async #answer(name: PageName, page: Page, visit: Visit): Promise<Rest | undefined> {
    const { as, password = everybodysPassword, provider = as, organization, select, pick } = visit;
    const press = (label: string) => this.#press(page, label);
    switch (name) {
      case "identifier":
        if (visit.signUp) return this.#toSignUp(page);
        if (visit.press !== undefined) return press(visit.press);
        return as === undefined ? undefined : fill(this.browser, page, { username: as });
      case "password":
        if (visit.signUp) return this.#toSignUp(page);
        if (as === undefined) return undefined;
        return fill(this.browser, page, { username: as, password });
      case "sign-up":
        return as === undefined ? undefined : fill(this.browser, page, { email: as, password });
      case "organization":
        if (organization === "personal") return press("Continue with a personal account");
        return organization === undefined ? undefined : fill(this.browser, page, { organizationName: organization });
      case "selection":
        return select === undefined ? undefined : press(select);
      case "picker":
        if (pick === "personal") return press("Continue with your personal account");
        return pick === undefined ? undefined : press(pick);
      case "enrollment":
        if (!visit.factor) return undefined;
        this.#secret = page.codes[0];
        return fill(this.browser, page, { code: this.#code() });
      case "challenge":
        return visit.factor ? fill(this.browser, page, { code: this.#code() }) : undefined;
      case "consent":
        return press(visit.consents === false ? "Decline" : "Accept");
      case "hand-over":
        return press("Continue");
      case "provider":
        if (visit.cancels) return press("Cancel");
        return provider === undefined ? undefined : this.#signIn(page, provider);
      default:
        return undefined;
    }
  }

  async #toSignUp(page: Page): Promise<Rest | undefined> {
    const offered = page.links.some(({ label }) => label === "Sign up");
    return offered ? this.browser.follow(page, "Sign up") : undefined;
  }

  /** The provider's page asks who one is, and is told. */
  #signIn(page: Page, who: string): Promise<Rest> {
    const [form, ...others] = page.forms;
    if (!form || others.length > 0) throw new Error(`"${page.title}" of the provider has ${page.forms.length} forms`);
    const field = [...form.fields.keys()].find((name) => form.fields.get(name) === "" || name === "login");
    if (field === undefined) throw new Error(`"${page.title}" of the provider asks nothing`);
    return this.browser.submit(page, form, { [field]: who });
  }

  #code(): string {
    if (this.#secret === undefined) throw new Error("the person has no authenticator");
    const timestamp = Date.now() + 30_000 * this.#codes;
    this.#codes += 1;
    return new TOTP({ secret: this.#secret }).generate({ timestamp });
  }

  #press(page: Page, label: string): Promise<Rest> {
    const found = page.forms.flatMap((form: Form) =>
      form.buttons.filter((button) => button.label === label).map((button) => ({ form, button })),
    );
    const [one, ...others] = found;
    if (!one || others.length > 0) throw new Error(`"${page.title}" has ${found.length} buttons "${label}"`);
    return this.browser.press(page, one);
  }
}

/** Fills in the form that has the fields, and presses its main button. */
export function fill(browser: Browser, page: Page, filled: Readonly<Record<string, string>>): Promise<Rest> {
  const [first = ""] = Object.keys(filled);
  const form = page.forms.find(({ fields }) => fields.has(first));
  if (!form) throw new Error(`"${page.title}" does not ask for ${first}`);
  return browser.fill(page, form, filled);
}

/** The choices on a page, top to bottom. */
export function choicesOf(page: Page): string[] {
  return page.forms.flatMap(({ buttons }) => buttons.filter(isChoice).map(({ label }) => label));
}
