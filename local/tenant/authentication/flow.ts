import type { Context } from "hono";
import { next } from "../../../login/next.ts";
import type { Admission, Step } from "../../../login/request.ts";
import type { Decided } from "../../../login/rules.ts";
import { acceptInvitation, spendInvitation } from "../entities/invitations-accept.ts";
import type { TokenParts } from "../tokens/endpoint.ts";
import { join } from "./accounts.ts";
import { type ApiAccess, apiAccess } from "./api-access.ts";
import { sessionOf, touch } from "./browser-session.ts";
import type { Codes } from "./codes.ts";
import { openConsent } from "./consent.ts";
import type { Came } from "./event-parts.ts";
import type { LoginLog } from "./login-log.ts";
import { pageOf } from "./pages/paths.ts";
import { runPostLogin } from "./post-login.ts";
import { AppRefusal, PageRefusal } from "./refusals.ts";
import { reply } from "./replies.ts";
import { demandServed } from "./served-factors.ts";
import type { Logins, UnderWay } from "./underway.ts";
import { toProvider } from "./upstream/begin.ts";
import type { Providers } from "./upstream/providers.ts";
import { tenantView } from "./view.ts";

/** What logins are played with. */
export interface LoginParts extends TokenParts {
  readonly logins: Logins;
  readonly codes: Codes;
  readonly played: LoginLog;
  readonly providers: Providers;
}

/** One login as its page or its callback finds it. */
export interface Turn {
  readonly parts: LoginParts;
  readonly context: Context;
  /** The key of the login: the parameter `state` of its pages. */
  readonly key: string;
  readonly login: UnderWay;
  readonly came: Came;
}

/** What comes next for the person, by the rules. */
export function nextStep({ parts, login }: Turn): Step {
  const { step, trace } = next(tenantView(parts.tenant.objects), login.asked.login, login.known, parts.tenant.switches);
  const told = (one: Decided) => login.trace.some(({ rule, says }) => rule === one.rule && says === one.says);
  login.trace = [...login.trace, ...trace.filter((one) => !told(one))].slice(-mostTold);
  return step;
}

/** Decisions kept of one login: who types address after address fills no memory. */
const mostTold = 100;

/** Takes a login as far as it goes without the person: to a page, to an identity provider, or to its end. */
export async function proceed(turn: Turn): Promise<Response> {
  try {
    for (;;) {
      const step = nextStep(turn);
      switch (step.kind) {
        case "error":
          if (step.spends !== undefined) spend(turn, step.spends);
          throw new AppRefusal(step.error, step.description);
        case "federate":
          delete turn.login.complaint; // what was typed leads somewhere after all
          return await toProvider(turn, step);
        case "admitted":
          if (isJudged(turn.login, step)) return await admit(turn, step);
          // memberships changed while a page was open: the Actions said nothing of this place yet
          turn.login.known = unjudged(turn.login.known);
          break;
        case "actions": {
          const page = await runActions(turn, step);
          if (page) return turn.context.redirect(page, 302);
          break;
        }
        default:
          return turn.context.redirect(pageOf(step.kind, turn.key), 302);
      }
    }
  } catch (thrown) {
    if (thrown instanceof AppRefusal) return refused(turn, thrown);
    throw thrown;
  }
}

function spend({ parts }: Turn, ticket: string): void {
  const { objects } = parts.tenant;
  objects.store.transaction(() => spendInvitation(objects, ticket));
}

/** Whether the Actions spoke of this very place: who comes in where. */
function isJudged({ judged }: UnderWay, { user, connection, organization }: Admission): boolean {
  return judged?.user === user && judged.connection === connection && judged.organization === organization;
}

function unjudged({ actions: _, ...known }: UnderWay["known"]): UnderWay["known"] {
  return known;
}

/** Ends a login with an error for the app. The browser's session stays: https://auth0.com/docs/customize/actions/explore-triggers/signup-and-login-triggers/login-trigger */
export async function refused({ parts, context, key, login }: Turn, { wrong }: AppRefusal): Promise<Response> {
  end(parts, key);
  parts.played.add(login, { error: wrong.error, description: wrong.description });
  return reply(context, login.asked.replyTo, { error: wrong.error, error_description: wrong.description });
}

