import { flag, record, whole } from "../management/fields.ts";
import type { Family } from "../management/tables.ts";

/** https://auth0.com/docs/api/management/v2/risk-assessments; a device is remembered for so many days */
export const riskAssessments: Family = {
  singletons: [
    {
      family: "risk-assessments/settings",
      path: "/risk-assessments/settings",
      method: "PATCH",
      fields: record({ enabled: flag() }, { required: ["enabled"] }),
      initial: { enabled: false },
    },
    {
      family: "risk-assessments/settings/new-device",
      path: "/risk-assessments/settings/new-device",
      method: "PATCH",
      fields: record({ remember_for: whole({ min: 1, max: 365 }) }, { required: ["remember_for"] }),
      // https://auth0.com/docs/secure/multi-factor-authentication/adaptive-mfa: used within the past 30 days
      initial: { remember_for: 30 },
    },
  ],
};
