import { decodeJwt, importJWK, type JWTPayload, jwtVerify } from "jose";
import { Ephemeral } from "../authentication/once.ts";
import { type Body, bodiesAt, bodyAt, textAt } from "../management/json.ts";
import type { Tenant } from "../management/tables.ts";
import type { Stored } from "../store.ts";
import type { Parameters } from "./parameters.ts";
import { TokenRefusal, unproven } from "./refusal.ts";

const type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** Seconds that an assertion may live, and by which a clock may go wrong. */
const longest = 300;
const skew = 10;

/** The most characters of an assertion and of its `jti`. */
const limits = { assertion: 2048, claim: 64 };

/** What has been shown to each tenant, by client and `jti`: an assertion is good once. */
const shown = new WeakMap<object, Ephemeral<true>>();

/** The client that an assertion names, before anybody has looked whether that is true. */
export function assertedClient({ client_assertion }: Parameters): string | undefined {
  try {
    return client_assertion === undefined ? undefined : decodeJwt(client_assertion).sub;
  } catch {
    return undefined;
  }
}

/**
 * Holds that an assertion is the client's own: signed with one of its keys, for this tenant, short-lived, never shown before. The cause
 * stands in Auth0's log and not in the answer; what the answer says is not documented: switch ASSERTION_REFUSED.
 * https://auth0.com/docs/get-started/authentication-and-authorization-flow/authenticate-with-private-key-jwt
 */
export async function checkAssertion(tenant: Tenant, client: Stored, given: Parameters): Promise<void> {
  const { client_assertion = "" } = given;
  const fits = given.client_assertion_type === type && client_assertion.length <= limits.assertion;
  const claims = fits ? await firstVerified(tenant, client, client_assertion) : undefined;
  if (claims && isOnce(tenant, client, claims)) return;
  if (tenant.switches.ASSERTION_REFUSED === "access_denied") throw unproven();
  throw new TokenRefusal(401, "invalid_client", "Failed client authentication");
}

async function firstVerified(tenant: Tenant, client: Stored, assertion: string): Promise<JWTPayload | undefined> {
  for (const credential of credentialsOf(tenant, client)) {
    const claims = await verified(tenant, client, assertion, credential);
    if (claims) return claims;
  }
  return undefined;
}

async function verified({ domain }: Tenant, { id }: Stored, assertion: string, { jwk, alg }: Body) {
  try {
    const algorithm = String(alg);
    const key = await importJWK({ ...(jwk as Record<string, string>), alg: algorithm });
    const { payload } = await jwtVerify(assertion, key, {
      algorithms: [algorithm],
      issuer: id,
      subject: id,
      clockTolerance: skew,
      requiredClaims: ["exp", "jti"],
    });
    // As one text, and with the slash: a list is refused since 2025.
    // https://auth0.com/docs/troubleshoot/product-lifecycle/deprecations-and-migrations
    return payload.aud === `https://${domain}/` && isShort(payload) ? payload : undefined;
  } catch {
    return undefined;
  }
}

function isShort({ iat, exp = 0, jti = "" }: JWTPayload): boolean {
  const now = Date.now() / 1000;
  if (iat !== undefined && iat > now + skew) return false;
  return exp - (iat ?? now) <= longest && typeof jti === "string" && jti !== "" && jti.length <= limits.claim;
}

function isOnce({ objects }: Tenant, { id }: Stored, { jti = "" }: JWTPayload): boolean {
  const seen = shown.get(objects) ?? new Ephemeral<true>(longest + 2 * skew);
  shown.set(objects, seen);
  return seen.addNew(`${id} ${jti}`, true);
}

/** The keys that the client proves itself with and that have not run out. */
function credentialsOf({ objects }: Tenant, client: Stored): Body[] {
  const methods = bodyAt(client.body, "client_authentication_methods");
  return bodiesAt(bodyAt(methods, "private_key_jwt"), "credentials").flatMap((named) => {
    const body = objects.store.get("client-credentials", textAt(named, "id") ?? "", client.id)?.body;
    const ends = body && textAt(body, "expires_at");
    return body && (ends === undefined || Date.parse(ends) > Date.now()) ? [body] : [];
  });
}

/** Whether a client proves itself with keys, and so with no secret. */
export function hasKeys({ body }: Stored): boolean {
  return Object.hasOwn(bodyAt(body, "client_authentication_methods"), "private_key_jwt");
}
