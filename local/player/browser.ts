import { CookieJar } from "./cookies.ts";
import { type Form, isMain, type Page, type Pressed, pageFrom } from "./page.ts";

/** Where a browser comes to rest: on a page, or at an address of an app's. */
export type Rest = { readonly page: Page } | { readonly arrived: URL };

/** One request as it goes out. */
interface Sent {
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  /** A form's content; empty of a GET. */
  readonly body: string;
}

/** What a server answers, as far as a browser without scripts looks at it. */
interface Answered {
  readonly status: number;
  readonly location: string | undefined;
  /** Each `Set-Cookie` line. */
  readonly cookies: readonly string[];
  readonly html: string;
}

/** How requests reach a server. */
export type Transport = (url: URL, sent: Sent) => Promise<Answered>;

/** An address without its query; an app on a device has a scheme of its own. */
export function placeOf({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname}`;
}

/** More would be a circle. */
const mostRedirects = 20;

/** One person's browser, without scripts: cookies, redirects and forms. It stops where an app's own pages would begin. */
export class Browser {
  readonly cookies = new CookieJar();
  readonly #transport: Transport;
  readonly #apps: readonly string[];

  /** @param apps addresses of apps, without query */
  constructor(transport: Transport, apps: readonly string[]) {
    this.#transport = transport;
    this.#apps = apps;
  }

  /** Goes to an address that the person typed, or that an app sent them to. */
  open(url: URL): Promise<Rest> {
    return this.#go(url, { method: "GET", from: undefined });
  }

  follow(page: Page, label: string): Promise<Rest> {
    const link = page.links.find((one) => one.label === label);
    if (!link) throw new Error(`"${page.title}" has no link "${label}"`);
    return this.#go(link.to, { method: "GET", from: page.url.origin });
  }

  /** Sends a form by its main button, with what is filled in. @throws for a field that it does not have */
  fill(page: Page, form: Form, filled: Readonly<Record<string, string>>): Promise<Rest> {
    const main = form.buttons.find(isMain);
    return this.submit(page, form, filled, main && [main.name, main.value]);
  }

  press(page: Page, { form, button }: Pressed): Promise<Rest> {
    return this.submit(page, form, {}, [button.name, button.value]);
  }

  /** Sends a form with what is filled in; `pressed` is the name and value of the button. @throws for a field that it does not have */
  submit(page: Page, form: Form, filled: Readonly<Record<string, string>>, pressed?: readonly [string, string]) {
    const strange = Object.keys(filled).find((name) => !form.fields.has(name));
    if (strange !== undefined) throw new Error(`"${page.title}" has no field ${strange}`);
    const values = new Map([...form.fields, ...Object.entries(filled), ...(pressed ? [pressed] : [])]);
    const body = new URLSearchParams([...values]).toString();
    const from = page.url.origin;
    if (form.method === "POST") return this.#go(form.action, { method: "POST", from, body });
    return this.#go(new URL(`?${body}`, form.action), { method: "GET", from });
  }

  async #go(
    start: URL,
    first: { readonly method: "GET" | "POST"; readonly from: string | undefined; readonly body?: string },
  ): Promise<Rest> {
    let [url, travel] = [start, first];
    for (let hop = 0; hop <= mostRedirects; hop += 1) {
      if (this.#apps.includes(placeOf(url))) return { arrived: url };
      const { status, location, cookies, html } = await this.#send(url, travel);
      this.cookies.keep(url, cookies);
      if (status < 300 || status > 399 || location === undefined) return { page: pageFrom(url, status, html) };
      // who began the journey stays its beginner, however many servers pass it on
      travel = { method: "GET", from: travel.from };
      url = new URL(location, url);
    }
    throw new Error(`${start.href} leads in a circle`);
  }

  #send(url: URL, { method, from, body = "" }: { method: "GET" | "POST"; from: string | undefined; body?: string }) {
    const cookie = this.cookies.header(url, { method, from });
    const headers = {
      accept: "text/html",
      ...(cookie === undefined ? {} : { cookie }),
      ...(method === "GET" ? {} : { "content-type": "application/x-www-form-urlencoded", origin: from ?? "null" }),
    };
    return this.#transport(url, { method, headers, body });
  }
}
