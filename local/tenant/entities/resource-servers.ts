import { alphanumerics, objectId } from "../ids.ts";
import { badBody, conflict, missing } from "../management/faults.ts";
import { anything, choice, flag, list, nullable, record, text, whole, without } from "../management/fields.ts";
import { type Body, bodiesAt, bodyAt, omit, textAt } from "../management/json.ts";
import type { Call, Entity, Family } from "../management/tables.ts";
import type { Stored } from "../store.ts";
import { managementScopes } from "./management-scopes.ts";
import { publicKeyOf, thumbprintOf } from "./public-keys.ts";
import { described, managementApi, refuseSystemChange, systemApi } from "./system-apis.ts";

/** https://auth0.com/docs/api/management/v2/resource-servers/post-resource-servers */
const fields = record(
  {
    name: text({ max: 200, pattern: "^[^<>]+$" }),
    identifier: text({ min: 1, max: 600 }),
    scopes: list(
      record({ value: text({ min: 1, max: 280 }), description: text({ max: 500 }) }, { required: ["value"] }),
      { max: 1000 },
    ),
    signing_alg: choice(["HS256", "RS256", "RS512", "PS256"]),
    signing_secret: text({ min: 16 }),
    allow_offline_access: flag(),
    allow_online_access: flag(),
    allow_online_access_with_ephemeral_sessions: flag(),
    token_lifetime: whole({ min: 0, max: 2592000 }),
    token_lifetime_for_web: whole({ min: 0, max: 2592000 }),
    token_dialect: choice(["access_token", "access_token_authz", "rfc9068_profile", "rfc9068_profile_authz"]),
    skip_consent_for_verifiable_first_party_clients: flag(),
    enforce_policies: flag(),
    token_encryption: nullable(
      record(
        {
          format: choice(["compact-nested-jwe"]),
          encryption_key: record(
            {
              name: text({ min: 1, max: 128 }),
              alg: choice(["RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512"]),
              kid: text({ min: 1, max: 128 }),
              pem: text({ min: 1, max: 4096 }),
            },
            { required: ["alg", "pem"] },
          ),
        },
        { required: ["format", "encryption_key"] },
      ),
    ),
    consent_policy: nullable(choice(["transactional-authorization-with-mfa"])),
    authorization_details: nullable(list(anything())),
    proof_of_possession: nullable(
      record(
        {
          mechanism: choice(["mtls", "dpop"]),
          required: flag(),
          required_for: choice(["public_clients", "all_clients"]),
        },
        { required: ["mechanism", "required"] },
      ),
    ),
    subject_type_authorization: record({
      user: record({ policy: choice(["allow_all", "deny_all", "require_client_grant"]) }, { open: true }),
      client: record({ policy: choice(["deny_all", "require_client_grant"]) }, { open: true }),
    }),
    authorization_policy: nullable(record({ policy_id: text({ min: 1, max: 1024 }) }, { required: ["policy_id"] })),
  },
  { required: ["identifier"] },
);

/** An API of the tenant's own has this until a request says otherwise. */
const ordinary: Body = {
  allow_offline_access: false,
  skip_consent_for_verifiable_first_party_clients: false,
  subject_type_authorization: { client: { policy: "require_client_grant" }, user: { policy: "allow_all" } },
  token_lifetime: 86400,
  token_lifetime_for_web: 7200,
  signing_alg: "RS256",
};

/**
 * A client that does away with `authorization_details` is one that knows no access policies either: to it an API shows the usual ones no
 * more, which hold all the same.
 */
function shownPolicies({ authorization_details }: Body, next: Body): Body {
  const usual = JSON.stringify(next.subject_type_authorization) === JSON.stringify(ordinary.subject_type_authorization);
  return authorization_details === null && usual ? omit(next, ["subject_type_authorization"]) : next;
}

/** The identifier stands in a path encoded; an identifier that was encoded once more is understood too. */
function pathNames(identifier: string): string[] {
  const encoded = encodeURIComponent(identifier);
  return [identifier, encoded, encoded.replaceAll("%3A", ":")];
}

const resourceServer: Entity = {
  family: "resource-servers",
  path: "/resource-servers",
  idField: "id",
  newId: objectId,
  missing: missing("The resource server does not exist", "inexistent_resource_server"),
  alias: "identifier",
  keys: [
    {
      name: "identifier",
      of: (body) => pathNames(textAt(body, "identifier") ?? ""),
      conflict: conflict("A resource server with the same identifier already exists.").fault,
    },
    { name: "identifiers", of: (body) => textAt(body, "identifier") },
  ],
  create: { fields, status: 201 },
  update: { fields: without(fields, "identifier") },
  remove: { status: 204, repeated: 204 },
  defaults: () => ordinary,
  settle,
  beforeRemove: ({ body }) => {
    if (body.name === managementApi) throw badBody("System resource servers cannot be deleted.");
  },
  // an API that is an application too names it
  shown: ({ body }, { tenant: { objects } }) => {
    const where = [{ name: "resource_server_identifier", values: [textAt(body, "identifier") ?? ""] }];
    const [client] = objects.store.select({ family: "clients", where, limit: 1 });
    return client ? { ...body, client_id: client.id } : body;
  },
  list: { items: "resource_servers", style: "pages", filters: ["identifiers"], fields: [] },
};

function settle(given: Body, call: Call, before?: Stored): Body {
  const next = before ? given : { ...given, ...systemApi(textAt(given, "identifier") ?? "", call.tenant.domain) };
  if (before?.body.is_system === true) refuseSystemChange(call.body, fields, before.body);
  const values = bodiesAt(next, "scopes").map((scope) => textAt(scope, "value"));
  if (new Set(values).size !== values.length) throw badBody("Scopes must be unique.");
  if (before) dropPermissions(values, call, before);
  const kept = before ? shownPolicies(call.body, next) : next;
  const encryption = bodyAt(next, "token_encryption");
  const key = bodyAt(encryption, "encryption_key");
  const pem = textAt(key, "pem");
  return {
    ...kept,
    ...(next.signing_alg === "HS256" ? { signing_secret: next.signing_secret ?? alphanumerics(32) } : {}),
    ...(pem === undefined
      ? {}
      : {
          token_encryption: {
            ...encryption,
            encryption_key: { ...omit(key, ["pem"]), thumbprint_sha256: thumbprint(pem) },
          },
        }),
  };
}

/** A scope that an API loses is taken from the roles and users that had it. */
function dropPermissions(values: readonly (string | undefined)[], { tenant }: Call, { body }: Stored): void {
  for (const family of ["role-permissions", "user-permissions"]) {
    const where = [{ name: "target", values: [textAt(body, "identifier") ?? ""] }];
    for (const permission of tenant.objects.store.select({ family, where })) {
      if (!values.includes(textAt(permission.body, "permission_name"))) tenant.objects.remove(permission);
    }
  }
}

function thumbprint(pem: string): string {
  const read = publicKeyOf(pem);
  if (!read) throw badBody("The encryption key is not a valid PEM.");
  return thumbprintOf(read.key);
}

export const resourceServers: Family = {
  entities: [resourceServer],
  seed: ({ objects, domain }) => {
    const identifier = `https://${domain}/api/v2/`;
    const id = objectId();
    const body: Body = {
      id,
      name: managementApi,
      identifier,
      ...ordinary,
      scopes: described(managementScopes),
      is_system: true,
    };
    objects.seed("resource-servers", id, body);
  },
};
