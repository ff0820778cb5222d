import { TOTP } from "otpauth";
import type { Locator, Page } from "playwright-core";
import { pageNames } from "../scenarios/person.ts";
import type { PageName, Visit } from "../scenarios/scenario.ts";
import { everybodysPassword } from "../scenarios/story.ts";

/** What a person answers at the pages of a login. */
export type Answers = Omit<Visit, "app" | "ask" | "browser">;

/** Where a login came to rest: at an app, or at a page that the person has no answer for. */
export interface Rested {
  /** The tenant's and the providers' pages, in order; a consent that was given is left out. */
  readonly pages: readonly PageName[];
  /** Undefined at an app. */
  readonly stopped?: { readonly name: PageName; readonly title: string; readonly complaint: string | undefined };
}

/** A person at a real browser, who answers each kind of page once and is stuck when it comes again. */
export class Person {
  readonly page: Page;
  readonly #tenant: string;
  readonly #providers: string;
  /** Base32 of the authenticator, once there is one. */
  #secret: string | undefined;
  /** One code serves once, and the next half minute's is taken as well. */
  #codes = 0;

  /** @param tenant its origin, as the providers' */
  constructor(page: Page, { tenant, providers }: { readonly tenant: string; readonly providers: string }) {
    this.page = page;
    this.#tenant = tenant;
    this.#providers = providers;
  }

  /** Answers the page that is open, and what follows, up to an app's page. */
  async signIn(answers: Answers): Promise<Rested> {
    const pages: PageName[] = [];
    for (;;) {
      const name = this.#name();
      if (name === undefined) return { pages };
      const press = pages.includes(name) ? undefined : await this.#answer(name, answers);
      if (!press) return { pages: pages.includes(name) ? pages : [...pages, name], stopped: await this.#stop(name) };
      if (name !== "consent") pages.push(name);
      await this.press(press);
    }
  }

  /** Presses something that leads to another page, and waits until that is there. */
  async press(element: Locator): Promise<void> {
    await Promise.all([this.page.waitForEvent("load"), element.click()]);
    // an answer by form_post sends itself on
    if ((await this.page.title()) === "Submit this form") await this.page.waitForURL((url) => !this.#owns(url));
  }

  #owns({ origin }: URL): boolean {
    return origin === this.#tenant || origin === this.#providers;
  }

  /** Undefined for an app's page. */
  #name(): PageName | undefined {
    const url = new URL(this.page.url());
    if (url.origin === this.#providers) return "provider";
    return url.origin === this.#tenant ? (pageNames[url.pathname] ?? "error") : undefined;
  }

  async #stop(name: PageName) {
    const complaint = this.page.getByRole("alert");
    return {
      name,
      title: await this.page.getByRole("heading").innerText(),
      complaint: (await complaint.count()) > 0 ? await complaint.innerText() : undefined,
    };
  }

  /** Fills in the page and says what to press; undefined where the answers have none for it. */
  async #answer(name: PageName, answers: Answers): Promise<Locator | undefined> {
    const { as, password = everybodysPassword, provider = as, organization, select, pick } = answers;
    const button = (label: string) => this.page.getByRole("button", { name: label, exact: true });
    const fill = async (label: string | RegExp, value: string | undefined) => {
      if (value === undefined) return undefined;
      await this.page.getByLabel(label, { exact: true }).fill(value);
      return button("Continue");
    };
    const chosen = (label: string | undefined) => (label === undefined ? undefined : button(label));
    switch (name) {
      case "identifier":
        if (answers.signUp) return this.#toSignUp();
        return chosen(answers.press) ?? fill("Email address", as);
      case "password":
        if (answers.signUp) return this.#toSignUp();
        return fill("Password", password);
      case "sign-up":
        if (as === undefined) return undefined;
        await fill("Email address", as);
        return fill("Password", password);
      case "organization":
        if (organization === "personal") return button("Continue with a personal account");
        return fill(/^(Organization name|Work email address)/, organization);
      case "selection":
        return chosen(select);
      case "picker":
        return pick === "personal" ? button("Continue with your personal account") : chosen(pick);
      case "enrollment":
        if (!answers.factor) return undefined;
        this.#secret = await this.page.locator("code").innerText();
        return fill("One-time code", this.#code());
      case "challenge":
        return answers.factor ? fill("One-time code", this.#code()) : undefined;
      case "consent":
        return button(answers.consents === false ? "Decline" : "Accept");
      case "provider":
        if (provider === undefined) return undefined;
        await this.page.getByLabel("Who are you?").fill(provider);
        return button("Sign in");
      default:
        return undefined;
    }
  }

  /** Undefined where no account can be made. */
  async #toSignUp(): Promise<Locator | undefined> {
    const link = this.page.getByRole("link", { name: "Sign up" });
    return (await link.count()) > 0 ? link : undefined;
  }

  #code(): string {
    if (this.#secret === undefined) throw new Error("the person has no authenticator");
    const timestamp = Date.now() + 30_000 * this.#codes;
    this.#codes += 1;
    return new TOTP({ secret: this.#secret }).generate({ timestamp });
  }
}
