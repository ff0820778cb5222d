import { Refusal } from "../management/faults.ts";
import { textAt } from "../management/json.ts";
import { unsupported } from "../management/listing.ts";
import type { Call, Found } from "../management/tables.ts";
import type { Stored } from "../store.ts";

/** The clients that `q` and `external_client_id` ask for: https://auth0.com/docs/api/management/v2/clients/get-clients */
export function askedClients({ query, tenant: { objects } }: Call): Found {
  const { q, external_client_id: external } = query;
  if (q === undefined)
    return external === undefined ? {} : { where: [{ name: "external_client_id", values: [external] }] };
  if (query.take === undefined && query.from === undefined) throw new Refusal(needsCheckpoints);
  const [, property, value = ""] = /^client_grant\.(organization_id|allow_any_organization):"?(\w+)"?$/.exec(q) ?? [];
  const { store } = objects;
  const grants = (): Stored[] => {
    if (property === "organization_id")
      return store
        .select({ family: "organization-grants", scope: value })
        .flatMap(({ id }) => store.get("client-grants", id) ?? []);
    if (property === "allow_any_organization" && value === "true")
      return store.select({ family: "client-grants", where: [{ name: property, values: [value] }] });
    throw unsupported(q);
  };
  const values = grants().flatMap(({ body }) => textAt(body, "client_id") ?? []);
  return { where: [{ name: "client_id", values }] };
}

const needsCheckpoints = {
  status: 400,
  message: "The q parameter requires the from and take paging parameters.",
  code: "invalid_query_string",
} as const;
