import { badBody } from "../management/faults.ts";
import { type Body, omit, textAt } from "../management/json.ts";

/** A start tag or an empty one, whatever its namespace is called; the first group, its attributes, never runs past a `<`. */
function tagOf(name: string): RegExp {
  return new RegExp(`<(?:[\\w.-]+:)?${name}(\\s[^<>]*)?>`);
}

/** The text in the first element of this name, or undefined. */
function textIn(xml: string, name: string): string | undefined {
  const start = tagOf(name).exec(xml);
  if (!start) return undefined;
  const rest = xml.slice(start.index + start[0].length);
  const end = rest.search(new RegExp(`</(?:[\\w.-]+:)?${name}\\s*>`));
  return end < 0 ? undefined : rest.slice(0, end);
}

/** An attribute of the first element of this name, or undefined. */
function attributeOf(xml: string, name: string, attribute: string): string | undefined {
  const value = new RegExp(`\\s${attribute}\\s*=\\s*["']([^"']*)["']`).exec(tagOf(name).exec(xml)?.[1] ?? "")?.[1];
  return value?.replaceAll("&amp;", "&");
}

/**
 * Takes the place of `metadataXml`: the endpoints and the signing certificate that the identity provider's SAML metadata holds,
 * where the request does not name them: https://auth0.com/docs/api/management/v2/connections/post-connections
 */
export function withSamlMetadata(options: Body, given: Body): Body {
  const xml = textAt(given, "metadataXml");
  if (xml === undefined) return options;
  const certificate = textIn(xml, "X509Certificate");
  const found = {
    signInEndpoint: attributeOf(xml, "SingleSignOnService", "Location"),
    bindingMethod: attributeOf(xml, "SingleSignOnService", "Binding"),
    signOutEndpoint: attributeOf(xml, "SingleLogoutService", "Location"),
    signingCert: certificate === undefined ? undefined : Buffer.from(pemOf(certificate)).toString("base64"),
  };
  return { ...omit(options, ["metadataXml"]), ...unnamed(found, given) };
}

const noMetadata = "options must have adfs_server or fedMetadataXml";

/**
 * Adds where the federation metadata of AD FS say that people sign in; the documents themselves stay. Auth0 wants them from one of two places:
 * https://auth0.github.io/auth0.net/api/Auth0.ManagementApi.ConnectionOptionsAdfs.html
 */
export function withFederationMetadata(options: Body, given: Body): Body {
  if (!textAt(options, "adfs_server") && !textAt(options, "fedMetadataXml")) throw badBody(noMetadata);
  const passive = textIn(textAt(given, "fedMetadataXml") ?? "", "PassiveRequestorEndpoint");
  const address = textIn(passive ?? "", "Address")?.trim();
  return { ...options, ...unnamed({ signInEndpoint: address }, given) };
}

function unnamed(found: { readonly [name: string]: string | undefined }, given: Body): Body {
  return Object.fromEntries(
    Object.entries(found).flatMap(([name, value]) =>
      value === undefined || given[name] !== undefined ? [] : [[name, value]],
    ),
  );
}

/** PEM as RFC 7468 has it: 64 characters a line. */
function pemOf(base64: string): string {
  const lines = base64.replaceAll(/\s/g, "").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}
