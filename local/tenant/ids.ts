import { createHash, randomBytes, randomInt, randomUUID } from "node:crypto";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Random letters and digits. */
export function alphanumerics(length: number): string {
  return Array.from({ length }, () => letters[randomInt(letters.length)]).join("");
}

/** An id as Auth0 writes most of them: `org_` and 16 letters and digits. */
export function prefixed(prefix: string, length = 16): () => string {
  return () => `${prefix}_${alphanumerics(length)}`;
}

/** An id that follows from a text, the same every time: `dcr_` and 16 letters and digits, from which the text cannot be told. */
export function derivedId(prefix: string, text: string): string {
  const bytes = createHash("sha256").update(`${prefix} ${text}`).digest().subarray(0, 16);
  return `${prefix}_${Array.from(bytes, (byte) => letters[byte % letters.length]).join("")}`;
}

/** 24 hexadecimal digits, as of an API or a database user. */
export function objectId(): string {
  return randomBytes(12).toString("hex");
}

export const uuid = randomUUID;

/** 64 characters, the length of a client secret. */
export function secret(): string {
  return randomBytes(48).toString("base64url");
}
