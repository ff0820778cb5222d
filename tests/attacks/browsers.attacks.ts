import { TOTP } from "otpauth";
import type { Rest } from "../../local/player/browser.ts";
import { fill, type Person } from "../scenarios/person.ts";
import { formed } from "../unit/tenant/authentication/raw.ts";
import type { Attack, Doing } from "./attack.ts";
import { consentAsked, sameBrowser } from "./guards.ts";
import { acts, type Scene, verifier, wordsOf } from "./scene.ts";

// Pages of a login, in another browser or past what they ask.

const own = "at https://localhost:3000/callback";
const LENA = "lena@mail.example";
const NADIA = "nadia@mail.example";
const notHere =
  "Sign-in is not possible: invalid_request: This login is over or began in another browser. Start again from the app.";

const stateOf = (rest: Rest): string => ("page" in rest ? (rest.page.url.searchParams.get("state") ?? "") : "");

/** The page on which a login that just began waits. */
async function began(scene: Scene, person: Person, app: string): Promise<URL> {
  const rest = await person.browser.open(await scene.request(app));
  if ("arrived" in rest) throw new Error("nobody was asked anything");
  return rest.page.url;
}

/** Signs in by password and stops at whatever comes then. */
async function passwordOnly(scene: Scene, person: Person, app: string, as: string): Promise<Rest> {
  let rest: Rest = { page: await pageAt(person, await began(scene, person, app)) };
  if ("page" in rest && rest.page.forms.some(({ fields }) => fields.has("organizationName")))
    rest = await fill(person.browser, rest.page, { organizationName: "dune-crafts" });
  if ("page" in rest) rest = await fill(person.browser, rest.page, { username: as });
  return "page" in rest ? fill(person.browser, rest.page, { username: as, password: "Loopback-Only-1" }) : rest;
}

async function pageAt({ browser }: Person, url: URL) {
  const rest = await browser.open(url);
  if ("arrived" in rest) throw new Error("this is no page");
  return rest.page;
}

/** Somebody gets a link to a login page that another browser's login waits on, and signs in there. */
const atLogin =
  (whose: "another's" | "their own"): Doing =>
  async (scene) => {
    const [attacker, victim] = [scene.person(), scene.person()];
    const url = await began(scene, whose === "their own" ? victim : attacker, "main");
    return wordsOf(await scene.visit(victim, url, { as: LENA }));
  };

/** Somebody gets the link by which a provider sends another person back. */
const atCallback =
  (whose: "another's" | "their own"): Doing =>
  async (scene) => {
    if (whose === "their own")
      return wordsOf(await scene.visit(scene.person(), await scene.request("main"), { as: "adam@acme.example" }));
    const attacker = scene.person(scene.at("login/callback").href);
    const back = await scene.visit(attacker, await scene.request("main"), { as: "adam@acme.example" });
    if ("page" in back) throw new Error("the provider sent nobody back");
    return wordsOf(await scene.visit(scene.person(), back.arrived, {}));
  };

/** Whoever planted a browser's cookie goes on with the login that somebody signed in to; with the session's cookie it is the browser itself. */
const planted =
  (cookies: "planted" | "all"): Doing =>
  async (scene) => {
    const url = await scene.request("main");
    const first = await scene.ask({ path: `${url.pathname}${url.search}` });
    const [did = ""] = (first.cookies[0] ?? "").split(";");
    const state = new URL(first.location ?? "", url).searchParams.get("state") ?? "";
    const send = (page: string, fields: Readonly<Record<string, string>>, cookie: string) =>
      scene.ask(formed(page, { state, ...fields }, { cookie }));
    await send("/u/login/identifier", { username: "bruno@mail.example" }, did);
    const signIn = { username: "bruno@mail.example", password: "Loopback-Only-1", action: "default" };
    const signedIn = await send("/u/login/password", signIn, did);
    const [session = ""] = (signedIn.cookies[0] ?? "").split(";");
    const cookie = cookies === "all" ? `${did}; ${session}` : did;
    const picked = await send(
      "/u/organization/picker",
      { organization: await scene.hands.idOf("org", "dune-crafts") },
      cookie,
    );
    if (picked.location === undefined) return /<li>(This login[^<]*)<\/li>/.exec(picked.text)?.[1] ?? picked.text;
    const { location = "" } = await send("/u/consent", { action: "accept" }, cookie);
    return scene.exchange("main", { arrived: new URL(location) });
  };

/** Nadia has an authenticator; a thief has her password. @param thief what the thief does at the challenge */
const thief =
  (does: (scene: Scene, person: Person, rest: Rest) => Promise<Rest>): Doing =>
  async (scene) => {
    await scene.play.act({ app: "portal", organization: "dune-crafts", as: NADIA, factor: true });
    const person = scene.person();
    const challenge = await passwordOnly(scene, person, "portal", NADIA);
    const rest = await does(scene, person, challenge);
    if ("page" in rest && rest.page.title === "Authorize the app")
      return scene.exchange("portal", await scene.visit(person, rest.page.url, {}));
    return scene.exchange("portal", rest);
  };

const withFactor = acts(
  { app: "portal", organization: "dune-crafts", as: NADIA, factor: true },
  { app: "portal", organization: "dune-crafts", as: NADIA },
);

