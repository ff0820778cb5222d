import { asArray, asObject, type Json, type JsonObject } from "../management.ts";
import { type Dict, dictAt, elements, isDict, text, Unknown } from "../value.ts";
import { encodePath, orGone, type Step } from "./operation.ts";

/** What a credential of each type is created from. */
const CREDENTIAL: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  public_key: {
    pem: "pem",
    algorithm: "alg",
    parse_expiry_from_cert: "parse_expiry_from_cert",
    expires_at: "expires_at",
  },
  cert_subject_dn: { pem: "pem", subject_dn: "subject_dn" },
  x509_cert: { pem: "pem" },
};

export const path = (id: string): string => `clients/${encodePath(id)}`;
export const only = (fields: string) => ({ fields, include_fields: "true" });

function credentialBody(credential: Dict): JsonObject {
  const names = { name: "name", credential_type: "credential_type", ...CREDENTIAL[text(credential.credential_type)] };
  const given = Object.entries(names).filter(([field]) => {
    const value = credential[field] ?? null;
    return value !== null && !(value instanceof Unknown) && value !== "";
  });
  return Object.fromEntries(given.map(([field, name]) => [name, credential[field] as Json]));
}

export async function addCredential(step: Step, id: string, credential: Dict): Promise<string> {
  return String((await step.api.object("POST", `${path(id)}/credentials`, credentialBody(credential))).id);
}

/** The provider looks at the client before each of these. */
export async function patchClient(step: Step, id: string, body: JsonObject): Promise<void> {
  await step.api.send("GET", path(id), undefined, only("client_id,app_type"));
  await step.api.send("PATCH", path(id), body);
}

export const attach = (step: Step, id: string, method: string, credentials: readonly string[]): Promise<void> =>
  patchClient(step, id, {
    client_authentication_methods: { [method]: { credentials: credentials.map((one) => ({ id: one })) } },
    token_endpoint_auth_method: null,
  });

export const detach = (step: Step, id: string, method: string): Promise<void> =>
  patchClient(step, id, {
    signed_request_object: null,
    client_authentication_methods: null,
    token_endpoint_auth_method: method,
  });

export async function credentialIds(step: Step, id: string): Promise<string[]> {
  const query = { per_page: 50, include_totals: "true" };
  const answer = await step.api.send("GET", `${path(id)}/credentials`, undefined, query);
  return asArray(answer).map((credential) => String(asObject(credential).id));
}

export const removeCredential = (step: Step, id: string, credential: string): Promise<Json> =>
  orGone(step.api.send("DELETE", `${path(id)}/credentials/${encodePath(credential)}`));

/** The credentials of one method that a configuration or a state has. */
export const written = (of: Dict, method: string): Dict[] => elements(dictAt(of[method]).credentials).filter(isDict);