/** Membership first, then the Actions; what they said is put into the login. Answers the page of a second factor, if one is due. */
async function runActions(turn: Turn, admission: Admission): Promise<string | undefined> {
  const { parts, login, came } = turn;
  const { tenant, runner } = parts;
  const { objects } = tenant;
  if (login.waiting && login.waiting.passed !== true)
    return pageOf(login.waiting.enroll ? "enroll" : "challenge", turn.key);
  objects.store.transaction(() => {
    if (admission.invitation !== undefined) acceptInvitation(objects, admission.invitation, admission.user);
    else if (admission.joins !== undefined) join(objects, admission.joins, admission.user);
  });
  if (admission.invitation !== undefined) login.known = { ...login.known, accepted: true };
  const { client, organization, user, connection } = partiesOf(turn, admission);
  const access = accessOf(turn, admission);
  const session = sessionOf(objects, login.session);
  const facts = {
    client,
    user,
    connection,
    organization,
    api: access.api,
    protocol: "oidc-basic-profile" as const,
    methods: session?.methods ?? [],
    scopes: login.asked.scopes,
    session: session?.shown,
    asked: login.asked.query,
    came,
  };
  const ended = await runPostLogin(tenant, runner, facts, {
    waiting: login.waiting,
    signal: turn.context.req.raw.signal,
  });
  delete login.waiting;
  if (ended.outcome === "failed") throw new AppRefusal("server_error", "An Action of post-login failed");
  if (ended.outcome === "second-factor") {
    if (login.asked.login.prompt === "none")
      throw new AppRefusal("interaction_required", "Multifactor authentication required");
    demandServed(objects, admission.user, ended);
    login.waiting = ended.waiting;
    return pageOf(ended.waiting.enroll ? "enroll" : "challenge", turn.key);
  }
  login.judged = admission;
  login.known = { ...login.known, actions: ended.outcome === "denied" ? { denied: ended.reason } : {} };
  if (ended.outcome === "passed") login.effects = ended.effects;
  return undefined;
}

/** Whoever takes a login first ends it: two answers to its last page give one code. */
function end({ logins }: LoginParts, key: string): void {
  if (!logins.take(key)) throw new PageRefusal("invalid_request", "This login is over. Start again from the app.");
}

/** Consent where it is due, then the code. */
async function admit(turn: Turn, admission: Admission): Promise<Response> {
  const { parts, context, key, login } = turn;
  const { objects } = parts.tenant;
  const { asked } = login;
  const access = accessOf(turn, admission);
  const { client } = partiesOf(turn, admission);
  const { redirectUri } = asked.replyTo;
  const open = openConsent(objects, { user: admission.user, client, redirectUri, access });
  if (login.consented !== true && (open.length > 0 || asked.consent)) {
    if (asked.login.prompt === "none") throw new AppRefusal("consent_required", "Consent required");
    return context.redirect(pageOf("consent", key), 302);
  }
  const session = sessionOf(objects, login.session);
  if (!session) throw new AppRefusal("login_required", "Login required");
  end(parts, key);
  objects.store.transaction(() => touch(objects, session.id, client.id));
  const { effects } = login;
  const code = parts.codes.issue({
    granted: {
      client: client.id,
      user: admission.user,
      connection: admission.connection,
      session: session.id,
      scopes: asked.scopes,
      authenticated: session.authenticated,
      ...(admission.organization === undefined ? {} : { organization: admission.organization }),
      ...(asked.audience === undefined ? {} : { audience: asked.audience }),
    },
    aged: asked.login.maxAge !== undefined,
    custom: { idToken: effects?.idToken ?? {}, accessToken: effects?.accessToken ?? {} },
    changed: effects?.scopes ?? { added: [], removed: [] },
    ...(asked.query.redirect_uri ? { redirectUri: asked.query.redirect_uri } : {}),
    ...(asked.nonce === undefined ? {} : { nonce: asked.nonce }),
    ...(asked.challenge === undefined ? {} : { challenge: asked.challenge }),
  });
  parts.played.add(login, { ...admission });
  return reply(context, asked.replyTo, { code });
}

/** What the app would get, or the refusal. */
export function accessOf({ parts, login }: Turn, { user, organization }: Admission): ApiAccess {
  const { client, audience, scopes } = login.asked;
  return apiAccess(parts.tenant.objects, { user, organization, client, audience, scopes });
}

/** The objects of a login; one that went away in the meantime ends it. */
export function partiesOf({ parts, login }: Turn, admission: Admission) {
  const { store } = parts.tenant.objects;
  const client = store.get("clients", login.asked.client.id);
  const user = store.get("users", admission.user);
  const connection = store.get("connections", admission.connection);
  const organization =
    admission.organization === undefined ? undefined : store.get("organizations", admission.organization);
  if (!client || !user || !connection || (admission.organization !== undefined && !organization))
    throw new AppRefusal("access_denied", "what the login was for is not there any more");
  return { client, user, connection, organization };
}
