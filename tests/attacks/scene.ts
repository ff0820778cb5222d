import { createHash } from "node:crypto";
import { decodeJwt } from "jose";
import { Browser, type Rest } from "../../local/player/browser.ts";
import { overTls } from "../../local/player/over-tls.ts";
import type { Hands } from "../scenarios/hands.ts";
import { fill, Person } from "../scenarios/person.ts";
import { knownApp, landings } from "../scenarios/places.ts";
import type { Play, Stage } from "../scenarios/play.ts";
import type { Act, Call, Outcome, Visit } from "../scenarios/scenario.ts";
import { type Answer, send } from "../scenarios/send.ts";
import { formed, type Raw, type RawAnswer, Wire } from "../unit/tenant/authentication/raw.ts";

type Fields = Readonly<Record<string, string | undefined>>;

/** The proof of whoever writes requests by hand. */
export const verifier = "a-verifier-that-an-attacker-knows-as-well-as-the-app";
const challenge = createHash("sha256").update(verifier).digest("base64url");

/** Where attacks are played: the deployed tenant, with hands for its Management API. */
export class Scene {
  readonly play: Play;
  readonly stage: Stage;

  constructor(play: Play, stage: Stage) {
    this.play = play;
    this.stage = stage;
  }

  get hands(): Hands {
    return this.play.hands;
  }

  /** Somebody at a browser of their own. @param ends addresses, beside the apps' own, at which the journey ends */
  person(...ends: readonly string[]): Person {
    return new Person(new Browser(overTls(this.stage.ca), [...landings, ...ends]), new URL(this.stage.issuer).host);
  }

  at(path: string): URL {
    return new URL(path, this.stage.issuer);
  }

  /** One request past any browser. */
  async ask(request: Raw): Promise<RawAnswer> {
    const wire = new Wire({ port: Number(new URL(this.stage.issuer).port), ca: this.stage.ca });
    try {
      return await wire.ask(request);
    } finally {
      wire.close();
    }
  }

  /** A request of an app's, written by hand; undefined leaves a parameter out. */
  async request(app: string, changed: Fields = {}): Promise<URL> {
    const { redirectUri, audience, scope } = knownApp(app);
    const all: Fields = {
      client_id: await this.hands.idOf("app", app),
      redirect_uri: redirectUri,
      audience,
      scope,
      response_type: "code",
      state: "s",
      nonce: "n",
      code_challenge: challenge,
      code_challenge_method: "S256",
      ...changed,
    };
    const url = this.at("authorize");
    for (const [name, value] of Object.entries(all)) {
      if (value !== undefined) url.searchParams.set(name, await this.hands.filled(value));
    }
    return url;
  }

  /** Signs in at a request of an app's; where it ended. */
  async visit(person: Person, url: URL, visit: Omit<Visit, "app">): Promise<Rest> {
    const { arrived, stopped } = await person.visit(url, { app: "", ...visit });
    if (arrived) return { arrived };
    if (!stopped) throw new Error("the visit ended nowhere");
    return { page: stopped.page };
  }

  /** Sends what stands in an address to the token endpoint as a code. */
  async exchange(app: string, rest: Rest, changed: Fields = {}): Promise<string> {
    if ("page" in rest) return wordsOfPage(rest);
    const error = rest.arrived.searchParams.get("error");
    if (error !== null) return words(error, rest.arrived.searchParams.get("error_description") ?? "");
    return this.tokens(app, {
      grant_type: "authorization_code",
      code: rest.arrived.searchParams.get("code") ?? "",
      redirect_uri: knownApp(app).redirectUri,
      code_verifier: verifier,
      ...changed,
    });
  }

  async tokens(app: string, fields: Fields): Promise<string> {
    const { status, body } = await this.token(app, fields);
    const said = body as Readonly<Record<string, string>>;
    if (status !== 200) return words(said.error ?? "", said.error_description ?? "");
    return this.inside(decodeJwt(said.access_token ?? "").org_id);
  }

