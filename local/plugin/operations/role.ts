import { asArray, asObject, type Json } from "../management.ts";
import { type Dict, elements, isDict, setKey, text, type Value } from "../value.ts";
import { entity } from "./entity.ts";
import { encodePath, hasNextPage, type Operation, orGone, orNull, type Read, type Step } from "./operation.ts";
import { asWalked } from "./walk.ts";

/** https://auth0.com/docs/api/management/v2/roles */
export const role = entity({ collection: "roles", mapping: {}, deletesWithBody: true });

const path = (roleId: string): string => `roles/${encodePath(roleId)}/permissions`;
const PAGE = 100;

async function readPermissions(step: Step, roleId = step.id): Promise<Read> {
  const permissions: Value[] = [];
  for (let page = 0; ; page++) {
    const query = { page, per_page: PAGE, include_totals: "true" };
    const answer = await orGone(step.api.object("GET", path(roleId), undefined, query));
    if (!answer) return null;
    for (const permission of asArray(answer.permissions).map(asObject)) {
      permissions.push({
        name: String(permission.permission_name ?? ""),
        description: String(permission.description ?? ""),
        resource_server_identifier: String(permission.resource_server_identifier ?? ""),
        resource_server_name: String(permission.resource_server_name ?? ""),
      });
    }
    if (!hasNextPage(answer)) return { role_id: roleId, permissions };
  }
}

const grant = (permission: Value): Json => ({
  permission_name: text(isDict(permission) ? permission.name : null),
  resource_server_identifier: text(isDict(permission) ? permission.resource_server_identifier : null),
});

/** Elements of one set that another lacks, told apart by what the program writes. */
function without(items: Value, others: Value): Dict[] {
  const written = (item: Value) => setKey(grant(item) as Dict);
  const keys = new Set(elements(others).map(written));
  return elements(items).filter((item): item is Dict => isDict(item) && !keys.has(written(item)));
}

const grants = ({ fields }: Step, permissions: readonly Dict[]): Json[] =>
  asWalked(fields.permissions?.fields ?? {}, permissions).map(grant);

async function change(step: Step): Promise<Read> {
  const roleId = text(step.planned.role_id);
  const [before, after] = [step.prior?.permissions ?? [], step.planned.permissions ?? []];
  const [removed, added] = [without(before, after), without(after, before)];
  if (removed.length > 0) await orGone(step.api.send("DELETE", path(roleId), { permissions: grants(step, removed) }));
  if (added.length > 0) await step.api.send("POST", path(roleId), { permissions: grants(step, added) });
  step.created(roleId);
  return readPermissions(step, roleId);
}

/** The whole list of a role's permissions: https://auth0.com/docs/api/management/v2/roles/post-role-permission-assignment */
export const rolePermissions: Operation = {
  create: change,
  update: change,
  read: (step) => readPermissions(step),
  async delete(step) {
    const permissions = grants(step, elements(step.planned.permissions).filter(isDict));
    const body = { permissions: orNull(permissions) };
    await orGone(step.api.send("DELETE", path(text(step.planned.role_id)), body));
  },
};
