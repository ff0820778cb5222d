import { generateKeyPairSync } from "node:crypto";

// Keys and machines for entries; each key is made anew.

const spki = { type: "spki", format: "pem" } as const;
const pkcs8 = { type: "pkcs8", format: "pem" } as const;

/** An RSA public key. */
export function rsa(modulusLength = 2048): string {
  return generateKeyPairSync("rsa", { modulusLength }).publicKey.export(spki).toString();
}

export function privateKey(): string {
  return generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export(pkcs8).toString();
}

export function ellipticKey(): string {
  return generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export(spki).toString();
}

export function machinesOf(count: number) {
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [`m${n}`, { scopes: ["read:bookings"] }]));
}
