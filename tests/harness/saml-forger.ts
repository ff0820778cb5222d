import { randomUUID } from "node:crypto";
import { Constants, SamlLib, Utility } from "samlify";

/** A key pair of a provider's, PEM. */
export interface Pair {
  readonly certificate: string;
  readonly key: string;
}

/** What a provider says, rightly or wrongly. */
export interface Claimed {
  readonly issuer: string;
  readonly sub: string;
  readonly attributes: { readonly [name: string]: string };
  readonly audience: string;
  readonly recipient: string;
  readonly destination: string;
  /** Left out where undefined. */
  readonly inResponseTo: string | undefined;
  /** Of the assertion. @default a new one */
  readonly id?: string;
  /** Minutes from now. @default 0 and 5 */
  readonly from?: number;
  readonly until?: number;
}

/** How it signs. */
export interface Signing {
  readonly pair: Pair;
  /** @default "assertion" */
  readonly what?: "assertion" | "response" | "nothing";
  /** @default RSA with SHA-256 */
  readonly algorithm?: string;
  /** What becomes of the response before it is signed. */
  readonly first?: (xml: string) => string;
}

const { signature } = Constants.algorithms;
export const sha1 = signature.RSA_SHA1;

/** A response as it goes over the wire, but for the Base64. */
export function forged(claimed: Claimed, signing: Signing): string {
  const { pair, what = "assertion", algorithm = signature.RSA_SHA256, first = (xml: string) => xml } = signing;
  const raw = first(SamlLib.replaceTagsByValue(templateFor(Object.keys(claimed.attributes)), tagsOf(claimed)));
  if (what === "nothing") return raw;
  const place =
    what === "assertion" ? "/*[local-name(.)='Response']/*[local-name(.)='Assertion']" : "/*[local-name(.)='Response']";
  return SamlLib.constructSAMLSignature({
    rawSamlMessage: raw,
    ...(what === "assertion" ? { referenceTagXPath: place } : { isMessageSigned: true }),
    privateKey: pair.key,
    signingCert: Utility.normalizeCerString(pair.certificate),
    signatureAlgorithm: algorithm,
    isBase64Output: false,
    signatureConfig: { prefix: "ds", location: { reference: `${place}/*[local-name(.)='Issuer']`, action: "after" } },
  });
}

function templateFor(names: readonly string[]): string {
  const attributes = names.map((name, at) => ({
    name,
    valueTag: `value${at}`,
    nameFormat: "urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified",
    valueXsiType: "xs:string",
  }));
  return SamlLib.defaultLoginResponseTemplate.context
    .replace("{AuthnStatement}", "")
    .replace(
      "{AttributeStatement}",
      SamlLib.attributeStatementBuilder(
        attributes,
        SamlLib.defaultAttributeTemplate,
        SamlLib.defaultAttributeStatementTemplate,
      ),
    );
}

function tagsOf({ from = 0, until = 5, ...claimed }: Claimed) {
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  const values = Object.values(claimed.attributes).map((value, index) => [`attrValue${index}`, value] as const);
  return {
    ID: `_${randomUUID()}`,
    AssertionID: claimed.id ?? `_${randomUUID()}`,
    Issuer: claimed.issuer,
    IssueInstant: at(0),
    Destination: claimed.destination,
    InResponseTo: claimed.inResponseTo,
    StatusCode: Constants.StatusCode.Success,
    NameIDFormat: Constants.namespace.format.persistent,
    NameID: claimed.sub,
    SubjectRecipient: claimed.recipient,
    SubjectConfirmationDataNotOnOrAfter: at(until),
    ConditionsNotBefore: at(from),
    ConditionsNotOnOrAfter: at(until),
    Audience: claimed.audience,
    ...Object.fromEntries(values),
  };
}

/** The element with this name, as it stands in the text; it must hold none of its own name. */
export function elementIn(xml: string, name: string): string {
  const found = new RegExp(`<${name}[\\s>].*</${name}>`, "s").exec(xml)?.[0];
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}
