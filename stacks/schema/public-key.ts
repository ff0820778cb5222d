import { createPublicKey } from "node:crypto";
import { z } from "zod";
import { saidQuietly } from "./strict.ts";

const allowed =
  "an RSA public key of 2048 bits or more, as PEM: one block from -----BEGIN PUBLIC KEY----- to -----END PUBLIC KEY-----";
const block = /^-----BEGIN PUBLIC KEY-----\r?\n[A-Za-z0-9+/=\r\n]+\n-----END PUBLIC KEY-----[\r\n]*$/;
const leastBits = 2048;

/** A public key in PEM. Never quoted: a private key pasted by mistake must not reach a log. */
export const publicKey = z
  .string({ error: ({ input }) => saidQuietly(input, allowed) })
  .meta({ pattern: block.source })
  .refine((text) => block.test(text) && isStrong(text), { error: ({ input }) => saidQuietly(input, allowed) })
  // As PEM has it everywhere, so that the same key is the same text.
  .transform((text) => createPublicKey(text).export({ type: "spki", format: "pem" }).toString());

/** Whoever works out the private key can act as the company. Auth0 takes RSA only: https://auth0.com/docs/get-started/applications/configure-private-key-jwt */
function isStrong(text: string): boolean {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey(text);
    return asymmetricKeyType === "rsa" && (asymmetricKeyDetails?.modulusLength ?? 0) >= leastBits;
  } catch {
    return false; // said as a fault by the caller
  }
}
