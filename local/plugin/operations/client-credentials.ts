import { asObject, type Json } from "../management.ts";
import { GuardedError } from "../provider.ts";
import { type Dict, dictAt, elements, isDict, isZero, setKey, text, type Value } from "../value.ts";
import { KEYED, readCredentials } from "./credential-reading.ts";
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

const REQUESTS = "signed_request_object";
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
    const when = `setting the authentication method as ${JSON.stringify(method)}`;
    if (credentials.length === 0) throw noCredentials(method, when);
    if (method === "tls_client_auth" && credentials.some(({ pem, subject_dn: dn }) => isZero(pem) === isZero(dn))) {
      throw new GuardedError(
        `[tls_client_auth.credentials] Client Credentials Invalid: Exactly one of pem and subject_dn must be set when ${when}.`,
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

const noCredentials = (place: string, when: string): GuardedError =>
  new GuardedError(
    `[${place}.credentials] Client Credentials Missing: You must define client credentials when ${when}.`,
  );

async function createRequestObject(step: Step, id: string): Promise<void> {
  const [requests] = elements(step.config[REQUESTS]).filter(isDict);
  if (!requests) return;
  const credentials = written(step.config, REQUESTS);
  if (credentials.length === 0) throw noCredentials(REQUESTS, "using JWT-secured Authorization Requests");
  const ids: { id: string }[] = [];
  for (const credential of credentials) ids.push({ id: await addCredential(step, id, credential) });
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
