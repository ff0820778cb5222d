import { client } from "../scenarios/story.ts";
import type { Attack, Doing } from "./attack.ts";
import { knownCallback } from "./guards.ts";
import { wordsOf } from "./scene.ts";

// Where a browser is sent with what is meant for an app.

const own = "https://localhost:3000/callback";
const LENA = "lena@mail.example";

/** Somebody follows a link with that address and signs in; where they end. */
const sentTo =
  (redirect_uri: string, more: Readonly<Record<string, string>> = {}): Doing =>
  async (scene) => {
    const { origin, pathname } = new URL(redirect_uri);
    const url = await scene.request("main", { redirect_uri, ...more });
    return wordsOf(await scene.visit(scene.person(`${origin}${pathname}`), url, { as: LENA }));
  };

const refusedFor = (uri: string) =>
  `Sign-in is not possible: unauthorized_client: Callback URL mismatch. ${uri} is not in the list of allowed callback URLs`;

const tricks: Readonly<Record<string, string>> = {
  "another host": "https://evil.example/callback",
  "a host that begins like the app's": "https://localhost.evil.example/callback",
  "another port of the app's host": "https://localhost:3999/callback",
  "the app's host in front of an @": "https://localhost:3000@evil.example/callback",
  "no encryption": "http://localhost:3000/callback",
  "another path": "https://localhost:3000/open?to=https://evil.example",
  "a path that climbs": "https://localhost:3000/callback/../open",
  "an encoded path": "https://localhost:3000/%63allback",
  "a query that leads on": "https://localhost:3000/callback?to=https://evil.example",
  "a fragment": "https://localhost:3000/callback#top",
};

const callbacks = Object.entries(tricks).map(([title, uri]): Attack => {
  const { origin, pathname } = new URL(uri);
  return {
    title: `asks for the code at ${title}`,
    guard: knownCallback,
    attack: sentTo(uri),
    refused: refusedFor(uri),
    gains: `at ${origin}${pathname}`,
    twin: sentTo(own),
    twinGets: `at ${own}`,
  };
});

const wild = [own, "https://*.travel.example/callback"];
const slashes = "https://evil.example/x.travel.example/callback";

/** Signs somebody in and out; where they end. */
const signedOut =
  (returnTo: string): Doing =>
  async (scene) => {
    const person = scene.person(returnTo);
    await scene.visit(person, await scene.request("main"), { as: LENA });
    const url = scene.at("v2/logout");
    url.searchParams.set("client_id", await scene.hands.idOf("app", "main"));
    url.searchParams.set("returnTo", returnTo);
    return wordsOf(await person.browser.open(url));
  };

/** What a page gets that asks for the answer as a message. */
const message =
  (app: string): Doing =>
  async (scene) => {
    const url = await scene.request(app, { response_mode: "web_message", prompt: "none" });
    const { text } = await scene.ask({ path: `${url.pathname}${url.search}` });
    const [, target] = /postMessage\(\{.*\},"([^"]*)"\)/.exec(text) ?? [];
    return target === undefined ? (/<li>([^<]* origin\.)<\/li>/.exec(text)?.[1] ?? text) : "a message";
  };

export const redirects: readonly Attack[] = [
  ...callbacks,
  {
    title: "asks for the code at a host that only looks as if a wildcard covered it",
    guard: {
      source: "local/tenant/authentication/redirects.ts",
      line: "return /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i.test(",
      becomes: "return /./.test(",
    },
    given: [client("main", { callbacks: wild })],
    attack: sentTo(slashes),
    refused: refusedFor(slashes),
    gains: `at ${slashes}`,
    twin: sentTo("https://shop.travel.example/callback"),
    twinGets: "at https://shop.travel.example/callback",
  },
  {
    title: "has people sent to another site when they sign out",
    guard: {
      source: "local/tenant/authentication/logout.ts",
      line: "if (to !== undefined && !isAllowed(to, allowed, { anyQuery: true }))",
      becomes: "if (!allowed)",
    },
    attack: signedOut("https://evil.example/"),
    refused: `Sign-in is not possible: invalid_request: The "returnTo" querystring parameter "https://evil.example/" is not defined as a valid URL in "Allowed Logout URLs".`,
    gains: "at https://evil.example/",
    twin: signedOut("https://localhost:3000"),
    twinGets: "at https://localhost:3000/",
  },
  {
    title: "asks for the answer as a message to an origin that is not a page of the app's",
    guard: {
      source: "local/tenant/authentication/asked.ts",
      line: `if (mode === "web_message" && !isOwnPage(redirectUri, body))`,
      becomes: "if (!isOwnPage)",
    },
    attack: message("main"),
    refused: "The specified redirect_uri does not have a registered origin.",
    gains: "a message",
    twin: message("vendor-rental"),
  },
];
