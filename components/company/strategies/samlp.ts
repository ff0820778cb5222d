import type * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";
import { type Federated, federatedOptions } from "./federated.ts";

export interface Samlp extends Federated {
  readonly strategy: "samlp";
  readonly signInUrl: string;
  /** @default the identity provider is not told of a logout */
  readonly signOutUrl?: string | undefined;
  /** The identity provider's signing certificate, PEM. */
  readonly certificate: string;
  /** What the identity provider knows Auth0 by. @default urn:auth0:<tenant>:<connection> */
  readonly entityId?: string | undefined;
  /** @default redirect */
  readonly requestBinding?: "redirect" | "post" | undefined;
  /** Profile field → attribute, in place of the usual ones. */
  readonly attributes?: Readonly<Record<string, string | undefined>> | undefined;
  /** The app that a login leads into which the identity provider begins. @default no such login is accepted */
  readonly idpInitiated?: { readonly clientId: pulumi.Input<string>; readonly callback: string } | undefined;
}

/**
 * SAML attribute names, the first that is there: https://auth0.com/docs/authenticate/protocols/saml/saml-configuration
 */
const usual: Readonly<Record<string, readonly string[]>> = {
  email: ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress", "email"],
  family_name: ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname", "family_name"],
  given_name: ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname", "given_name"],
  name: ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name", "name"],
  user_id: ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier"],
};

const bindings = {
  redirect: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
  post: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
};

/** https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/saml */
export function samlpOptions(
  settings: Samlp,
  routed: boolean,
  organizationId: pulumi.Input<string>,
): auth0.types.input.ConnectionOptions {
  const { entityId, idpInitiated } = settings;
  return {
    signInEndpoint: settings.signInUrl,
    ...(settings.signOutUrl !== undefined && { signOutEndpoint: settings.signOutUrl }),
    disableSignOut: settings.signOutUrl === undefined,
    signingCert: settings.certificate,
    signSamlRequest: true,
    signatureAlgorithm: "rsa-sha256",
    digestAlgorithm: "sha256",
    protocolBinding: bindings[settings.requestBinding ?? "redirect"],
    ...(entityId !== undefined && { entityId }),
    fieldsMap: JSON.stringify(mapOf(settings.attributes ?? {})),
    debug: false,
    ...(idpInitiated && { idpInitiated: unasked(idpInitiated, organizationId) }),
    ...federatedOptions(settings, routed),
  };
}

/** In the order of the alphabet, as the provider reads them back: another order would be a change at every preview. */
function mapOf(attributes: Readonly<Record<string, string | undefined>>): Record<string, readonly string[]> {
  const own = Object.entries(attributes).flatMap(([field, name]) =>
    name === undefined ? [] : [[field, [name]] as const],
  );
  const all = Object.entries({ ...usual, ...Object.fromEntries(own) });
  return Object.fromEntries(all.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** As a login of the app at the company: https://auth0.com/docs/authenticate/protocols/saml/saml-sso-integrations/identity-provider-initiated-single-sign-on */
function unasked({ clientId, callback }: NonNullable<Samlp["idpInitiated"]>, organizationId: pulumi.Input<string>) {
  const fixed = new URLSearchParams({ response_type: "code", scope: "openid profile email", redirect_uri: callback });
  return {
    enabled: true,
    clientId,
    clientProtocol: "oidc",
    clientAuthorizeQuery: pulumi.interpolate`${fixed.toString()}&organization=${organizationId}`,
  };
}
