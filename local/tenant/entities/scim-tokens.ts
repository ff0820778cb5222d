import { randomBytes } from "node:crypto";
import { digest } from "../digest.ts";
import { prefixed } from "../ids.ts";
import { badBody, conflict, missing } from "../management/faults.ts";
import { list, nullable, record, text, whole } from "../management/fields.ts";
import { type Body, omit, textAt } from "../management/json.ts";
import type { Call, Entity, Route } from "../management/tables.ts";
import { type Stored, scopeOf } from "../store.ts";

const family = "scim-tokens";

/** Tokens of one connection: https://auth0.com/docs/authenticate/protocols/scim/configure-inbound-scim */
const most = 2;
/** Seconds that a token must live longer than: https://auth0.com/docs/api/management/v2/connections/post-scim-token */
const leastLifetime = 900;
/** Seconds; ours, for no moment lies further away than a Date can hold. */
const mostLifetime = 2 ** 31 - 1;

/** What a token may do at most: https://auth0.com/docs/authenticate/protocols/scim/configure-inbound-scim */
const everyScope = ["get:users", "post:users", "put:users", "patch:users", "delete:users"];

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
  /** Those that are good still; the others are gone. */
  const active = (call: Call): Stored[] => {
    const { objects } = call.tenant;
    const all = objects.store.select({ family, scope: scopeOf(...parentsOf(call)) });
    const over = all.filter(({ body }) => Date.parse(textAt(body, "valid_until") ?? "") <= Date.now());
    for (const token of over) objects.remove(token);
    return all.filter((token) => !over.includes(token));
  };
  return [
    {
      method: "POST",
      path,
      fields,
      handle: (call) => {
        const ids = parentsOf(call);
        const { objects } = call.tenant;
        if (active(call).length >= most) throw conflict(`Maximum of ${most} tokens already issued for this connection`);
        const made = objects.create(family, ids, tokenBody(call), call);
        // told once; the file keeps a digest
        const token = `${made.id}.${randomBytes(32).toString("hex")}`;
        objects.rewrite(made, { ...made.body, digest: digest(token) });
        return { status: 201, body: { ...made.body, token } };
      },
    },
    {
      method: "GET",
      path,
      handle: (call) => ({
        status: 200,
        body: active(call).map(({ body }) => omit(body, ["digest"])),
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

function tokenBody({ body: { scopes = everyScope, token_lifetime: lifetime = null } }: Call): Body {
  if (typeof lifetime === "number" && lifetime <= leastLifetime)
    throw badBody(`token_lifetime must be greater than ${leastLifetime}`);
  const now = Date.now();
  const end = typeof lifetime === "number" ? { valid_until: new Date(now + lifetime * 1000).toISOString() } : {};
  return { scopes, created_at: new Date(now).toISOString(), ...end };
}
