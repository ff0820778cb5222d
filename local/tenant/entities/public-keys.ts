import { createHash, createPublicKey, type KeyObject, X509Certificate } from "node:crypto";

interface PublicKey {
  readonly key: KeyObject;
  /** What the key came in, if it came in one. */
  readonly certificate?: X509Certificate;
}

/**
 * The RSA key of a PEM, or of the certificate that it is; undefined where it is anything else. Every algorithm that a client or an
 * API may name is one of RSA's, and a private key has no business with the service.
 */
export function publicKeyOf(pem: string): PublicKey | undefined {
  if (pem.includes("PRIVATE KEY")) return undefined;
  try {
    const certificate = pem.includes("CERTIFICATE") ? new X509Certificate(pem) : undefined;
    const key = certificate?.publicKey ?? createPublicKey(pem);
    if (key.asymmetricKeyType !== "rsa") return undefined;
    return { key, ...(certificate && { certificate }) };
  } catch {
    return undefined;
  }
}

/** By which an RSA key is named instead of shown: https://www.rfc-editor.org/rfc/rfc7638 */
export function thumbprintOf(key: KeyObject): string {
  const { e, kty, n } = key.export({ format: "jwk" });
  return createHash("sha256").update(JSON.stringify({ e, kty, n })).digest("base64url");
}
