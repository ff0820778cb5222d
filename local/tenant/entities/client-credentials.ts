import { createHash, createPublicKey, X509Certificate } from "node:crypto";
import { prefixed } from "../ids.ts";
import { badBody, missing } from "../management/faults.ts";
import { nullable, record, text } from "../management/fields.ts";
import { type Body, bodiesAt, bodyAt, isBody, omit, textAt } from "../management/json.ts";
import type { Call, Entity } from "../management/tables.ts";
import type { Stored } from "../store.ts";
import { credential } from "./client-fields.ts";

/** https://auth0.com/docs/api/management/v2/clients/post-credentials: the key itself never comes back. */
export const clientCredentials: Entity = {
  family: "client-credentials",
  path: "/clients/:client/credentials",
  parents: [{ param: "client", family: "clients", missing: missing("The client does not exist", "inexistent_client") }],
  idField: "id",
  newId: prefixed("cred", 22),
  missing: missing("The credential does not exist", "inexistent_credential"),
  create: { fields: credential, status: 201 },
  update: { fields: record({ expires_at: nullable(text({ format: "date-time" })) }) },
  remove: { status: 204, repeated: 204 },
  settle: (next, _, before) => {
    const now = new Date().toISOString();
    if (before) return { ...next, updated_at: now };
    return { ...fromPem(next), created_at: now, updated_at: now };
  },
  list: { items: "credentials", style: "array" },
};

/** What Auth0 reads off the key or certificate, and keeps of it. */
function fromPem(given: Body): Body {
  const kept = omit(given, ["pem", "parse_expiry_from_cert"]);
  const pem = textAt(given, "pem");
  const type = textAt(given, "credential_type");
  if (pem === undefined) {
    if (type !== "cert_subject_dn" || textAt(given, "subject_dn") === undefined)
      throw badBody("The pem is required for this credential type");
    return kept;
  }
  try {
    const certificate = pem.includes("CERTIFICATE") ? new X509Certificate(pem) : undefined;
    const der = (certificate?.publicKey ?? createPublicKey(pem)).export({ type: "spki", format: "der" });
    const kid = textAt(given, "kid") ?? createHash("sha256").update(der).digest("base64url");
    const expiry =
      certificate && given.parse_expiry_from_cert === true ? { expires_at: certificate.validToDate.toISOString() } : {};
    if (type === "public_key") return { ...kept, kid, alg: textAt(given, "alg") ?? "RS256", ...expiry };
    if (!certificate) throw badBody("The pem must be a certificate");
    const named = type === "cert_subject_dn" ? { subject_dn: certificate.subject.split("\n").join(", ") } : {};
    return {
      ...kept,
      ...named,
      thumbprint_sha256: createHash("sha256").update(certificate.raw).digest("base64url"),
      ...expiry,
    };
  } catch (cause) {
    if (cause instanceof Error && "fault" in cause) throw cause;
    throw badBody("The pem is not a valid key or certificate");
  }
}

/** Turns the credentials given with a new client into credentials of their own, named by id from then on. */
export function createCredentials(client: Stored, call: Call): void {
  const methods = bodyAt(client.body, "client_authentication_methods");
  if (Object.keys(methods).length === 0) return;
  const { objects } = call.tenant;
  const named = Object.entries(methods).map(([method, held]) => {
    const created = isBody(held) ? bodiesAt(held, "credentials") : [];
    const ids = created.map((given) => ({ id: objects.create("client-credentials", [client.id], given, call).id }));
    return [method, { credentials: ids }];
  });
  client.body.client_authentication_methods = Object.fromEntries(named);
  objects.rewrite(client, client.body);
}
