import { randomBytes } from "node:crypto";
import { prefixed } from "../ids.ts";
import { badBody, conflict, missing } from "../management/faults.ts";
import { list, nullable, record, text, whole } from "../management/fields.ts";
import type { Call, Entity, Route } from "../management/tables.ts";
import { type Stored, scopeOf } from "../store.ts";

const family = "scim-tokens";

/** Tokens of one connection: https://auth0.com/docs/authenticate/protocols/scim/configure-inbound-scim */
const most = 2;
/** Seconds that a token must live longer than: https://auth0.com/docs/api/management/v2/connections/post-scim-token */
const leastLifetime = 900;
/** Seconds; ours, for no moment lies further away than a Date can hold. */
const mostLifetime = 2 ** 31 - 1;

const noToken = missing("Not Found");

/** What an identity provider shows to be let in; gone with the configuration, a family of `parent`. */
export function scimToken(parent: string): Entity {
  return {
    family,
    path: "/connections/:connection/scim-configuration/tokens",
    parents: [
      { param: "connection", family: "connections", missing: noToken },
      { param: "configuration", family: parent, missing: noToken },
    ],
    idField: "token_id",
    newId: prefixed("tok"),
    missing: noToken,
    readable: false,
  };
}

const fields = record({
  scopes: list(text({ description: "The token's scope" }), { min: 1 }),
  token_lifetime: {
    ...nullable(whole({ max: mostLifetime })),
    description: "Lifetime of the token in seconds. Must be greater than 900",
  },
});

/** The endpoints under `path`; what they belong to is `configurationOf` the request. */
export function scimTokenRoutes(path: string, configurationOf: (call: Call) => Stored): Route[] {
  const parentsOf = (call: Call): [string, string] => {
    const { scope, id } = configurationOf(call);
    return [scope, id];
  };
  const selection = (call: Call) => ({ family, scope: scopeOf(...parentsOf(call)) });
  return [
    {
      method: "POST",
      path,
      fields,
      handle: (call) => {
        const ids = parentsOf(call);
        const { objects } = call.tenant;
        if (objects.store.count(selection(call)) >= most)
          throw conflict(`A connection cannot have more than ${most} SCIM tokens.`);
        const { body } = objects.create(family, ids, tokenBody(call), call);
        const { token_id, ...rest } = body;
        // said once and not kept: nothing here takes it
        const token = `${token_id}.${randomBytes(32).toString("hex")}`;
        return { status: 201, body: { token_id: token_id ?? null, token, ...rest } };
      },
    },
    {
      method: "GET",
      path,
      handle: (call) => ({
        status: 200,
        body: call.tenant.objects.store.select(selection(call)).map(({ body }) => body),
      }),
    },
    {
      method: "DELETE",
      path: `${path}/:id`,
      handle: (call) => {
        const { objects } = call.tenant;
        const stored = objects.store.get(family, call.params.id ?? "", scopeOf(...parentsOf(call)));
        if (stored) objects.remove(stored);
        return { status: 204 };
      },
    },
  ];
}

function tokenBody({ body: { scopes = [], token_lifetime: lifetime = null } }: Call) {
  if (typeof lifetime === "number" && lifetime <= leastLifetime)
    throw badBody(`token_lifetime must be greater than ${leastLifetime}`);
  const now = Date.now();
  const end = typeof lifetime === "number" ? { valid_until: new Date(now + lifetime * 1000).toISOString() } : {};
  return { scopes, created_at: new Date(now).toISOString(), ...end };
}
