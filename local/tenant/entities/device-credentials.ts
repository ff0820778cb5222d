import { prefixed } from "../ids.ts";
import { conflict, missing, Refusal } from "../management/faults.ts";
import { choice, record, text } from "../management/fields.ts";
import { type Body, bodyAt, pick, textAt } from "../management/json.ts";
import { listAnswer, listQuery } from "../management/listing.ts";
import type { Entity, Family, Listing, Route } from "../management/tables.ts";
import { validate } from "../management/validation.ts";
import { type Stored, scopeOf } from "../store.ts";
import { sweep } from "./lifetime.ts";
import { credentialOf, endRefreshToken, refreshTokenEntity } from "./refresh-tokens.ts";

const family = "device-credentials";
const path = "/device-credentials";

/** https://auth0.com/docs/api/management/v2/device-credentials/get-device-credentials */
const types = ["public_key", "refresh_token", "rotating_refresh_token"];

const forbidden = (message: string) => new Refusal({ status: 403, message });
const noUser = forbidden("Cannot create device credentials for that user.").fault;
const noClient = forbidden("Cannot create device credentials for that client.").fault;

const shownNames = ["device_name", "id", "device_id", "type", "user_id", "client_id"];
const one = shownNames.map((name) => `(${name})`).join("|");

const listing: Listing = {
  items: "device_credentials",
  style: "pages",
  checkpoint: false,
  filters: { user_id: text(), client_id: text(), type: choice(types) },
  fields: [],
};

const device: Entity = {
  family,
  path,
  idField: "id",
  newId: prefixed("dcr"),
  missing: missing("The device credential does not exist."),
  readable: false,
  keys: [
    {
      name: "device",
      of: (body) =>
        body.type === "public_key"
          ? scopeOf(...["user_id", "client_id", "device_id"].map((name) => `${name} ${textAt(body, name) ?? ""}`))
          : undefined,
      conflict: conflict("A public key already exists for the device.").fault,
    },
    { name: "type", of: (body) => textAt(body, "type") },
  ],
  // they go with the account and the app that they are of
  references: [
    { field: "user_id", family: "users", missing: noUser },
    { field: "client_id", family: "clients", missing: noClient },
  ],
};

/** A refresh token is a credential of the device that it was given to. */
const tokens = refreshTokenEntity.family;

const list: Route = {
  method: "GET",
  path,
  query: { ...listQuery(listing), fields: text({ pattern: `^(${one})(,(${one}))*$` }) },
  handle: (call) => {
    const { query } = call;
    const { objects } = call.tenant;
    const paged = ["page", "per_page", "include_totals"].some((name) => query[name] !== undefined);
    const type = query.type ?? (paged ? "refresh_token" : undefined);
    const given = { ...call, query: { ...query, ...(type === undefined ? {} : { type }) } };
    const of = (selected: string) =>
      listAnswer(objects.store, listing, { family: selected }, given, (stored) => pick(shown(stored), shownNames));
    sweep(objects, tokens);
    if (type !== undefined) return of(type === "public_key" ? family : tokens);
    // every kind in one answer: keys, then tokens
    return { status: 200, body: [of(family), of(tokens)].flatMap(({ body }) => (Array.isArray(body) ? body : [])) };
  },
};

function shown({ family: kind, body }: Stored): Body {
  if (kind === family) return body;
  const agent = textAt(bodyAt(body, "device"), "initial_user_agent");
  return { ...body, ...credentialOf(body), ...(agent === undefined ? {} : { device_name: agent }) };
}

/** A person's own act: the credential is of the account that the bearer token was given to, if it was given to one. */
const create: Route = {
  method: "POST",
  path,
  fields: record(
    {
      device_name: text({ min: 1 }),
      type: choice(["public_key"]),
      value: text({ min: 1 }),
      device_id: text({ min: 1 }),
      client_id: text({ format: "client-id" }),
    },
    { required: ["device_name", "type", "value", "device_id"], open: true },
  ),
  prepare: async (_, { signer, token }) => {
    const claims = await signer.read(token);
    return typeof claims === "string" ? {} : claims;
  },
  handle: (call) => {
    const { objects } = call.tenant;
    const subject = textAt(call.prepared ?? {}, "sub");
    const user = subject === undefined ? undefined : objects.store.get("users", subject)?.id;
    const given = { ...call.body, ...(user === undefined ? {} : { user_id: user }) };
    const { id } = objects.create(family, [], given, call);
    return { status: 201, body: { id } };
  },
};

const remove: Route = {
  method: "DELETE",
  path: `${path}/:id`,
  handle: ({ params, tenant: { objects } }) => {
    const id = params.id ?? "";
    validate({ id }, record({ id: text({ pattern: "^dcr_[A-Za-z0-9]{16}$" }) }), "path");
    const stored = objects.store.get(family, id);
    if (stored) objects.remove(stored);
    const token = objects.store.owner(tokens, "credential", id);
    if (token) endRefreshToken(objects, token);
    return { status: 204 };
  },
};

export const deviceCredentials: Family = { entities: [device], routes: [list, create, remove] };
