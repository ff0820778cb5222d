import { createHash } from "node:crypto";

/** What a secret is found by, so that neither the data file nor a dump of memory gives it away; also PKCE's S256 (RFC 7636, 4.2). */
export function digest(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}
