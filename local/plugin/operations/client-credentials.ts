import { createHash, createPublicKey } from "node:crypto";
import { asObject, type Json, type JsonObject } from "../management.ts";
import { GuardedError } from "../provider.ts";
import { type Dict, dictAt, elements, isDict, isZero, setKey, text, type Value } from "../value.ts";
import {
  addCredential,
  attach,
  credentialIds,
  detach,
  only,
  patchClient,
  path,
  removeCredential,
  written,
} from "./credential-requests.ts";
import { encodePath, type Operation, orGone, type Read, type Step } from "./operation.ts";

/** Methods by which a client proves itself with credentials of its own. */
const KEYED = ["private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth"] as const;
const PUBLIC_KEYS = "private_key_jwt";
const isKeyed = (method: Value | undefined): boolean => KEYED.some((name) => name === method);

async function setMethod(step: Step, id: string): Promise<void> {
  if (!step.changed("authentication_method")) return;
  await step.api.send("PATCH", path(id), { token_endpoint_auth_method: text(step.planned.authentication_method) });
}

async function setSecret(step: Step, id: string): Promise<void> {
  const { config, creates, changed } = step;
  const writeOnly = config.client_secret_wo;
  if (typeof writeOnly === "string" && (creates || changed("client_secret_wo_version"))) {
    await step.api.send("PATCH", path(id), { client_secret: writeOnly });
  } else if (changed("client_secret")) {
    await step.api.send("PATCH", path(id), { client_secret: text(step.planned.client_secret) });
  }
}

async function create(step: Step): Promise<Read> {
  const id = text(step.planned.client_id);
  await step.api.send("GET", path(id), undefined, only("client_id"));
  step.created(id);
  const method = text(step.planned.authentication_method);
  if (isKeyed(method)) {
    const credentials = written(step.config, method);
    if (method === "tls_client_auth" && credentials.some(({ pem, subject_dn: dn }) => isZero(pem) === isZero(dn))) {
      throw new GuardedError(
        `[tls_client_auth.credentials] Client Credentials Invalid: Exactly one of pem and subject_dn must be set when setting the authentication method as ${JSON.stringify(method)}.`,
      );
    }
    if (credentials.length === 0) {
      throw new Error(
        `Client Credentials Missing: You must define client credentials when setting the authentication method as ${JSON.stringify(method)}.`,
      );
    }
    const ids: string[] = [];
    for (const credential of credentials) ids.push(await addCredential(step, id, credential));
    await attach(step, id, method, ids);
  } else if (method) {
    await setMethod(step, id);
    if (method !== "none") await setSecret(step, id);
  }
  await createRequestObject(step, id);
  return read(step, id);
}

async function createRequestObject(step: Step, id: string): Promise<void> {
  const requests = dictAt(step.config.signed_request_object);
  const ids: { id: string }[] = [];
  for (const credential of elements(requests.credentials).filter(isDict)) {
    ids.push({ id: await addCredential(step, id, credential) });
  }
  if (ids.length === 0) return;
  const required = typeof requests.required === "boolean" ? { required: requests.required } : {};
  await patchClient(step, id, { signed_request_object: { ...required, credentials: ids } });
}

async function update(step: Step): Promise<Read> {
  const { id, prior, planned } = step;
  if (!(await orGone(step.api.object("GET", path(id), undefined, only("client_id"))))) return null;
  const method = text(planned.authentication_method);
  if (step.changed("authentication_method") && isKeyed(prior?.authentication_method) && !isKeyed(method)) {
    await removeAll(step, id, method);
  }
  if (isKeyed(method)) await rotate(step, id, method);
  else if (method) {
    await setMethod(step, id);
    if (method !== "none") await setSecret(step, id);
  }
  const [before, after] = [dictAt(prior?.signed_request_object), dictAt(planned.signed_request_object)];
  for (const [i, one] of elements(after.credentials).filter(isDict).entries()) {
    const old = dictAt(before.credentials, i);
    if (one.expires_at !== old.expires_at) await setExpiry(step, id, text(old.id), one);
  }
  if (before.required !== after.required && typeof after.required === "boolean") {
    await patchClient(step, id, { signed_request_object: { required: after.required } });
  }
  return read(step);
}

/** Two credentials are every tenant's least limit: below it a new one comes first, at it an old one goes first. */
const SAFE_COUNT = 2;

