import { missing } from "../management/faults.ts";
import { type Body, omit } from "../management/json.ts";
import type { Call, Parent } from "../management/tables.ts";
import type { Stored } from "../store.ts";
import { usesOrganizationApplications } from "./early-access.ts";

export const noOrganization = missing("No organization found by that id or name");

/** What stands under /organizations/:organization. */
export const organizationParent: Parent = { param: "organization", family: "organizations", missing: noOrganization };

/** What an organization shows of early access, where the tenant has it. */
const earlyAccess: Body = { third_party_client_access: "block", is_app_entitlement_active: false };

/** An organization as answers show it: when it was made is in the tokens of lists only. */
export function shownOrganization({ body }: Stored, { tenant }: Call): Body {
  return { ...(usesOrganizationApplications(tenant) ? earlyAccess : {}), ...omit(body, ["created_at"]) };
}
