import type * as auth0 from "@pulumi/auth0";
import type * as pulumi from "@pulumi/pulumi";
import { type Federated, federatedOptions } from "./federated.ts";

/** The client that the identity provider knows Auth0 as. */
export interface Client {
  readonly clientId: string;
  readonly clientSecret: pulumi.Input<string>;
}

interface OpenId extends Client {
  /** Asked for beside openid, profile and email. */
  readonly scopes?: readonly string[] | undefined;
  /** @default auto */
  readonly pkce?: "auto" | "S256" | "disabled" | undefined;
  /** Profile field → claim. @default the claims' own names */
  readonly attributes?: Readonly<Record<string, string | undefined>> | undefined;
}

export type Oidc = { readonly strategy: "oidc"; readonly issuer: string } & OpenId & Federated;
export type Okta = { readonly strategy: "okta"; readonly domain: string } & OpenId & Federated;

/** https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/oidc */
export function oidcOptions(settings: Oidc, routed: boolean): auth0.types.input.ConnectionOptions {
  return {
    type: "back_channel",
    issuer: settings.issuer,
    discoveryUrl: discoveryUrlOf(settings.issuer),
    ...openIdOptions(settings, "bind_all"),
    ...federatedOptions(settings, routed),
  };
}

/** https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/okta */
export function oktaOptions(settings: Okta, routed: boolean): auth0.types.input.ConnectionOptions {
  return {
    domain: settings.domain,
    ...openIdOptions(settings, "basic_profile"),
    ...federatedOptions(settings, routed),
  };
}

const scopes = ["openid", "profile", "email"];

/** An update without PKCE and mapping would turn the one off and set the other back: both are always written. */
function openIdOptions({ clientId, clientSecret, pkce, attributes, ...rest }: OpenId, mappingMode: string) {
  const asked = [...scopes, ...(rest.scopes ?? [])];
  return {
    clientId,
    clientSecret,
    scopes: asked,
    connectionSettings: { pkce: pkce ?? "auto" },
    attributeMap: attributes
      ? { mappingMode: "use_map", userinfoScope: asked.join(" "), attributes: JSON.stringify(mapOf(attributes)) }
      : { mappingMode },
  };
}

/** The profile's fields by their own names, but for those that come by another one. */
const usual = {
  email: "email",
  email_verified: "email_verified",
  family_name: "family_name",
  given_name: "given_name",
  name: "name",
  nickname: "nickname",
  picture: "picture",
};

/** In the order of the alphabet, as the provider reads it back: another order would be a change at every preview. */
function mapOf(attributes: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const named = Object.entries(usual).map(([field, claim]) => [
    field,
    `\${context.tokenset.${attributes[field] ?? claim}}`,
  ]);
  return Object.fromEntries(named);
}

/** https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationRequest */
function discoveryUrlOf(issuer: string): string {
  return `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
}
