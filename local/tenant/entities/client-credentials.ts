import { createHash } from "node:crypto";
import { prefixed } from "../ids.ts";
import { badBody, missing } from "../management/faults.ts";
import { nullable, record, text } from "../management/fields.ts";
import { type Body, bodiesAt, bodyAt, isBody, omit, textAt } from "../management/json.ts";
import type { Call, Entity } from "../management/tables.ts";
import type { Stored } from "../store.ts";
import { credential } from "./client-credential-fields.ts";
import { publicKeyOf, thumbprintOf } from "./public-keys.ts";

/** https://auth0.com/docs/api/management/v2/clients/post-credentials: the key itself is kept, and never comes back. */
export const clientCredentials: Entity = {
  family: "client-credentials",
  path: "/clients/:client/credentials",
  parents: [{ param: "client", family: "clients", missing: missing("The client does not exist", "inexistent_client") }],
  idField: "id",
  newId: prefixed("cred", 22),
  missing: missing("The credential does not exist", "inexistent_credential"),
  create: { fields: credential, status: 201 },
  update: { fields: record({ expires_at: nullable(text({ format: "date-time" })) }, { min: 1 }) },
  remove: { status: 204, repeated: 204 },
  settle: (next, _, before) => {
    const now = new Date().toISOString();
    const expiry = textAt(next, "expires_at");
    const timed = expiry === undefined ? next : { ...next, expires_at: new Date(expiry).toISOString() };
    if (before) return { ...timed, updated_at: now };
    return { ...fromPem(timed), created_at: now, updated_at: now };
  },
  shown: ({ body }) => omit(body, kept),
  list: { items: "credentials", style: "array" },
};

/** What a client's signature is checked with. */
const kept = ["jwk"];

/** What Auth0 reads off the key or certificate, and keeps of it. */
function fromPem(given: Body): Body {
  const rest = omit(given, ["pem", "parse_expiry_from_cert"]);
  const pem = textAt(given, "pem");
  const type = textAt(given, "credential_type");
  if (pem === undefined) {
    if (type !== "cert_subject_dn" || textAt(given, "subject_dn") === undefined)
      throw badBody("The pem is required for this credential type");
    return rest;
  }
  const read = publicKeyOf(pem);
  if (!read) throw badBody("The pem is not a valid key or certificate");
  const { key, certificate } = read;
  const expiry = certificate ? { expires_at: certificate.validToDate.toISOString() } : {};
  if (type === "public_key") {
    const ends = given.parse_expiry_from_cert === true ? expiry : {};
    const { e, kty, n } = key.export({ format: "jwk" });
    const named = { kid: textAt(given, "kid") ?? thumbprintOf(key), alg: textAt(given, "alg") ?? "RS256" };
    return { ...rest, ...named, ...ends, jwk: { e: e ?? "", kty: kty ?? "", n: n ?? "" } };
  }
  if (!certificate) throw badBody("The pem must be a certificate");
  if (type === "cert_subject_dn") return { ...rest, subject_dn: certificate.subject };
  return { ...rest, thumbprint_sha256: createHash("sha256").update(certificate.raw).digest("base64url"), ...expiry };
}

/** Where a client names credentials: how it proves itself, signed requests, the token vault. */
const holders = ["signed_request_object", "token_vault_privileged_access"];

function withCredentials(client: Body, replaced: (held: Body) => Body): Body {
  const methods = Object.entries(bodyAt(client, "client_authentication_methods"));
  const next: Body = { ...client };
  if (methods.length > 0) {
    const named = methods.map(([method, held]) => [method, isBody(held) ? replaced(held) : held]);
    next.client_authentication_methods = Object.fromEntries(named);
  }
  for (const name of holders) {
    const held = client[name];
    if (isBody(held) && held.credentials !== undefined) next[name] = replaced(held);
  }
  return next;
}

/** Turns the credentials given with a new client into credentials of their own, named by id from then on. */
export function createCredentials(client: Stored, call: Call): void {
  const { objects } = call.tenant;
  const created = (given: Body): Body => ({
    id: objects.create("client-credentials", [client.id], given, call).id,
  });
  const named = withCredentials(client.body, (held) => ({
    ...held,
    credentials: bodiesAt(held, "credentials").map(created),
  }));
  Object.assign(client.body, named);
  objects.rewrite(client, client.body);
}

/** The client with each credential in full, as the answer to its create shows it and no later one does. */
export function withCredentialsInFull(client: Stored, { tenant: { objects } }: Call): Body {
  const full = (named: Body): Body =>
    omit(objects.store.get("client-credentials", textAt(named, "id") ?? "", client.id)?.body ?? named, kept);
  return withCredentials(client.body, (held) => ({ ...held, credentials: bodiesAt(held, "credentials").map(full) }));
}
