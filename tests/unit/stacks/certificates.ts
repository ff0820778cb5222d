import "reflect-metadata"; // the container inside the certificate library needs it
import { webcrypto } from "node:crypto";
import { X509CertificateGenerator } from "@peculiar/x509";

const day = 86_400_000;
const rsa = (modulusLength: number) => ({
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  modulusLength,
  publicExponent: new Uint8Array([1, 0, 1]),
});

/** A certificate as an identity provider hands it out, in PEM with a line break at the end. */
async function certificate(
  algorithm: webcrypto.RsaHashedKeyGenParams | (webcrypto.EcKeyGenParams & { hash: string }),
  days: { from: number; to: number; of?: number } = { from: -1, to: 365 },
): Promise<string> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const day0 = days.of ?? Date.now();
  const made = await X509CertificateGenerator.createSelfSigned({
    name: "CN=login.example",
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(day0 + days.from * day),
    notAfter: new Date(day0 + days.to * day),
  });
  return `${made.toString("pem")}\n`;
}

export const pem = await certificate(rsa(2048));
export const expired = await certificate(rsa(2048), { from: -800, to: -400 });
/** Valid from 30 June 2029 to the same day of 2030. */
export const until2030 = await certificate(rsa(2048), { from: -365, to: 0, of: Date.parse("2030-06-30T00:00:00Z") });
export const weak = await certificate(rsa(1024));
export const elliptic = await certificate({ name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" });

const keys = await webcrypto.subtle.generateKey(rsa(2048), true, ["sign", "verify"]);
const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");

/** What must never stand in an entry, and in no message either. */
export const privateKey = `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`;
