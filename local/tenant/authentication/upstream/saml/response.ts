import type { Profile as Verified } from "@node-saml/node-saml";
import { z } from "zod";
import type { Stored } from "../../../store.ts";
import type { Profile } from "../../accounts.ts";
import type { LoginParts } from "../../flow.ts";
import { AppRefusal } from "../../refusals.ts";
import { samlAttributes } from "./attributes.ts";
import { checkAlgorithms, checkEnvelope, type Envelope, envelopeOf, unreadable } from "./envelope.ts";
import { type SamlParty, samlOf, samlParty } from "./party.ts";

/** An assertion as the library parsed it: only what was signed. */
const Assertion = z.object({
  $: z.object({ ID: z.string().min(1) }),
  Issuer: z.tuple([z.object({ _: z.string() })]),
  Subject: z.tuple([
    z.object({
      SubjectConfirmation: z
        .array(
          z.object({
            SubjectConfirmationData: z.tuple([
              z.object({ $: z.object({ InResponseTo: z.string().optional(), Recipient: z.string().optional() }) }),
            ]),
          }),
        )
        .min(1),
    }),
  ]),
});

/**
 * What the provider says of the person, once the response is shown to be its answer to this very request:
 * 4.1.4.3 of https://docs.oasis-open.org/security/saml/v2.0/saml-profiles-2.0-os.pdf. Signature, audience, validity and InResponseTo are
 * the library's to check; it looks at neither issuer, destination, recipient nor algorithm. Throws an AppRefusal, in the words of
 * https://auth0.com/docs/troubleshoot/authentication-issues/saml-errors and https://github.com/auth0/passport-wsfed-saml2 where these
 * have some.
 * @param message Base64, as it came
 * @param request the id of the request that it must answer
 */
export async function samlProfile(
  parts: LoginParts,
  connection: Stored,
  message: string,
  request: string,
): Promise<Profile> {
  const party = samlParty(parts, connection);
  const xml = Buffer.from(message, "base64").toString("utf8");
  const envelope = await envelopeOf(party, xml);
  checkEnvelope(party, envelope);
  const verified = await verify(party, message, request).catch((thrown: unknown) => {
    throw thrown instanceof AppRefusal ? thrown : refusalOf(party, envelope, thrown);
  });
  checkAlgorithms(party, envelope);
  const assertion = Assertion.safeParse(verified.getAssertion?.().Assertion);
  if (!assertion.success) throw unreadable(party);
  const { $, Issuer, Subject } = assertion.data;
  if (Issuer[0]._ !== party.issuer)
    throw new AppRefusal("access_denied", `iss mismatch, expected ${party.issuer}, got: ${Issuer[0]._}`);
  for (const { SubjectConfirmationData } of Subject[0].SubjectConfirmation) {
    const { InResponseTo, Recipient } = SubjectConfirmationData[0].$;
    // the response's own InResponseTo may be unsigned
    if (InResponseTo === undefined) throw unasked(party);
    if (Recipient !== undefined && Recipient !== party.recipient)
      throw new AppRefusal("access_denied", `Recipient is invalid. Configured: ${party.recipient}`);
  }
  if (!parts.providers.assertions.addNew(`${connection.id} ${$.ID}`, true))
    throw new AppRefusal("access_denied", "the assertion was used before");
  return samlAttributes(party, verified);
}

async function verify(party: SamlParty, message: string, request: string): Promise<Verified> {
  const saml = await samlOf(party, request);
  const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: message });
  if (!profile) throw unreadable(party);
  return profile;
}

/** Auth0 takes a response that answers no request for one that the provider sent unasked. */
function unasked({ connection }: SamlParty): AppRefusal {
  return new AppRefusal("access_denied", idpInitiated(connection));
}

/** https://support.auth0.com/center/s/article/SAML-Connection-Login-Error-IdP-Initiated-login-is-not-enabled-for-connection-CONNECTION-NAME */
export function idpInitiated(connection: string): string {
  return `IdP-Initiated login is not enabled for connection "${connection}"`;
}

/** By the library's messages, none of which is told as it is. */
function refusalOf(party: SamlParty, { signatures }: Envelope, thrown: unknown): AppRefusal {
  const message = thrown instanceof Error ? thrown.message : "";
  if (/expired|not yet valid|No valid subject confirmation/.test(message))
    return new AppRefusal("access_denied", "assertion has expired.");
  if (/Audience/i.test(message))
    return new AppRefusal("access_denied", `Audience is invalid. Configured: ${party.entityId}`);
  if (/InResponseTo is missing/.test(message)) return unasked(party);
  if (/InResponseTo/.test(message)) return new AppRefusal("access_denied", "the SAML response answers another request");
  if (/multiple assertions/.test(message))
    return new AppRefusal("access_denied", "A SAMLResponse can contain only one Assertion element.");
  if (/signature/i.test(message)) {
    const why =
      signatures.length === 0
        ? "neither the response nor the assertion are signed"
        : "the signature of the SAML response does not fit the connection's certificate";
    return new AppRefusal("access_denied", why);
  }
  return unreadable(party);
}