async function rotate(step: Step, id: string, method: string): Promise<void> {
  // another name of the same key is no other credential
  const key = ({ pem, algorithm }: Dict) => setKey([pem ?? null, algorithm ?? null]);
  const [before, after] = [written(step.prior ?? {}, method), written(step.planned, method)];
  const added = after.filter((one) => !before.some((other) => key(other) === key(one)));
  const removed = before.filter((one) => !after.some((other) => key(other) === key(one)));
  if (added.length > 0 || removed.length > 0) await exchange(step, id, method, added, removed);
  for (const one of after) {
    const old = before.find((other) => key(other) === key(one));
    if (old && old.expires_at !== one.expires_at) await setExpiry(step, id, text(old.id), one);
  }
}

/** A credential cannot be made to last for ever again. */
async function setExpiry(step: Step, id: string, credential: string, { expires_at }: Dict): Promise<void> {
  const body = { expires_at: text(expires_at) };
  if (body.expires_at) await step.api.send("PATCH", `${path(id)}/credentials/${encodePath(credential)}`, body);
}

async function exchange(step: Step, id: string, method: string, added: Dict[], removed: Dict[]): Promise<void> {
  let attached = await credentialIds(step, id);
  const add = async (credential: Dict) => {
    const whole = { ...credential, parse_expiry_from_cert: credential.parse_expiry_from_cert ?? false };
    attached = [...attached, await addCredential(step, id, whole)];
    await attach(step, id, method, attached);
  };
  const remove = async (credential: Dict) => {
    attached = attached.filter((one) => one !== credential.id);
    await attach(step, id, method, attached);
    await removeCredential(step, id, text(credential.id));
  };
  for (let i = 0; i < Math.max(added.length, removed.length); i++) {
    const [fresh, old] = [added[i], removed[i]];
    const freshFirst = attached.length < SAFE_COUNT;
    if (fresh && freshFirst) await add(fresh);
    if (old) await remove(old);
    if (fresh && !freshFirst) await add(fresh);
  }
}

async function removeAll(step: Step, id: string, method: string): Promise<boolean> {
  const ids = await credentialIds(step, id);
  if (ids.length === 0) return false;
  await detach(step, id, method);
  for (const credential of ids) await removeCredential(step, id, credential);
  return true;
}

async function read(step: Step, id = step.id): Promise<Read> {
  const client = await orGone(step.api.object("GET", path(id)));
  if (!client) return null;
  const fields: Dict = { client_id: String(client.client_id ?? "") };
  const requests = asObject(client.signed_request_object);
  const requestKeys = await readCredentials(step, id, "signed_request_object", requests.credentials);
  fields.signed_request_object = requestKeys
    ? [{ required: requests.required === true, credentials: requestKeys }]
    : [];
  if (!step.planned.client_secret_wo_version) fields.client_secret = String(client.client_secret ?? "");
  const methods = asObject(client.client_authentication_methods);
  for (const method of KEYED) {
    const credentials = await readCredentials(step, id, method, asObject(methods[method]).credentials);
    fields[method] = credentials ? [{ credentials }] : [];
    if (credentials) fields.authentication_method = method;
  }
  fields.authentication_method ??= String(client.token_endpoint_auth_method || usualMethod(client.app_type));
  return fields;
}

/** The API never gives a key back: what was written stays; a public key's is found by id or name, others' by place. */
async function readCredentials(
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

function credentialFrom(answer: JsonObject, own: Dict): Dict {
  const type = String(answer.credential_type ?? "");
  return {
    id: String(answer.id ?? ""),
    name: String(answer.name ?? ""),
    credential_type: type,
    created_at: String(answer.created_at ?? ""),
    updated_at: String(answer.updated_at ?? ""),
    expires_at: answer.expires_at ? String(answer.expires_at) : null,
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

function usualMethod(appType: Json | undefined): string {
  if (appType === "native" || appType === "spa") return "none";
  return appType === "regular_web" || appType === "non_interactive" ? "client_secret_post" : "client_secret_basic";
}

/** How a client proves itself: https://auth0.com/docs/get-started/applications/credentials */
export const clientCredentials: Operation = {
  create,
  update,
  read: (step) => read(step),
  async delete(step) {
    const client = await orGone(step.api.object("GET", path(step.id), undefined, only("client_id,app_type")));
    if (!client) return;
    const method = usualMethod(client.app_type);
    if (await removeAll(step, step.id, method)) return;
    await step.api.send("PATCH", path(step.id), { token_endpoint_auth_method: method });
  },
};
