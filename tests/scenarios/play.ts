import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { Browser, type Rest } from "../../local/player/browser.ts";
import { overTls } from "../../local/player/over-tls.ts";
import type { Page } from "../../local/player/page.ts";
import { App, type Tokens, type Told } from "./app.ts";
import { claimsOf, machineClaims } from "./claims.ts";
import { Hands } from "./hands.ts";
import { choicesOf, fill, Person } from "./person.ts";
import { type KnownApp, knownApp, landings } from "./places.ts";
import type { Act, Call, Forgotten, Invited, MachineRequest, Outcome, PageName, Visit } from "./scenario.ts";
import { send } from "./send.ts";

/** Where a scenario is played. */
export interface Stage {
  /** Ends in `/`. */
  readonly issuer: string;
  /** PEM. */
  readonly ca: string;
  /** By the app's or the machine's name. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** What an account has beside the profile. */
const counted = ["created_at", "updated_at", "last_login", "last_ip", "logins_count", "app_metadata", "user_metadata"];

/** Plays one scenario's acts, one after the other: people keep their browsers, apps their tokens. */
export class Play {
  readonly hands: Hands;
  readonly #stage: Stage;
  readonly #people = new Map<string, Person>();
  readonly #apps = new Map<string, { readonly app: App; readonly known: KnownApp }>();
  /** The refresh token of each app's last login. */
  readonly #refresh = new Map<string, string>();

  constructor(stage: Stage) {
    this.#stage = stage;
    this.hands = new Hands(stage.ca, stage.issuer);
  }

  /** What came of an act, in the words of the cases. */
  async act(act: Act): Promise<Outcome> {
    if ("change" in act) {
      for (const call of act.change) await this.hands.change(call);
      return { done: true };
    }
    if ("program" in act) return this.#call(act.program, act.calls);
    if ("account" in act) return { account: await this.#account(act.account) };
    if ("machine" in act) return this.#machine(act.machine);
    if ("refresh" in act) return this.#renew(act.refresh);
    if ("signOut" in act) return this.#signOut(act.signOut);
    if ("forgot" in act) return this.#forgot(act);
    if ("invited" in act) return this.#accept(act);
    return this.#login(act);
  }

  /** The link of the mail leads to the app's own address for logins, which passes on what the link holds. */
  async #accept({ invited, ...visit }: Invited): Promise<Outcome> {
    const { link = "" } = await this.hands.lastMail(invited);
    const said = new URL(link).searchParams;
    const ask = { invitation: said.get("invitation") ?? "", organization: said.get("organization") ?? "" };
    return this.#login({ ...visit, ask });
  }

  async #account(email: string): Promise<Readonly<Record<string, unknown>>> {
    const found = (await this.hands.read(`users-by-email?email=${encodeURIComponent(email)}`)) as readonly object[];
    if (found.length !== 1) throw new Error(`${found.length} go by ${email}`);
    return Object.fromEntries(Object.entries(found[0] ?? {}).filter(([name]) => !counted.includes(name)));
  }

  #person(browser = "first"): Person {
    const known = this.#people.get(browser);
    if (known) return known;
    const made = new Person(new Browser(overTls(this.#stage.ca), landings), new URL(this.#stage.issuer).host);
    this.#people.set(browser, made);
    return made;
  }

  async #app(name: string) {
    const found = this.#apps.get(name);
    if (found) return found;
    const { issuer, ca, secrets } = this.#stage;
    const known = knownApp(name);
    const clientId = await this.hands.idOf("app", name);
    const made = { known, app: new App({ issuer, ca, clientId, secret: secrets.get(name), ...known }) };
    this.#apps.set(name, made);
    return made;
  }

  async #login(visit: Visit): Promise<Outcome> {
    const { app, known } = await this.#app(visit.app);
    const asked = JSON.parse(await this.hands.filled(JSON.stringify(visit.ask ?? {})));
    const { pages, arrived, stopped } = await this.#person(visit.browser).visit(app.begin(asked), visit);
    if (stopped) return this.#stop(stopped.name, stopped.page, pages);
    if (!arrived) throw new Error("the visit ended nowhere");
    const got = await app.arrive(arrived);
    const way = { pages, trace: (await this.hands.lastTrace()) as never };
    if ("error" in got) return { refused: got.error, says: got.description, ...way };
    return { admitted: await this.#kept(visit.app, known, got), ...way };
  }

  async #kept(name: string, { scope }: KnownApp, tokens: Tokens) {
    if (tokens.refresh !== undefined) this.#refresh.set(name, tokens.refresh);
    return claimsOf(tokens, scope, this.hands);
  }

