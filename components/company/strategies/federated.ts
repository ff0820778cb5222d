/** What an identity provider's connection has, of whatever strategy. */
export interface Federated {
  /** Addresses at these domains are routed here: https://auth0.com/docs/authenticate/login/auth0-universal-login/identifier-first */
  readonly domains: readonly string[];
  /** When name and picture are taken over from the identity provider. @default each-login; with SCIM first-login */
  readonly profile?: "each-login" | "first-login" | undefined;
  readonly iconUrl?: string | undefined;
  /** Whether the identity provider keeps its people up to date by SCIM. @default it does not */
  readonly scim?: true | undefined;
}

/**
 * The options that all strategies share. Whatever the provider takes from its state where nothing is written (its computed
 * fields) is always written: what leaves an entry would stay in Auth0 otherwise, without a difference to see.
 * @param routed whether addresses lead here: without, an app has to name the connection
 */
export function federatedOptions(
  { domains, iconUrl, scim, profile = scim ? "first-login" : "each-login" }: Federated,
  routed: boolean,
) {
  return {
    domainAliases: routed ? [...domains] : [],
    setUserRootAttributes: profile === "first-login" ? "on_first_login" : "on_each_login",
    ...(iconUrl !== undefined && { iconUrl }),
  };
}

/** Whether every address that comes counts as verified: https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/azuread-adfs-email-verification */
export function trustOf(emailVerified: "always" | "never" | undefined): string {
  return emailVerified === "always" ? "always_set_emails_as_verified" : "never_set_emails_as_verified";
}
