import express, { type ErrorRequestHandler, type Request, type Response } from "express";
import { html } from "hono/html";
import { parse } from "hono/utils/cookie";
import { type Directory, resolve, retryAfter } from "../kit/index.ts";
import { entrance, page, pageHeaders, turnedAway } from "./page.ts";
import { area, type Registered } from "./registration.ts";

export interface WebAppOptions {
  /** The app's name in the directory. */
  readonly app: string;
  readonly title: string;
  readonly directory: Directory;
  readonly secrets: { readonly own: string; readonly individuals?: string };
  /** The API that it uses, by its name in the directory, the scopes that it asks for, and what it calls there. */
  readonly api: string;
  readonly scopes: readonly string[];
  readonly apiUrl: string;
  readonly calls: string;
  readonly claimNamespace: string;
}

/** An app with a server of its own: the kit decides where a login goes, express-openid-connect does it. */
export function webApp(options: WebAppOptions): express.Express {
  const { app: name, title, directory } = options;
  const registrations = registrationsOf(options);
  const app = express().disable("x-powered-by");
  const show = async (response: Response, status: number, heading: string, content: Parameters<typeof page>[2]) => {
    response
      .status(status)
      .set(pageHeaders)
      .send(await page(title, heading, content));
  };
  const lastUsed = `${name}-last`;

  const toLogin = (response: Response, clientId: string, more: Readonly<Record<string, string | undefined>>) => {
    const { mount = "" } = registrations.find((one) => one.clientId === clientId) ?? {};
    const query = new URLSearchParams(Object.entries(more).flatMap(([key, value]) => (value ? [[key, value]] : [])));
    response.redirect(303, `${mount}/login?${query}`);
  };
  const refused =
    ({ clientId }: Registered): ErrorRequestHandler =>
    async (error: unknown, request, response, next) => {
      const description = descriptionOf(error);
      if (description === undefined) return next(error);
      const { retried = false, email } = stateOf(request);
      response.clearCookie(lastUsed);
      const answer = retryAfter({ clientId, description, retried, email }, directory);
      if (!answer.retry) {
        const { sentence, code } = answer;
        return show(response, 403, "You are not signed in", turnedAway(sentence, code === undefined ? {} : { code }));
      }
      const { organization, prompt, loginHint } = answer;
      toLogin(response, answer.clientId, { organization, prompt, login_hint: loginHint, retried: "yes" });
    };

  // What the person says, or came by last, decides where the login goes, before anything is known of who it is.
  const enter = async (request: Request, response: Response) => {
    const who = textOf(request.body?.who).trim();
    const last = textOf(request.body?.last) || parse(request.headers.cookie ?? "")[lastUsed];
    const said = who.includes("@") ? { email: who } : { subdomain: who === "" ? undefined : who.toLowerCase() };
    const answer = resolve({ app: name, ...said, ...(who === "" && { lastUsed: last }) }, directory);
    switch (answer.kind) {
      case "login":
        return toLogin(response, answer.clientId, { organization: answer.organization, login_hint: answer.loginHint });
      case "ask":
        return show(response, 200, "For which company?", choices(answer.among));
      case "elsewhere":
        return show(response, 403, "Not here", turnedAway(answer.sentence, { code: answer.reason, url: answer.url }));
      case "refused":
        return show(response, 403, "You are not signed in", turnedAway(answer.sentence, { code: answer.reason }));
      default:
        return answer satisfies never;
    }
  };

  app.use(express.urlencoded({ extended: false }));
  app.post("/enter", enter);
  for (const registered of registrations) {
    const guest = (response: Response) => show(response, 200, `Welcome to ${title}`, entrance("/enter"));
    app.use(registered.mount || "/", area(registered, options, { show, guest, lastUsed }), refused(registered));
  }
  return app;
}

/** The one for individuals first: its path lies below the other's. */
function registrationsOf({ app, directory, secrets }: WebAppOptions): Registered[] {
  const known = directory.apps[app];
  if (!known) throw new Error(`The directory has no app ${app}.`);
  const own = { name: app, clientId: known.clientId, clientSecret: secrets.own, url: known.url, mount: "" };
  const { individuals } = known;
  if (!individuals || secrets.individuals === undefined) return [own];
  const mount = individuals.url.slice(known.url.length);
  return [{ ...individuals, name: `${app}-personal`, clientSecret: secrets.individuals, mount }, own];
}

function choices(among: readonly { readonly organization: string; readonly name: string }[]) {
  return html`<form class="card" method="post" action="/enter">${among.map(({ organization, name }) => html`<button name="last" value="${organization}">${name}</button>`)}</form>`;
}

/** What the tenant says of a login that failed; undefined for every other error. */
function descriptionOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("error" in error)) return undefined;
  return "error_description" in error ? textOf(error.error_description) : "";
}

/** What the login took along; the library has held it against the browser's own cookie. */
function stateOf(request: Request): { readonly retried?: boolean; readonly email?: string } {
  return (request as { openidState?: object }).openidState ?? {};
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
