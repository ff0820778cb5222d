import { asArray, asObject, type JsonObject } from "../management.ts";
import { type Dict, dictAt, elements, isDict, isZero, text, UNKNOWN, type Value } from "../value.ts";
import { entity } from "./entity.ts";
import type { Mapping } from "./mapping.ts";
import { encodePath, type Operation, orGone, type Read, type Step } from "./operation.ts";

/** The API that Auth0 itself owns in every tenant: only few of its settings may be written, and it is never deleted. */
const MANAGEMENT_API = "Auth0 Management API";
const isManagementApi = (step: Step): boolean => step.prior?.name === MANAGEMENT_API;

const mapping: Mapping = {
  names: { verification_location: "verificationLocation", "token_encryption.encryption_key.algorithm": "alg" },
  once: ["identifier"],
  whenChanged: [
    "allow_online_access",
    "allow_online_access_with_ephemeral_sessions",
    "authorization_policy",
    "authorization_details",
    "consent_policy",
    "proof_of_possession",
    "token_encryption",
  ],
  unsent: ["authorization_details.disable", "proof_of_possession.disable", "token_encryption.disable"],
};
/** Blocks whose `disable` means null to the API. */
const DISABLED = ["authorization_details", "token_encryption", "proof_of_possession"] as const;
const WRITABLE_OF_MANAGEMENT_API = new Set([
  "token_lifetime",
  "skip_consent_for_verifiable_first_party_clients",
  "subject_type_authorization",
  "authorization_policy",
]);

const isDisabled = (config: Value | undefined): boolean =>
  elements(config).every((item) => isDict(item) && item.disable === true);

function sent(body: JsonObject, step: Step): JsonObject {
  const kept = Object.entries(body).filter(([name]) => {
    if (isManagementApi(step) && !WRITABLE_OF_MANAGEMENT_API.has(name)) return false;
    if (name === "consent_policy") return body.consent_policy !== "null";
    return !DISABLED.some((block) => block === name) || !isDisabled(step.config[name]);
  });
  return Object.fromEntries(kept);
}

function nulls(step: Step): JsonObject {
  const cleared: JsonObject = {};
  if (step.changed("consent_policy") && step.config.consent_policy === "null") cleared.consent_policy = null;
  for (const block of DISABLED) if (step.changed(block) && isDisabled(step.config[block])) cleared[block] = null;
  const policy = "authorization_policy";
  if (step.changed(policy) && elements(step.config[policy]).length === 0) cleared[policy] = null;
  return cleared;
}

function received(read: Dict, answer: JsonObject, step: Step): Dict {
  const fields: Dict = { ...read, consent_policy: answer.consent_policy == null ? "null" : text(read.consent_policy) };
  for (const block of DISABLED) if (answer[block] == null) fields[block] = [{ disable: true }];
  const [key] = elements(dictAt(fields.token_encryption).encryption_key);
  if (isDict(key)) {
    const written = dictAt(dictAt(step.planned.token_encryption).encryption_key);
    fields.token_encryption = [
      { ...dictAt(fields.token_encryption), encryption_key: [{ ...key, pem: written.pem ?? null }] },
    ];
  }
  if (answer.name !== MANAGEMENT_API) return fields;
  const { verification_location: _, enforce_policies: __, token_dialect: ___, ...rest } = fields;
  return rest;
}

const EXCLUSIVE: readonly (readonly [string, readonly string[], string])[] = [
  ["authorization_details", ["type"], "only one of disable and type should be set in the authorization_details block"],
  [
    "token_encryption",
    ["format", "encryption_key"],
    "only one of disable and format or encryption_key should be set in the token_encryption blocks",
  ],
  [
    "proof_of_possession",
    ["mechanism", "required"],
    "only one of disable and mechanism or required should be set in the proof_of_possession block",
  ],
];

function refuse(config: Dict): string | undefined {
  for (const [block, others, reason] of EXCLUSIVE) {
    const items = elements(config[block]).filter(isDict);
    const decisive = items.flatMap((item) => [item.disable, item.encryption_key, item.required]);
    if ([config[block], ...decisive].includes(UNKNOWN)) return `${block} must be known beforehand`;
    const disabled = items.some(({ disable }) => disable === true);
    if (disabled && items.some((item) => others.some((name) => !isZero(item[name])))) return reason;
  }
  return undefined;
}

const api = entity({ collection: "resource-servers", mapping, sent, nulls, received, refuse, pauses: { update: 200 } });

/** https://auth0.com/docs/api/management/v2/resource-servers */
export const resourceServer: Operation = {
  ...api,
  async delete(step) {
    if (!isManagementApi(step)) await api.delete(step);
  },
};

const path = (id: string): string => `resource-servers/${encodePath(id)}`;
const scopesOf = (step: Step): JsonObject => ({
  scopes: elements(step.config.scopes)
    .filter(isDict)
    .map(({ name, description }) => ({
      value: text(name),
      ...(description == null ? {} : { description: text(description) }),
    })),
});

async function readScopes(step: Step, id = step.id): Promise<Read> {
  const answer = await orGone(step.api.object("GET", path(id)));
  if (!answer) return null;
  const scopes = asArray(answer.scopes).map(asObject);
  return {
    resource_server_identifier: String(answer.identifier ?? ""),
    scopes: scopes.map(({ value, description }) => ({
      name: String(value ?? ""),
      description: String(description ?? ""),
    })),
  };
}

/** The whole list of an API's scopes; a creation refuses an API that has others. */
export const resourceServerScopes: Operation = {
  read: (step) => readScopes(step),
  async create(step) {
    const id = text(step.planned.resource_server_identifier);
    const present = asArray((await step.api.object("GET", path(id))).scopes);
    const wanted = scopesOf(step);
    if (present.length > 0 && JSON.stringify(present) !== JSON.stringify(wanted.scopes)) {
      throw new Error(
        `Resource Server with non empty scopes: ${id} already has scopes of its own; import them as ${id} first.`,
      );
    }
    await step.api.send("PATCH", path(id), wanted);
    step.created(id);
    return readScopes(step, id);
  },
  async update(step) {
    const id = text(step.planned.resource_server_identifier);
    const done = await orGone(step.api.send("PATCH", path(id), scopesOf(step)).then(() => true));
    return done ? readScopes(step) : null;
  },
  async delete(step) {
    await orGone(step.api.send("PATCH", path(step.id), { scopes: [] }));
  },
};
