import { missing } from "../management/faults.ts";
import type { Parent } from "../management/tables.ts";

export const noOrganization = missing("No organization found by that id or name");

/** What stands under /organizations/:organization. */
export const organizationParent: Parent = { param: "organization", family: "organizations", missing: noOrganization };
