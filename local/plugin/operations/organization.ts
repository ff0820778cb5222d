import { asArray, asObject, type Json } from "../management.ts";
import { type Dict, text } from "../value.ts";
import { entity } from "./entity.ts";
import { fromAnswer, type Mapping, toBody } from "./mapping.ts";
import { byNewerClient } from "./newer-client.ts";
import { encodePath, type Operation, orGone, type Read, type Step } from "./operation.ts";
import { pairId, pairState } from "./pair-id.ts";
import { isQuotaEmpty, quotaOf } from "./quota.ts";

/** https://auth0.com/docs/api/management/v2/organizations */
export const organization = entity({
  collection: "organizations",
  mapping: { whenChanged: ["metadata"], evenEmpty: ["branding"] },
  received: (read, answer) => ({ ...read, token_quota: quotaOf(answer.token_quota) }),
  nulls: (step) => (step.changed("token_quota") && isQuotaEmpty(step.config.token_quota) ? { token_quota: null } : {}),
});

const connectionsPath = (of: Dict): string => `organizations/${encodePath(text(of.organization_id))}/connections`;
const connectionPath = (of: Dict): string => `${connectionsPath(of)}/${encodePath(text(of.connection_id))}`;
const connectionMapping: Mapping = {
  unsent: ["organization_id"],
  once: ["connection_id"],
  unread: ["organization_id", "connection_id"],
};

/** The provider takes a missing connection for a fault here, not for a resource that is gone. */
async function readConnection({ api, fields, planned }: Step): Promise<Read> {
  const answer = await byNewerClient(api, () => api.object("GET", connectionPath(planned)));
  const { name = null, strategy = null } = asObject(answer.connection);
  return { ...fromAnswer(fields, answer, connectionMapping), name: name as string, strategy: strategy as string };
}

/** The provider sends `is_enabled` always, its default included. */
function connectionBody(step: Step): Json {
  return { ...toBody(step, connectionMapping), is_enabled: step.planned.is_enabled === true };
}

/** https://auth0.com/docs/api/management/v2/organizations/post-enabled-connections */
export const organizationConnection: Operation = {
  importState: (id) => pairState(id, ["organization_id", "connection_id"]),
  read: readConnection,
  async create(step) {
    const { api, planned } = step;
    await byNewerClient(api, () => api.send("POST", connectionsPath(planned), connectionBody(step)));
    step.created(pairId(text(planned.organization_id), text(planned.connection_id)));
    return readConnection(step);
  },
  async update(step) {
    const { api, planned } = step;
    await byNewerClient(api, () => api.send("PATCH", connectionPath(planned), connectionBody(step)));
    return readConnection(step);
  },
  async delete({ api, planned }) {
    await byNewerClient(api, () => api.send("DELETE", connectionPath(planned)));
  },
};

const grantsPath = (of: Dict): string => `organizations/${encodePath(text(of.organization_id))}/client-grants`;

/** The provider reads one page of 50: a grant beyond it counts as gone. */
async function readGrant(step: Step): Promise<Read> {
  const query = { per_page: 50, include_totals: "true" };
  const answer = await orGone(step.api.object("GET", grantsPath(step.planned), undefined, query));
  const grants = asArray(answer?.client_grants).map(asObject);
  return grants.some((grant) => (grant.id ?? grant.grant_id) === step.planned.grant_id) ? {} : null;
}

/** https://auth0.com/docs/api/management/v2/organizations/create-organization-client-grants */
export const organizationClientGrant: Operation = {
  importState: (id) => pairState(id, ["organization_id", "grant_id"]),
  read: readGrant,
  async create(step) {
    await step.api.send("POST", grantsPath(step.planned), { grant_id: text(step.planned.grant_id) });
    step.created(pairId(text(step.planned.organization_id), text(step.planned.grant_id)));
    return readGrant(step);
  },
  async delete(step) {
    const path = `${grantsPath(step.planned)}/${encodePath(text(step.planned.grant_id))}`;
    await orGone(step.api.send("DELETE", path));
  },
};
