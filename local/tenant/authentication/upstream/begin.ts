import { buildAuthorizationUrl, calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier } from "openid-client";
import type { Step } from "../../../../login/request.ts";
import { type Body, bodyAt, isBody, textAt } from "../../management/json.ts";
import type { Query } from "../asked.ts";
import type { Turn } from "../flow.ts";
import { AppRefusal } from "../refusals.ts";
import { callbackOf } from "./callback-address.ts";
import { relyingParty } from "./relying-party.ts";
import { toSamlProvider } from "./saml/begin.ts";

/**
 * Sends the person to the connection's identity provider. Whatever is to come back must fit what is kept here, once and in this browser.
 * https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/oidc. Throws an AppRefusal.
 */
export async function toProvider(
  turn: Turn,
  { connection: id, hint }: Extract<Step, { kind: "federate" }>,
): Promise<Response> {
  const { parts, context, key, login } = turn;
  const connection = parts.tenant.objects.store.get("connections", id);
  if (!connection) throw new AppRefusal("access_denied", "what the login was for is not there any more");
  if (textAt(connection.body, "strategy") === "samlp") return toSamlProvider(turn, connection);
  const { configuration, options, strategy, scope } = await relyingParty(parts.providers, connection);
  const proof = await proofOf(options);
  const nonce = randomNonce();
  const state = parts.providers.begun.add({ login: key, connection: id, proof: { nonce, verifier: proof?.verifier } });
  const to = buildAuthorizationUrl(configuration, {
    ...strategy.asks?.(options),
    ...(hint === undefined ? {} : { login_hint: hint }),
    ...passedOn(options, login.asked.query),
    response_type: "code",
    redirect_uri: callbackOf(parts.tenant),
    scope,
    state,
    nonce,
    ...proof?.sent,
  });
  return context.redirect(to.href, 302);
}

/** https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/configure-pkce-claim-mapping-for-oidc */
async function proofOf(options: Body) {
  const method = textAt(bodyAt(options, "connection_settings"), "pkce");
  if (method === "disabled") return undefined;
  const verifier = randomPKCECodeVerifier();
  if (method === "plain") return { verifier, sent: { code_challenge: verifier, code_challenge_method: "plain" } };
  const challenge = await calculatePKCECodeChallenge(verifier);
  return { verifier, sent: { code_challenge: challenge, code_challenge_method: "S256" } };
}

/** Parameters that the connection adds: fixed ones, and those of the app's own request: https://auth0.com/docs/authenticate/identity-providers/pass-parameters-to-idps */
function passedOn(options: Body, asked: Query): { readonly [name: string]: string } {
  const entries = Object.entries(bodyAt(options, "upstream_params")).flatMap(([name, rule]) => {
    if (!isBody(rule)) return [];
    const alias = textAt(rule, "alias");
    const value = textAt(rule, "value") ?? (alias === undefined ? undefined : asked[alias]);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}