  /** A request to the token endpoint in an app's or a machine's name. */
  async token(app: string, fields: Fields): Promise<Answer> {
    const { secrets, ca } = this.stage;
    const all: Fields = { client_id: secrets.get(`${app} id`), client_secret: secrets.get(app), ...fields };
    const form = Object.fromEntries(
      Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    return send(ca, this.at("oauth/token").href, { method: "POST", form });
  }

  /** The code of a person who signs in and does nothing else. */
  async codeFor(app: string, as: string, changed: Fields = {}): Promise<Rest> {
    return this.visit(this.person(), await this.request(app, changed), { as });
  }

  /** The refresh token of a person who signs in to an app. */
  async refreshTokenOf(app: string, as: string): Promise<string> {
    return this.refreshTokenAt(app, await this.codeFor(app, as));
  }

  /** The refresh token for the code that stands in an address. */
  async refreshTokenAt(app: string, rest: Rest): Promise<string> {
    if ("page" in rest) throw new Error(wordsOfPage(rest));
    const { status, body } = await this.token(app, {
      grant_type: "authorization_code",
      code: rest.arrived.searchParams.get("code") ?? "",
      redirect_uri: knownApp(app).redirectUri,
      code_verifier: verifier,
    });
    if (status !== 200) throw new Error(JSON.stringify(body));
    return (body as { readonly refresh_token: string }).refresh_token;
  }

  /** Binds an Action to the trigger of its name, or nothing. */
  async bind(name: string, bound: boolean): Promise<void> {
    const { id } = await this.action(name);
    const bindings = bound ? [{ ref: { type: "action_id", value: id } }] : [];
    await this.hands.change({ method: "PATCH", path: `actions/triggers/${name}/bindings`, body: { bindings } });
  }

  async action(name: string): Promise<{ readonly id: string; readonly code: string }> {
    const { actions } = (await this.hands.read("actions/actions?per_page=50")) as {
      readonly actions: readonly { readonly id: string; readonly name: string; readonly code: string }[];
    };
    const found = actions.find((one) => one.name === name);
    if (!found) throw new Error(`there is no Action ${name}`);
    return found;
  }

  private async inside(organization: unknown): Promise<string> {
    return typeof organization === "string" ? `in ${await this.hands.slugOf(organization)}` : "in";
  }
}

/** Plays acts one after the other; what the last one came to. */
export function acts(...all: readonly Act[]): (scene: Scene) => Promise<string> {
  return async ({ play }) => {
    let last = "nothing";
    for (const act of all) last = wordsOfOutcome(await play.act(act));
    return last;
  };
}

function wordsOfOutcome(outcome: Outcome): string {
  if ("admitted" in outcome) return claimed(outcome.admitted.organization);
  if ("tokens" in outcome) return claimed(outcome.tokens.organization);
  if ("refused" in outcome) return words(outcome.refused, outcome.says);
  if ("turnedDown" in outcome) return words(outcome.turnedDown, outcome.says);
  if ("stopped" in outcome) {
    const { stopped, complaint, says = [] } = outcome;
    return [`stopped at ${stopped}`, ...(complaint === undefined ? [] : [complaint]), ...says].join(": ");
  }
  return "done";
}

const claimed = (organization: string | undefined) => (organization === undefined ? "in" : `in ${organization}`);

export function words(error: string, description: string): string {
  return `${error}: ${description}`.replaceAll(/org_[A-Za-z0-9]{16}/g, "org_…");
}

function wordsOfPage(rest: Extract<Rest, { page: unknown }>): string {
  const { title, complaint, items } = rest.page;
  return [title, ...(complaint === undefined ? [] : [complaint]), ...(title === problem ? items : [])].join(": ");
}

/** The heading of the error page. */
const problem = "Sign-in is not possible";

/** Where a request led: an app's address by its path, or what the page says. */
export function wordsOf(rest: Rest): string {
  if ("page" in rest) return wordsOfPage(rest);
  const { searchParams, origin, pathname } = rest.arrived;
  const error = searchParams.get("error");
  return error === null ? `at ${origin}${pathname}` : words(error, searchParams.get("error_description") ?? "");
}

/** Takes an Action off its trigger. */
export const unbind = (trigger: string): Call => ({
  method: "PATCH",
  path: `actions/triggers/${trigger}/bindings`,
  body: { bindings: [] },
});

/** Forgets a password, follows the link of the mail and gives a new one; what the page says. */
export const resetTo =
  (password: string, email: string) =>
  async (scene: Scene): Promise<string> => {
    const { hands } = scene;
    const form = { client_id: await hands.idOf("app", "main"), connection: "users", email };
    await scene.ask(formed("/dbconnections/change_password", form));
    const { link = "" } = await hands.lastMail(email);
    const { browser } = scene.person();
    const rest = await browser.open(new URL(link));
    if ("arrived" in rest || rest.page.status !== 200) return wordsOf(rest);
    return wordsOf(await fill(browser, rest.page, { password }));
  };
