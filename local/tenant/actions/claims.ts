import type { Claims } from "./protocol.ts";

/**
 * Names that no Action can set, with or without a word: https://auth0.com/docs/secure/tokens/json-web-tokens/create-custom-claims.
 * `scope` stands under "claims used internally by Auth0" there.
 */
const restricted = new Set(
  `acr act active amr at_hash ath attest aud auth_time authorization_details azp c_hash client_id cnf cty dest entitlements
   events exp groups gty htm htu iat internalService iss jcard jku jti jwe jwk kid may_act mky nbf nonce object_id org_id
   org_name orig origid permissions roles rph s_hash scope sid sip_callid sip_cseq_num sip_date sip_from_tag sip_via_branch
   sub sub_jwk toe txn typ uuid vot vtm x5t#S256`.split(/\s+/),
);

/** Domains, with those below them, that are no namespace. */
const reserved = ["auth0.com", "webtask.io", "webtask.run"];

/** Bytes of all custom claims of a token. */
const largest = 100_000;

/**
 * The claims that reach an access token; the others are dropped without a word, as the service does.
 * `ownApi`: the token is for an API of Auth0's own, which takes namespaced claims only, and no URN.
 */
export function allowedClaims(claims: Claims, { ownApi }: { ownApi: boolean }): Claims {
  return Object.fromEntries(Object.entries(claims).filter(([name]) => isAllowed(name, ownApi)));
}

/** True where custom claims weigh more than a token may carry. */
export function areTooLarge(claims: Claims): boolean {
  return Buffer.byteLength(JSON.stringify(claims)) > largest;
}

function isAllowed(name: string, ownApi: boolean): boolean {
  if (/^https?:\/\//i.test(name)) {
    if (!URL.canParse(name)) return false;
    const { hostname } = new URL(name);
    return !reserved.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`));
  }
  if (/^urn:/i.test(name)) return !ownApi && !/^urn:auth0(?::|$)/i.test(name);
  return !ownApi && !restricted.has(name);
}
