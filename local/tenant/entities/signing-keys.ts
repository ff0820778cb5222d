import { X509Certificate } from "node:crypto";
import { missing, Refusal } from "../management/faults.ts";
import { type Body, isBody, textAt } from "../management/json.ts";
import type { Family, Route, Tenant } from "../management/tables.ts";

const noKey = missing("Signing key not found.");

/**
 * The one key pair that this tenant signs with. Auth0 has the next one and the previous ones too; here none is ever
 * exchanged, so that there is nothing to rotate or revoke.
 */
function keysOf({ signingKeys }: Tenant): Body[] {
  return (Array.isArray(signingKeys) ? signingKeys : []).filter(isBody).map((pair) => {
    const cert = textAt(pair, "cert") ?? "";
    const { fingerprint, validFrom } = new X509Certificate(cert);
    const thumbprint = fingerprint.replaceAll(":", "");
    return {
      kid: Buffer.from(thumbprint, "hex").toString("base64url"),
      cert,
      current: true,
      next: false,
      previous: false,
      current_since: new Date(validFrom).toISOString(),
      fingerprint,
      thumbprint,
      revoked: false,
    };
  });
}

/** https://auth0.com/docs/api/management/v2/keys/get-signing-keys */
const routes: readonly Route[] = [
  {
    method: "GET",
    path: "/keys/signing",
    handle: ({ tenant }) => ({ status: 200, body: keysOf(tenant) }),
  },
  {
    method: "GET",
    path: "/keys/signing/:kid",
    handle: ({ params, tenant }) => {
      const found = keysOf(tenant).find(({ kid }) => kid === params.kid);
      if (!found) throw new Refusal(noKey);
      return { status: 200, body: found };
    },
  },
];

export const signingKeys: Family = { routes };
