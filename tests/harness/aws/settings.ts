import type { Settings } from "../../../stacks/load.ts";
import { placed, aws as schema } from "../../../stacks/schema/aws.ts";
import { settingsOf } from "../stack-settings.ts";

/** One account an environment, as `docs/aws.md` advises. */
const accounts: Readonly<Record<string, string>> = {
  local: "000000000001",
  dev: "111111111111",
  staging: "222222222222",
  prod: "333333333333",
};

/** The settings of a stack with every part of AWS on; the setting `mail` gives way to `aws.mail`. */
export function withAws(stack: string): Settings {
  const { mail: _, ...settings } = settingsOf(stack);
  const account = accounts[stack] ?? "";
  const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;
  const aws = schema.parse({
    account,
    region: "eu-central-1",
    deployers: [role("auth0-b2b-deploy")],
    previewers: [role("auth0-b2b-preview")],
    auditTrail: { retentionDays: 365, alarmsTo: ["security@travel.example"], quietHours: 6, refusalsPerHour: 20 },
    credentials: {
      readers: {
        apps: { main: [role("main-app")], "main-personal": [role("main-app")], portal: [role("portal")] },
        operators: { sales: [role("crm")], people: [role("support")] },
        companies: [role("handover")],
      },
      recoveryDays: 30,
    },
    appSettings: { readers: [role("main-app"), role("portal")] },
    mail: { domain: "travel.example", zone: "Z0123456789ABCDEFGHIJ", from: "no-reply@travel.example", keyRotation: 1 },
    loginDomain: { domain: `login.${stack}.travel.example`, zone: "Z0123456789ABCDEFGHIJ" },
  });
  return { ...settings, aws: placed(aws, stack) };
}
