import { X509Certificate } from "node:crypto";
import { z } from "zod";
import { saidQuietly } from "./strict.ts";

const allowed =
  "the certificate that the identity provider signs with, as PEM: one block from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----";
const block = /^-----BEGIN CERTIFICATE-----\r?\n[A-Za-z0-9+/=\r\n]+\n-----END CERTIFICATE-----[\r\n]*$/;
const leastBits = 2048;

/** An X.509 certificate in PEM. Never quoted: a private key pasted by mistake must not reach a log. */
export const certificate = z
  .string({ error: ({ input }) => saidQuietly(input, allowed) })
  .meta({ pattern: block.source })
  .refine((text) => block.test(text) && parses(text), { error: ({ input }) => saidQuietly(input, allowed) })
  .refine((text) => signsSafely(text), {
    error: `a key that is too weak or not RSA; allowed: RSA of ${leastBits} bits or more`,
  })
  // As PEM has it everywhere, so that the same certificate is the same text.
  .transform((text) => new X509Certificate(text).toString());

/** Who can work out the key can say who anybody of the company is. Auth0 names no other kind of key than RSA. */
function signsSafely(text: string): boolean {
  if (!parses(text)) return true; // said before
  const { asymmetricKeyType, asymmetricKeyDetails } = new X509Certificate(text).publicKey;
  return asymmetricKeyType === "rsa" && (asymmetricKeyDetails?.modulusLength ?? 0) >= leastBits;
}

function parses(text: string): boolean {
  try {
    new X509Certificate(text);
    return true;
  } catch {
    return false; // said as a fault by the caller
  }
}
