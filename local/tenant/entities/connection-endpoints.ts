import { type Body, isBody, textAt } from "../management/json.ts";

const endpoints = ["issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"];

/** Where a provider publishes its metadata, under its issuer: https://openid.net/specs/openid-connect-discovery-1_0.html */
const discoveryPath = "/.well-known/openid-configuration";

/** The metadata that every Okta organization publishes for its domain: https://developer.okta.com/docs/api/openapi/okta-oauth/oauth/tag/OrgAS/ */
function oktaMetadata(domain: string): Body {
  const issuer = `https://${domain}`;
  const at = (path: string): string => `${issuer}/oauth2/v1/${path}`;
  return {
    issuer,
    authorization_endpoint: at("authorize"),
    token_endpoint: at("token"),
    userinfo_endpoint: at("userinfo"),
    registration_endpoint: at("clients"),
    jwks_uri: at("keys"),
    introspection_endpoint: at("introspect"),
    revocation_endpoint: at("revoke"),
    end_session_endpoint: at("logout"),
  };
}

/**
 * Adds the identity provider's metadata and the endpoints in it that the request leaves open. Auth0 fetches the document;
 * here nothing leaves the machine: Okta's follows from its domain, of another provider it says what the request says.
 */
export function withMetadata(strategy: string, options: Body, given: Body): Body {
  const metadata = given.oidc_metadata ?? derivedMetadata(strategy, given) ?? options.oidc_metadata;
  if (!isBody(metadata)) return options;
  const open = endpoints.filter((name) => (options[name] ?? null) === null && metadata[name] !== undefined);
  const found = Object.fromEntries(open.map((name) => [name, metadata[name] ?? null]));
  return { ...options, ...found, oidc_metadata: metadata };
}

function derivedMetadata(strategy: string, options: Body): Body | undefined {
  const domain = textAt(options, "domain");
  if (strategy === "okta") return domain === undefined ? undefined : oktaMetadata(domain);
  const place = textAt(options, "discovery_url");
  if (place === undefined) return undefined;
  const said = endpoints.filter((name) => typeof options[name] === "string");
  return {
    ...(place.endsWith(discoveryPath) ? { issuer: place.slice(0, -discoveryPath.length) } : {}),
    ...Object.fromEntries(said.map((name) => [name, options[name] ?? null])),
  };
}
