import type { SAML } from "@node-saml/node-saml";
import { tenantName } from "../../../entities/tenant-name.ts";
import { type Body, bodyAt, textAt } from "../../../management/json.ts";
import type { Tenant } from "../../../management/tables.ts";
import type { Stored } from "../../../store.ts";
import type { LoginParts } from "../../flow.ts";
import { AppRefusal } from "../../refusals.ts";
import { callbackOf } from "../callback-address.ts";
import { unreachable } from "../failures.ts";

/**
 * How far the clocks of the two sides may be apart, in milliseconds: the three minutes of Auth0's own library,
 * https://github.com/auth0/passport-wsfed-saml2/blob/master/README.md
 */
const leeway = 3 * 60_000;

/** This tenant as the service provider of one connection. */
export interface SamlParty {
  readonly connection: string;
  readonly options: Body;
  readonly entityId: string;
  /** Where the provider sends its responses, and what these must name as their destination and recipient. */
  readonly callback: string;
  readonly destination: string;
  readonly recipient: string;
  /** The provider's name. */
  readonly issuer: string;
  /** Where its sign-in URL is played. */
  readonly signIn: { readonly named: string; readonly at: string };
  /** Whether its requests go by HTTP-POST. */
  readonly posts: boolean;
  /** PEM; the only key that is believed. */
  readonly certificate: string;
}

/** https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/saml */
export function addressesOf(tenant: Tenant, { body }: Stored) {
  const connection = textAt(body, "name") ?? "";
  const options = bodyAt(body, "options");
  return {
    connection,
    options,
    entityId: textAt(options, "entityId") ?? `urn:auth0:${tenantName(tenant)}:${connection}`,
    callback: `${callbackOf(tenant)}?connection=${encodeURIComponent(connection)}`,
  };
}

/** Throws an AppRefusal for what is not served, and for a provider that is not on this machine. */
export function samlParty({ tenant, providers }: LoginParts, stored: Stored): SamlParty {
  const addresses = addressesOf(tenant, stored);
  const { connection, options, callback } = addresses;
  const named = textAt(options, "signInEndpoint");
  const place = named === undefined ? undefined : providers.placeOf(named);
  const certificate = textAt(options, "cert") ?? textAt(options, "signingCert");
  if (named === undefined || !place) throw unreachable(named ?? connection);
  if (certificate === undefined)
    throw new AppRefusal("server_error", `The connection ${connection} has no certificate`);
  return {
    ...addresses,
    destination: textAt(options, "destinationUrl") ?? callback,
    recipient: textAt(options, "recipientUrl") ?? callback,
    issuer: place.issuer,
    signIn: { named, at: place.at },
    posts: textAt(options, "protocolBinding")?.endsWith(":HTTP-POST") ?? false,
    certificate,
  };
}

/**
 * What makes requests and reads responses: https://github.com/node-saml/node-saml. Only the request of this id is known to have been
 * made. Either the response or its assertion must be signed, as Auth0 takes it. Loaded at the first login by SAML, which few tenants have.
 */
export async function samlOf(
  party: SamlParty,
  request: string,
  signing?: { key: string; certificate: string },
): Promise<SAML> {
  const { SAML, ValidateInResponseTo } = await import("@node-saml/node-saml");
  const { entityId, callback, certificate, signIn, options } = party;
  const made = new Date().toISOString();
  return new SAML({
    issuer: entityId,
    callbackUrl: callback,
    entryPoint: signIn.named,
    idpCert: certificate,
    audience: entityId,
    acceptedClockSkewMs: leeway,
    wantAuthnResponseSigned: false,
    wantAssertionsSigned: false,
    validateInResponseTo: ValidateInResponseTo.always,
    cacheProvider: {
      getAsync: async (id) => (id === request ? made : null),
      saveAsync: async () => null,
      removeAsync: async () => null,
    },
    generateUniqueId: () => request,
    identifierFormat: null,
    disableRequestedAuthnContext: true,
    // what is posted is never compressed
    skipRequestCompression: party.posts || options.deflate === false,
    ...(signing && {
      privateKey: signing.key,
      publicCert: signing.certificate,
      signatureAlgorithm: textAt(options, "signatureAlgorithm") === "rsa-sha1" ? "sha1" : "sha256",
    }),
  });
}
