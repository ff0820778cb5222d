import type { Context, Hono } from "hono";
import { authorizationCodeGrant, fetchUserInfo } from "openid-client";
import type { Body } from "../../management/json.ts";
import type { Stored } from "../../store.ts";
import { federatedAccount, type Profile } from "../accounts.ts";
import { turnOf } from "../authorize.ts";
import { type LoginParts, nextStep, proceed, refused, type Turn } from "../flow.ts";
import { identified } from "../identified.ts";
import { errorPage } from "../pages/error.ts";
import { AppRefusal, PageRefusal } from "../refusals.ts";
import { userinfoScopes } from "./attributes.ts";
import { callbackOf, callbackPath } from "./callback-address.ts";
import { refusalOf } from "./failures.ts";
import type { Begun, CodeProof } from "./providers.ts";
import { type RelyingParty, relyingParty } from "./relying-party.ts";
import { idpInitiated, samlProfile } from "./saml/response.ts";

/** What the answer of an identity provider must fit. */
interface Expected extends CodeProof {
  readonly state: string;
}

/** Where people come back from their identity provider: https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/oidc */
export function mountCallback(app: Hono, parts: LoginParts): void {
  app.on(["GET", "POST"], callbackPath, async (context) => {
    try {
      return await cameBack(parts, context);
    } catch (thrown) {
      if (!(thrown instanceof PageRefusal)) throw thrown;
      return errorPage(context, parts.tenant, thrown);
    }
  });
}

async function cameBack(parts: LoginParts, context: Context): Promise<Response> {
  const answer = await answerOf(context);
  const { begun } = parts.providers;
  const state = answer.get("state") ?? answer.get("RelayState") ?? "";
  if (answer.has("SAMLResponse") && !begun.get(state)) throw unasked(context);
  const turn = turnOf(parts, context, begun.get(state)?.login);
  const waiting = begun.take(state);
  const step = nextStep(turn);
  // somebody who went back meanwhile and signed in otherwise is somebody else by now
  if (!waiting || step.kind !== "federate" || step.connection !== waiting.connection) return proceed(turn);
  try {
    return await signIn(turn, waiting, answer, state);
  } catch (thrown) {
    if (thrown instanceof AppRefusal) return refused(turn, thrown);
    throw thrown;
  }
}

/** A response without a login that it could be for: https://auth0.com/docs/troubleshoot/authentication-issues/saml-errors */
function unasked(context: Context): PageRefusal {
  return new PageRefusal("invalid_request", idpInitiated(context.req.query("connection") ?? ""));
}

async function signIn(turn: Turn, { connection: id, proof }: Begun, answer: URLSearchParams, state: string) {
  const { objects } = turn.parts.tenant;
  const connection = objects.store.get("connections", id);
  if (!connection) throw new AppRefusal("access_denied", "what the login was for is not there any more");
  const profile =
    "request" in proof
      ? await samlProfile(turn.parts, connection, answer.get("SAMLResponse") ?? "", proof.request)
      : await profileOf(turn.parts, connection, answer, { ...proof, state });
  const user = objects.store.transaction(() => federatedAccount(objects, connection, profile));
  return identified(turn, { user, connection: id, method: "federated" });
}

/** The parameters that came, in the address or in a form. */
async function answerOf(context: Context): Promise<URLSearchParams> {
  return context.req.method === "POST"
    ? new URLSearchParams(await context.req.text())
    : new URL(context.req.url).searchParams;
}

/**
 * Exchanges the code and reads what the provider says of the person, once it is shown to be true: issuer, audience, nonce, expiry and
 * signature of the ID token (https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation).
 */
async function profileOf(
  { tenant, providers }: LoginParts,
  connection: Stored,
  answer: URLSearchParams,
  { state, nonce, verifier }: Expected,
): Promise<Profile> {
  const party = await relyingParty(providers, connection);
  try {
    // the address that was sent, whatever name of this machine the browser used
    const tokens = await authorizationCodeGrant(party.configuration, new URL(`${callbackOf(tenant)}?${answer}`), {
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
      ...(verifier === undefined ? {} : { pkceCodeVerifier: verifier }),
    });
    const claims = (tokens.claims() ?? {}) as Body;
    const userinfo = await userinfoOf(party, tokens.access_token, String(claims.sub));
    return party.strategy.profile(party.options, { tokenset: claims, userinfo });
  } catch (thrown) {
    throw refusalOf(thrown, party.configuration.serverMetadata().issuer);
  }
}

/** Asked only where the connection's mapping wants it; it must speak of the same person. */
async function userinfoOf({ configuration, options }: RelyingParty, token: string, subject: string): Promise<Body> {
  if (userinfoScopes(options) === undefined) return {};
  return (await fetchUserInfo(configuration, token, subject)) as Body;
}
