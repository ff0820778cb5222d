import { asArray, asObject, type Json, type JsonObject } from "../../../local/plugin/management.ts";
import type { Answer, Reply } from "./fake-management-api.ts";

const ok = (body: Json): Reply => ({ status: 200, body });
const gone: Reply = { status: 404, body: { statusCode: 404, error: "Not Found", message: "It does not exist." } };
const FACTORS = ["sms", "push-notification", "otp", "email", "duo", "webauthn-roaming", "webauthn-platform"];
/** Paths that are an object although nobody made it. */
const SETTINGS = /^(tenants|prompts|branding|attack-protection|guardian)\b/;
/** Lists that nothing here fills. */
const LISTS = /^(guardian\/policies|custom-domains|clients\/[^/]+\/credentials)$/;
/** What a server makes of a new object, by collection. */
const MADE: Readonly<Record<string, JsonObject>> = {
  clients: { client_id: "ID", client_secret: "made" },
  "actions/actions": { id: "ID", status: "built" },
  "custom-domains": { custom_domain_id: "ID" },
};

/**
 * A Management API that gives back what it was sent, every new object with the id `ID`. It is no Auth0: it only lets
 * each kind of resource live through all its steps.
 * @param present objects that are there beforehand, by path
 */
export function echoingApi(present: Readonly<Record<string, Json>> = {}): Answer {
  const held = new Map<string, Json>(Object.entries(present));
  return ({ method, path, body }) => {
    const [route = ""] = path.split("?");
    const sent = asObject(body);
    if (route === "guardian/factors") return ok(FACTORS.map((name) => ({ name, enabled: isOn(held, name) })));
    if (route.endsWith("/deploy")) return deployed(held, route.slice(0, -"/deploy".length));
    if (route.endsWith("/verify")) return ok(held.get(route.slice(0, -"/verify".length)) ?? {});
    if (/^connections\/[^/]+\/clients$/.test(route)) return links(held, route, method, body);
    if (route.endsWith("/permissions")) return permissions(held, route, method, sent);
    if (route.endsWith("/bindings")) return bindings(held, route, method, sent);
    if (method === "GET") return read(held, route);
    if (method === "DELETE") return held.delete(route) ? { status: 204 } : gone;
    if (method === "POST") return made(held, route, sent);
    const object = method === "PUT" ? body : { ...asObject(held.get(route)), ...sent };
    held.set(route, object);
    return ok(object);
  };
}

const isOn = (held: Map<string, Json>, factor: string): boolean =>
  asObject(held.get(`guardian/factors/${factor}`)).enabled === true;

function read(held: Map<string, Json>, route: string): Reply {
  const own = held.get(route);
  if (own !== undefined) return ok(own);
  if (LISTS.test(route)) return ok([]);
  const below = [...held].filter(([path]) => path.startsWith(`${route}/`)).map(([, object]) => object);
  if (route.endsWith("/discovery-domains")) return ok({ domains: below });
  if (route.endsWith("client-grants")) return ok({ client_grants: below, start: 0, limit: 50, total: below.length });
  return SETTINGS.test(route) ? ok({}) : gone;
}

function made(held: Map<string, Json>, route: string, sent: JsonObject): Reply {
  if (route === "emails/provider" || route.endsWith("/scim-configuration")) {
    held.set(route, sent);
    return ok(sent);
  }
  const id = String(sent.grant_id ?? sent.connection_id ?? sent.template ?? "ID");
  const object = { ...sent, ...(MADE[route] ?? { id }) };
  held.set(`${route}/${id}`, object);
  return ok(object);
}

function deployed(held: Map<string, Json>, action: string): Reply {
  held.set(action, { ...asObject(held.get(action)), deployed_version: { id: "v", deployed: true } });
  return ok({});
}

function links(held: Map<string, Json>, route: string, method: string, body: Json): Reply {
  const before = asArray(held.get(route));
  if (method === "GET") return ok({ clients: before });
  const changed = asArray(body).map(asObject);
  const kept = before.filter((one) => !changed.some(({ client_id }) => client_id === asObject(one).client_id));
  const added = changed
    .filter(({ status }) => status === true)
    .map(({ client_id }) => ({ client_id: client_id ?? "" }));
  held.set(route, [...kept, ...added]);
  return { status: 204 };
}

function permissions(held: Map<string, Json>, route: string, method: string, sent: JsonObject): Reply {
  const before = asArray(held.get(route));
  if (method === "GET") return ok({ permissions: before, start: 0, limit: 100, total: before.length });
  const named = asArray(sent.permissions).map((one) => asObject(one).permission_name);
  const kept = before.filter((one) => !named.includes(asObject(one).permission_name));
  held.set(route, method === "POST" ? [...kept, ...asArray(sent.permissions)] : kept);
  return ok({});
}

function bindings(held: Map<string, Json>, route: string, method: string, sent: JsonObject): Reply {
  if (method === "PATCH") {
    const bound = asArray(sent.bindings).map(asObject);
    const shown = bound.map(({ ref, display_name = "" }) => ({
      display_name,
      action: { id: asObject(ref).value ?? "" },
    }));
    held.set(route, shown);
  }
  return ok({ bindings: held.get(route) ?? [] });
}
