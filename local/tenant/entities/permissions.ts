import { badBody, missing } from "../management/faults.ts";
import { record, text } from "../management/fields.ts";
import { type Body, bodiesAt, isBody, type Json, textAt } from "../management/json.ts";
import type { Link, Parent } from "../management/tables.ts";

const fields = record(
  { resource_server_identifier: text(), permission_name: text() },
  { required: ["resource_server_identifier", "permission_name"] },
);

function named(item: Json, field: string): string {
  return (isBody(item) && textAt(item, field)) || "";
}

function scopeOfApi(api: Body, name: string): Body | undefined {
  return bodiesAt(api, "scopes").find((scope) => textAt(scope, "value") === name);
}

/** Scopes of APIs given to a role or a user; the answer is joined with the API's name and the scope's description. */
export function permissionLink(
  family: string,
  path: string,
  parents: readonly Parent[],
  statuses: Link["statuses"],
  { more = {}, full = "No more than 1000 permissions can be assigned" }: { more?: Body; full?: string } = {},
): Link {
  return {
    family,
    path,
    parents,
    listed: "permissions",
    item: fields,
    idOf: (item) => `${named(item, "permission_name")} ${named(item, "resource_server_identifier")}`,
    target: {
      family: "resource-servers",
      by: "identifier",
      of: (item) => named(item, "resource_server_identifier"),
      missing: missing("The resource server does not exist", "inexistent_resource_server"),
    },
    check: (item, api) => {
      const name = named(item, "permission_name");
      if (!scopeOfApi(api.body, name)) throw badBody(`The permission ${name} does not exist in the resource server`);
    },
    limit: { most: 1000, fault: badBody(full).fault },
    statuses,
    shown: ({ body }, api) => {
      const scope = scopeOfApi(api.body, named(body, "permission_name"));
      return {
        permission_name: named(body, "permission_name"),
        description: (scope && textAt(scope, "description")) ?? "",
        resource_server_name: textAt(api.body, "name") ?? "",
        resource_server_identifier: named(body, "resource_server_identifier"),
        ...more,
      };
    },
    list: { items: "permissions", style: "pages", checkpoint: false },
  };
}
