import type * as auth0 from "@pulumi/auth0";
import type * as pulumi from "@pulumi/pulumi";

interface Client {
  readonly clientId: string;
  readonly clientSecret: pulumi.Output<string>;
}

/** How a company's people sign in through their own identity provider, by strategy. */
export type EnterpriseConnectionSettings = {
  /** Addresses at these domains are routed here: https://auth0.com/docs/authenticate/login/auth0-universal-login/identifier-first */
  readonly domains: readonly string[];
} & (
  | ({ readonly strategy: "oidc"; readonly issuer: string } & Client)
  | ({ readonly strategy: "okta"; readonly domain: string } & Client)
  | {
      readonly strategy: "samlp";
      readonly signInUrl: string;
      readonly signOutUrl?: string | undefined;
      /** The identity provider's signing certificate, PEM. */
      readonly certificate: string;
    }
);

const scopes = ["openid", "profile", "email"];

/**
 * SAML attribute names, the first that is there: https://auth0.com/docs/authenticate/protocols/saml/saml-configuration
 * In the order of the alphabet, as the provider reads them back: another order would be a change at every preview.
 */
const attributes = {
  email: ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress", "email"],
  family_name: ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname", "family_name"],
  given_name: ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname", "given_name"],
  name: ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name", "name"],
  user_id: ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier"],
};

/**
 * Always the whole set: Auth0 replaces `options` as a whole.
 * @param routed whether addresses at the domains are sent to the connection
 */
export function optionsOf(
  settings: EnterpriseConnectionSettings,
  routed: boolean,
): auth0.types.input.ConnectionOptions {
  const domainAliases = routed ? [...settings.domains] : [];
  switch (settings.strategy) {
    case "oidc":
      return {
        type: "back_channel",
        issuer: settings.issuer,
        discoveryUrl: discoveryUrlOf(settings.issuer),
        clientId: settings.clientId,
        clientSecret: settings.clientSecret,
        domainAliases,
        scopes,
      };
    case "okta":
      return {
        domain: settings.domain,
        clientId: settings.clientId,
        clientSecret: settings.clientSecret,
        domainAliases,
        scopes,
      };
    case "samlp":
      return {
        signInEndpoint: settings.signInUrl,
        ...(settings.signOutUrl !== undefined && { signOutEndpoint: settings.signOutUrl }),
        disableSignOut: settings.signOutUrl === undefined,
        signingCert: settings.certificate,
        signSamlRequest: true,
        signatureAlgorithm: "rsa-sha256",
        digestAlgorithm: "sha256",
        protocolBinding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
        fieldsMap: JSON.stringify(attributes),
        debug: false,
        domainAliases,
      };
    default:
      return settings satisfies never;
  }
}

/** https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationRequest */
function discoveryUrlOf(issuer: string): string {
  return `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
}
