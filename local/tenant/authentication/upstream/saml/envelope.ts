import { AppRefusal } from "../../refusals.ts";
import type { SamlParty } from "./party.ts";

/** What stands around the assertion. Nothing here is proved: it can refuse a response, never say who somebody is. */
export interface Envelope {
  readonly destination: string | undefined;
  readonly status: {
    readonly top?: string | undefined;
    readonly second?: string | undefined;
    readonly message?: string | undefined;
  };
  /** The algorithms of the signatures of response and assertion. */
  readonly signatures: readonly string[];
  readonly digests: readonly string[];
}

const success = "urn:oasis:names:tc:SAML:2.0:status:Success";

/** Reads it with the other library's expressions: https://samlify.js.org. Throws an AppRefusal for what is no XML, or has a document type. */
export async function envelopeOf(party: SamlParty, xml: string): Promise<Envelope> {
  if (/<!DOCTYPE/i.test(xml)) throw unreadable(party);
  const { Extractor } = await import("samlify");
  const signed = [["Response"], ["Response", "Assertion"]];
  const field = (key: string, localPath: string[], ...attributes: string[]) => ({ key, localPath, attributes });
  const infos = signed.map((path) => [...path, "Signature", "SignedInfo"]);
  try {
    const found = Extractor.extract(xml, [
      field("destination", ["Response"], "Destination"),
      field("top", ["Response", "Status", "StatusCode"], "Value"),
      field("second", ["Response", "Status", "StatusCode", "StatusCode"], "Value"),
      field("message", ["Response", "Status", "StatusMessage"]),
      ...infos.map((path, at) => field(`signature${at}`, [...path, "SignatureMethod"], "Algorithm")),
      ...infos.map((path, at) => field(`digest${at}`, [...path, "Reference", "DigestMethod"], "Algorithm")),
    ]);
    const text = (key: string) => {
      const value = found[key];
      return typeof value === "string" && value !== "" ? value : undefined;
    };
    const texts = (key: string) => infos.flatMap((_, at) => text(`${key}${at}`) ?? []);
    return {
      destination: text("destination"),
      status: { top: text("top"), second: text("second"), message: text("message") },
      signatures: texts("signature"),
      digests: texts("digest"),
    };
  } catch {
    throw unreadable(party);
  }
}

export function unreadable({ issuer }: SamlParty): AppRefusal {
  return new AppRefusal("server_error", `the answer of the identity provider ${issuer} cannot be read`);
}

/** What a provider means that signs nobody in and says no more: Auth0's words, https://github.com/auth0/passport-wsfed-saml2/blob/master/lib/passport-wsfed-saml2/samlp.js */
const meanings: { readonly [status: string]: string } = {
  VersionMismatch:
    "The SAML responder could not process the request because the version of the request message was incorrect.",
  Requester: "The request could not be performed due to an error on the part of the requester",
  Responder: "The request could not be performed due to an error on the part of the SAML responder or SAML authority",
  AuthnFailed: "The responding provider was unable to successfully authenticate the principal",
};

/** Throws an AppRefusal unless the provider says that it signed somebody in, to this service provider. */
export function checkEnvelope(party: SamlParty, { destination, status }: Envelope): void {
  if (destination !== undefined && destination !== party.destination)
    throw new AppRefusal("access_denied", `Destination endpoint ${destination} did not match ${party.destination}`);
  if (status.top !== success) {
    const said = [status.second, status.top].flatMap((one) => meanings[one?.split(":").at(-1) ?? ""] ?? []);
    throw new AppRefusal("access_denied", status.message ?? said[0] ?? "the identity provider signed nobody in");
  }
}

/**
 * SHA-1 counts only where the connection names it. Auth0 says of its setting that it is the digest by which assertions are checked:
 * https://auth0.com/docs/authenticate/protocols/saml/saml-sso-integrations/configure-auth0-saml-service-provider
 */
export function checkAlgorithms({ options }: SamlParty, { signatures, digests }: Envelope): void {
  const weakSignature = options.signatureAlgorithm !== "rsa-sha1" && signatures.some(isSha1);
  const weakDigest = options.digestAlgorithm !== "sha1" && digests.some(isSha1);
  if (weakSignature || weakDigest)
    throw new AppRefusal("access_denied", "the SAML response is signed with SHA-1, which the connection does not name");
}

function isSha1(algorithm: string): boolean {
  return /sha1$/i.test(algorithm);
}
