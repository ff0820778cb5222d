import type { Context, Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { alphanumerics } from "../ids.ts";
import { askedOf, type Query } from "./asked.ts";
import { knownSession } from "./browser-session.ts";
import { cookie } from "./cookies.ts";
import type { Came } from "./event-parts.ts";
import { type LoginParts, nextStep, proceed, type Turn } from "./flow.ts";
import { errorPage } from "./pages/error.ts";
import { pageOf } from "./pages/paths.ts";
import { AppRefusal, PageRefusal } from "./refusals.ts";
import { reply } from "./replies.ts";
import { offersSignup } from "./sign-up.ts";
import type { UnderWay } from "./underway.ts";

/** Names the browser, so that a login goes on where it began: https://auth0.com/docs/manage-users/cookies */
const browserCookie = "did";

/** Where logins begin: https://auth0.com/docs/api/authentication/authorization-code-flow-with-pkce/authorize-with-pkce */
export function mountAuthorize(app: Hono, parts: LoginParts): void {
  app.on(["GET", "POST"], "/authorize", async (context) => {
    try {
      const query = await queryOf(context);
      const { replyTo, read } = askedOf(parts.tenant.objects, query);
      try {
        return await begin(parts, context, { asked: read(), came: cameWith(context, query) });
      } catch (thrown) {
        if (!(thrown instanceof AppRefusal)) throw thrown;
        const { error, description } = thrown.wrong;
        return reply(context, replyTo, { error, error_description: description });
      }
    } catch (thrown) {
      if (!(thrown instanceof PageRefusal)) throw thrown;
      return errorPage(context, parts.tenant, thrown);
    }
  });
}

async function begin(
  parts: LoginParts,
  context: Context,
  { asked, came }: { asked: UnderWay["asked"]; came: Came },
): Promise<Response> {
  const session = knownSession(context, parts.tenant.objects);
  const login: UnderWay = {
    asked,
    browser: browserOf(context),
    began: Math.floor(Date.now() / 1000),
    known: session ? { session: session.known } : {},
    ...(session ? { session: session.id } : {}),
    trace: [],
  };
  const key = parts.logins.add(login);
  const turn = { parts, context, key, login, came };
  // https://auth0.com/docs/authenticate/login/auth0-universal-login/new-experience#signup: the first page only, the person may go on to another
  if (asked.login.signup === true && asked.login.prompt !== "none" && offersSignup(nextStep(turn)))
    return context.redirect(pageOf("signup", key), 302);
  return proceed(turn);
}

/** Each parameter once: RFC 6749, 3.1. Of a POST the form counts. */
async function queryOf(context: Context): Promise<Query> {
  const form = context.req.method === "POST" ? new URLSearchParams(await context.req.text()) : undefined;
  const given = form ?? new URL(context.req.url).searchParams;
  const names = [...given.keys()];
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new PageRefusal("invalid_request", `Parameter ${twice} is given more than once`);
  return Object.fromEntries(given);
}

/** The browser's own cookie, given to it where it has none. */
function browserOf(context: Context): string {
  const known = getCookie(context, browserCookie);
  if (known !== undefined && /^[A-Za-z0-9]{43}$/.test(known)) return known;
  const fresh = alphanumerics(43);
  setCookie(context, browserCookie, fresh, cookie);
  return fresh;
}

export function cameWith(context: Context, query: Query, body: Query = {}): Came {
  return {
    method: context.req.method === "POST" ? "POST" : "GET",
    query,
    body,
    userAgent: context.req.header("User-Agent"),
    language: context.req.header("Accept-Language"),
  };
}

/**
 * The login that a page or a callback belongs to, where this browser began it; else the page that says so. Once somebody proved who they
 * are, only the browser that has their session goes on: whoever planted the other cookie does not.
 */
export function turnOf(parts: LoginParts, context: Context, key: string | undefined, body: Query = {}): Turn {
  const login = key === undefined ? undefined : parts.logins.get(key);
  const own = login && login.browser === getCookie(context, browserCookie) && isTheirs(parts, context, login);
  if (key === undefined || !own)
    throw new PageRefusal(
      "invalid_request",
      "This login is over or began in another browser. Start again from the app.",
    );
  return { parts, context, key, login, came: cameWith(context, login.asked.query, body) };
}

function isTheirs({ tenant }: LoginParts, context: Context, { known, session }: UnderWay): boolean {
  return known.identity === undefined || knownSession(context, tenant.objects)?.id === session;
}