/** Nadia's first code, which somebody saw, or the next one. */
const codeAgain =
  (steps: 0 | 1): Doing =>
  async (scene) => {
    const nadia = scene.person();
    const enrol = await passwordOnly(scene, nadia, "portal", NADIA);
    if ("arrived" in enrol) throw new Error("nobody was asked for a factor");
    const totp = new TOTP({ secret: enrol.page.codes[0] ?? "" });
    const now = Date.now();
    const code = totp.generate({ timestamp: now });
    await fill(nadia.browser, enrol.page, { code });
    const person = scene.person();
    const challenge = await passwordOnly(scene, person, "portal", NADIA);
    if ("arrived" in challenge) return scene.exchange("portal", challenge);
    const given = totp.generate({ timestamp: now + steps * 30_000 });
    const rest = await fill(person.browser, challenge.page, { code: given });
    if ("page" in rest && rest.page.title === "Authorize the app")
      return scene.exchange("portal", await scene.visit(person, rest.page.url, {}));
    return scene.exchange("portal", rest);
  };

/** The page of a site got hold of Ravi's code and verifier, and sends them by his own browser. */
const byPageOf =
  (origin: string): Doing =>
  async (scene) => {
    const rest = await scene.codeFor("vendor-rental", "ravi@wheelhouse.example");
    if ("page" in rest) throw new Error("Ravi did not come in");
    const sent = {
      grant_type: "authorization_code",
      client_id: await scene.hands.idOf("app", "vendor-rental"),
      code: rest.arrived.searchParams.get("code") ?? "",
      redirect_uri: "https://localhost:3003/callback",
      code_verifier: verifier,
    };
    const { status, headers, text } = await scene.ask(formed("/oauth/token", sent, { origin }));
    if (status !== 200) return text;
    return headers.includes("access-control-allow-origin") ? "tokens that the page may read" : "tokens";
  };

export const browsers: readonly Attack[] = [
  {
    title: "has somebody sign in to a login of another browser",
    guard: sameBrowser,
    attack: atLogin("another's"),
    refused: notHere,
    gains: own,
    twin: atLogin("their own"),
  },
  {
    title: "hands somebody the link by which a provider sent another person back",
    guard: sameBrowser,
    attack: atCallback("another's"),
    refused: notHere,
    gains: own,
    twin: atCallback("their own"),
  },
  {
    title: "has a page of another site exchange a code",
    guard: {
      source: "local/tenant/authentication/cors.ts",
      line: "const origins = written.flatMap((one) => /^https?:\\/\\/[^/?#]+/i.exec(one) ?? []);",
      becomes: "const origins = [...written, origin];",
    },
    attack: byPageOf("https://stranger.example"),
    refused: '{"error":"access_denied","error_description":"Unauthorized"}',
    gains: "tokens that the page may read",
    twin: byPageOf("https://localhost:3003"),
  },
  {
    title: "planted a browser's cookie and goes on with the login after its person signed in",
    guard: {
      source: "local/tenant/authentication/authorize.ts",
      line: " && isTheirs(parts, context, login);",
      becomes: ";",
    },
    attack: planted("planted"),
    refused: "This login is over or began in another browser. Start again from the app.",
    gains: "in dune-crafts",
    twin: planted("all"),
  },
  {
    title: "has a password only and asks for the page that adds an authenticator",
    guard: {
      source: "local/tenant/authentication/pages/mount.ts",
      line: "turn.login.waiting?.enroll ? enrollmentPage(",
      becomes: "turn.login.waiting ? enrollmentPage(",
    },
    attack: thief(async (scene, { browser }, rest) =>
      browser.open(scene.at(`u/mfa-otp-enrollment?state=${stateOf(rest)}`)),
    ),
    refused: "Verify your identity",
    gains: "Secure your account",
    twin: async (scene) => wordsOf(await passwordOnly(scene, scene.person(), "portal", "tarek@mail.example")),
  },
  {
    title: "has a password only and asks for a page behind the second factor",
    guard: {
      source: "local/tenant/authentication/flow.ts",
      line: "if (login.waiting && login.waiting.passed !== true)",
      becomes: "if (!login)",
    },
    attack: thief(async (scene, { browser }, rest) => browser.open(scene.at(`u/consent?state=${stateOf(rest)}`))),
    refused: "Verify your identity",
    gains: "in dune-crafts",
    twin: withFactor,
  },
  {
    title: "saw a code of the second factor being used",
    guard: {
      source: "local/tenant/authentication/second-factor.ts",
      line: " || counter <= known.counter",
      becomes: "",
    },
    attack: codeAgain(0),
    refused: "Verify your identity: The code is not right, or it was used before",
    gains: "in dune-crafts",
    twin: codeAgain(1),
  },
  {
    title: "leaves the page that asks for consent",
    guard: consentAsked,
    attack: async (scene) => {
      const person = scene.person();
      const rest = await passwordOnly(scene, person, "main", LENA);
      if ("arrived" in rest) return scene.exchange("main", rest);
      return scene.exchange("main", await person.browser.open(scene.at(`u/login?state=${stateOf(rest)}`)));
    },
    refused: "Authorize the app",
    gains: "in",
    twin: acts({ app: "main", as: LENA }),
  },
  {
    title: "signs somebody in silently to an app that nobody agreed to",
    guard: consentAsked,
    attack: acts({ app: "main", as: LENA }, { app: "main-personal", ask: { prompt: "none" } }),
    refused: "consent_required: Consent required",
    gains: "in",
    twin: acts({ app: "main", as: LENA }, { app: "main", ask: { prompt: "none" } }),
  },
];
