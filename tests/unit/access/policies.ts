import type { Organization } from "../../../access/organization.ts";
import type { Policy } from "../../../access/policy.ts";

export const main: Policy = {
  orgTypes: ["customer"],
  orgRequires: {},
  individuals: "allow",
  stageClaim: "on",
  mfa: "off",
};

export const portal: Policy = {
  orgTypes: ["customer"],
  orgRequires: { api_access: "on" },
  individuals: "deny",
  stageClaim: "off",
  mfa: "password",
};

export const catering: Policy = {
  orgTypes: ["vendor"],
  orgRequires: { vendor_kind: "catering" },
  individuals: "deny",
  stageClaim: "off",
  mfa: "off",
};

export const organization = (metadata: Record<string, string>, id = "org_1"): Organization => ({
  damaged: false,
  id,
  metadata,
});