  #stop(name: PageName, page: Page, pages: readonly PageName[]): Outcome {
    if (name === "provider") return { stopped: name, pages, at: page.title };
    const offers = choicesOf(page);
    return {
      stopped: name,
      pages,
      ...(page.complaint === undefined ? {} : { complaint: page.complaint }),
      ...(offers.length === 0 ? {} : { offers }),
      ...(name === "error" ? { says: page.items } : {}),
    };
  }

  async #renew(name: string): Promise<Outcome> {
    const { app, known } = await this.#app(name);
    const got: Tokens | Told = await app.refresh(this.#refresh.get(name) ?? "");
    if ("error" in got) return { turnedDown: got.error, says: got.description };
    return { tokens: await this.#kept(name, known, got) };
  }

  async #signOut(name: string): Promise<Outcome> {
    const { known } = await this.#app(name);
    const url = new URL("v2/logout", this.#stage.issuer);
    url.searchParams.set("client_id", await this.hands.idOf("app", name));
    url.searchParams.set("returnTo", known.home);
    const rest = await this.#person().browser.open(url);
    if (!("arrived" in rest)) throw new Error(`signing out ended at "${rest.page.title}"`);
    return { done: true };
  }

  async #call(program: string, { method, path, body }: Call): Promise<Outcome> {
    const { issuer, ca } = this.#stage;
    const audience = `${issuer}api/v2/`;
    const token = await this.#machineToken({ client: program, audience });
    if ("turnedDown" in token) return token;
    const filled = await this.hands.filled(path, encodeURIComponent);
    const answer = await send(ca, `${audience}${filled}`, { method, json: body, bearer: token.given });
    if (answer.status < 300) return { done: true };
    const said = answer.body as Readonly<Record<string, string>>;
    return { turnedDown: said.errorCode ?? "", says: said.message ?? "" };
  }

  async #machineToken({
    client,
    organization,
    audience,
  }: MachineRequest): Promise<{ readonly given: string } | Refused> {
    const { issuer, ca, secrets } = this.#stage;
    const form = {
      grant_type: "client_credentials",
      client_id: secrets.get(`${client} id`) ?? "",
      client_secret: secrets.get(client) ?? "",
      audience: audience,
      ...(organization === undefined ? {} : { organization: await this.hands.filled(organization) }),
    };
    const { status, body } = await send(ca, `${issuer}oauth/token`, { method: "POST", form });
    const said = body as Readonly<Record<string, string>>;
    if (status !== 200) return { turnedDown: said.error ?? "", says: said.error_description ?? "" };
    return { given: said.access_token ?? "" };
  }

  async #machine(request: MachineRequest): Promise<Outcome> {
    const { issuer, ca } = this.#stage;
    const { audience } = request;
    const token = await this.#machineToken(request);
    if ("turnedDown" in token) return token;
    const keys = await send(ca, `${issuer}.well-known/jwks.json`, { method: "GET" });
    const by = createLocalJWKSet(keys.body as JSONWebKeySet);
    const { payload } = await jwtVerify(token.given, by, { issuer, audience, algorithms: ["RS256"] });
    return { tokens: await machineClaims(payload, this.hands) };
  }

  /** By the link on the password page, then the one in the mail. */
  async #forgot({ forgot, app: name, newPassword }: Forgotten): Promise<Outcome> {
    const { app } = await this.#app(name);
    const { browser } = this.#person();
    const identifier = pageOf(await browser.open(app.begin({})));
    const password = pageOf(await fill(browser, identifier, { username: forgot }));
    const asked = pageOf(await browser.follow(password, "Forgot password?"));
    await fill(browser, asked, { email: forgot });
    const { link = "" } = await this.hands.lastMail(forgot);
    const opened = pageOf(await browser.open(new URL(link)));
    const last = opened.forms.length === 0 ? opened : pageOf(await fill(browser, opened, { password: newPassword }));
    return { shown: last.title, lists: last.items };
  }
}

type Refused = Extract<Outcome, { readonly turnedDown: string }>;

function pageOf(rest: Rest): Page {
  if ("page" in rest) return rest.page;
  throw new Error(`no page, but ${rest.arrived.href}`);
}
