import { createHash, createPublicKey } from "node:crypto";
import { asObject, type Json, type JsonObject } from "../management.ts";
import { type Dict, text, type Value } from "../value.ts";
import { path, written } from "./credential-requests.ts";
import { encodePath, type Step } from "./operation.ts";

/** Methods by which a client proves itself with credentials of its own. */
export const KEYED = ["private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth"] as const;
const PUBLIC_KEYS = "private_key_jwt";

/** The API never gives a key back: what was written stays; a public key's is found by id or name, others' by place. */
export async function readCredentials(
  step: Step,
  id: string,
  method: string,
  listed: Json | undefined,
): Promise<Dict[] | null> {
  if (!Array.isArray(listed)) return null;
  const known = written(step.planned, method);
  const credentials: Dict[] = [];
  for (const [i, item] of listed.entries()) {
    const path_ = `${path(id)}/credentials/${encodePath(String(asObject(item).id))}`;
    const answer = await step.api.object("GET", path_);
    const named = () => known.find((one) => (one.name ?? "") === (answer.name ?? ""));
    const own = method === PUBLIC_KEYS ? (known.find((one) => one.id === answer.id) ?? named()) : known[i];
    const isExchanged = method === PUBLIC_KEYS && !isStillKey(own?.pem, answer.kid);
    credentials.push(credentialFrom(answer, isExchanged ? { ...own, pem: "" } : (own ?? {})));
  }
  return credentials;
}

/** What the provider makes of a time that no answer tells. */
const YEAR_ONE = "0001-01-01T00:00:00.000Z";
/** To the millisecond, whatever was written: an expiry without a fraction is a difference that never ends. */
const timeOf = (told: Json | undefined): string | null => (told ? new Date(String(told)).toISOString() : null);

function credentialFrom(answer: JsonObject, own: Dict): Dict {
  const type = String(answer.credential_type ?? "");
  return {
    id: String(answer.id ?? ""),
    name: String(answer.name ?? ""),
    credential_type: type,
    created_at: timeOf(answer.created_at) ?? YEAR_ONE,
    updated_at: timeOf(answer.updated_at) ?? YEAR_ONE,
    expires_at: timeOf(answer.expires_at),
    pem: own.pem ?? null,
    ...(type === "public_key"
      ? {
          algorithm: String(answer.alg ?? ""),
          key_id: String(answer.kid ?? ""),
          parse_expiry_from_cert: own.parse_expiry_from_cert ?? null,
        }
      : {}),
    ...(type === "cert_subject_dn" ? { subject_dn: String(answer.subject_dn ?? "") } : {}),
  };
}

/** The API names a key by its thumbprint; another name means that someone exchanged it. */
function isStillKey(pem: Value | undefined, kid: Json | undefined): boolean {
  return !text(pem) || typeof kid !== "string" || kid === "" || thumbprint(text(pem)) === kid;
}

/** RFC 7638; "" for what is no RSA key. */
function thumbprint(pem: string): string {
  try {
    const { e, kty, n } = createPublicKey(pem).export({ format: "jwk" });
    return createHash("sha256").update(JSON.stringify({ e, kty, n })).digest("base64url");
  } catch {
    return "";
  }
}
