import { type Body, omit, pick, textAt, textsAt } from "../../management/json.ts";
import type { Profile } from "../accounts.ts";
import { AppRefusal } from "../refusals.ts";
import { mapped, type Said, tidied } from "./attributes.ts";

/** How a strategy's connections are played by OpenID Connect. */
interface Strategy {
  /** Who issues its ID tokens, as its options say. */
  issuer(options: Body): string | undefined;
  /** Parameters of each request, beside those of the protocol. */
  asks?(options: Body): { readonly [name: string]: string };
  /** Throws an AppRefusal for somebody whom the connection does not let in. */
  profile(options: Body, said: Said): Profile;
}

const strategies: { readonly [strategy: string]: Strategy } = {
  // https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/oidc
  oidc: {
    issuer: (options) => textAt(options, "issuer") ?? beforeDiscovery(textAt(options, "discovery_url")),
    profile: standard,
  },
  // https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/okta
  okta: {
    issuer: (options) => textAt(options, "issuer") ?? under("https://", textAt(options, "domain")),
    profile: standard,
  },
  // https://learn.microsoft.com/en-us/entra/identity-platform/v2-protocols-oidc#find-your-apps-openid-configuration-document-uri
  waad: {
    issuer: (options) => {
      const directory = textAt(options, "tenantId") ?? textAt(options, "tenant_domain") ?? textAt(options, "domain");
      return under("https://login.microsoftonline.com/", isCommon(options) ? "common" : directory, "/v2.0");
    },
    profile: azureAd,
  },
  // https://developers.google.com/identity/openid-connect/openid-connect
  "google-apps": {
    issuer: () => "https://accounts.google.com",
    asks: (options) => {
      const [domain] = workspaces(options);
      return domain === undefined ? {} : { hd: domain };
    },
    profile: workspace,
  },
  // everybody's own account: https://auth0.com/docs/authenticate/identity-providers/social-identity-providers/google
  "google-oauth2": { issuer: () => "https://accounts.google.com", profile: standard },
};

/** How connections of this strategy are played; undefined for one that is not served here. */
export function strategyNamed(strategy: string): Strategy | undefined {
  return Object.hasOwn(strategies, strategy) ? strategies[strategy] : undefined;
}

function under(before: string, name: string | undefined, after = ""): string | undefined {
  return name === undefined || name === "" ? undefined : `${before}${name}${after}`;
}

function beforeDiscovery(url: string | undefined): string | undefined {
  const at = url?.indexOf("/.well-known/openid-configuration") ?? -1;
  return at < 0 ? undefined : url?.slice(0, at);
}

function standard(options: Body, said: Said): Profile {
  return { subject: subjectOf(said), attributes: mapped(options, said) };
}

function subjectOf({ tokenset }: Said): string {
  return textAt(tokenset, "sub") ?? "";
}

const isCommon = (options: Body): boolean =>
  options.useCommonEndpoint === true || options.waad_common_endpoint === true;

/**
 * Azure AD says of no address that it is verified, so the connection decides; a user principal name that stands in for an address that
 * is not there never is: https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/azuread-adfs-email-verification
 */
function azureAd(options: Body, said: Said): Profile {
  const claims = said.tokenset;
  const name = textAt(claims, "upn") ?? textAt(claims, "preferred_username");
  const email = textAt(claims, "email") || undefined;
  const trusted = textAt(options, "should_trust_email_verified_connection") === "always_set_emails_as_verified";
  const address = email ?? (name?.includes("@") ? name : undefined);
  const verified = email !== undefined && trusted && !isCommon(options);
  const { tid } = claims;
  return {
    subject: (textAt(options, "userid_attribute") === "oid" ? textAt(claims, "oid") : undefined) ?? subjectOf(said),
    attributes: tidied({
      ...pick(claims, ["name", "given_name", "family_name", "nickname", "picture", "oid"]),
      ...(name === undefined ? {} : { upn: name }),
      ...(tid === undefined ? {} : { tenantid: tid }),
      ...(address === undefined ? {} : { email: address, email_verified: verified }),
    }),
  };
}

/** The Google Workspace domains of a connection. */
function workspaces(options: Body): string[] {
  const named = [textAt(options, "tenant_domain"), textAt(options, "domain"), ...textsAt(options, "domain_aliases")];
  return [...new Set(named.flatMap((domain) => (domain === undefined || domain === "" ? [] : [domain.toLowerCase()])))];
}

/**
 * Google issues for every Google account, and says by `hd` whose Workspace one belongs to:
 * https://developers.google.com/identity/openid-connect/openid-connect#id_token-hd. An account is known by its address, unless the
 * connection was made with `map_user_id_to_id` (https://auth0.com/docs/api/management/v2/connections/post-connections).
 */
function workspace(options: Body, said: Said): Profile {
  const hd = textAt(said.tokenset, "hd")?.toLowerCase();
  if (hd === undefined || !workspaces(options).includes(hd))
    throw new AppRefusal("access_denied", `hd mismatch, expected ${workspaces(options).join(" or ")}, got: ${hd}`);
  const subject = subjectOf(said);
  const named = options.map_user_id_to_id === true ? subject : textAt(said.tokenset, "email");
  return { subject: named || subject, attributes: mapped({}, { ...said, tokenset: omit(said.tokenset, ["hd"]) }) };
}
