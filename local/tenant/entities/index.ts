import type { Family } from "../management/tables.ts";
import { actions } from "./actions.ts";
import { attackProtection } from "./attack-protection.ts";
import { branding } from "./branding.ts";
import { clientGrants } from "./client-grants.ts";
import { clients } from "./clients.ts";
import { connections } from "./connections.ts";
import { customDomains } from "./custom-domains.ts";
import { emails } from "./emails.ts";
import { guardian } from "./guardian.ts";
import { logStreams } from "./log-streams.ts";
import { organizations } from "./organizations.ts";
import { prompts } from "./prompts.ts";
import { resourceServers } from "./resource-servers.ts";
import { roles } from "./roles.ts";
import { tenantSettings } from "./tenant-settings.ts";
import { users } from "./users.ts";

/** Every family that the tenant serves. A new family is a new table here. */
export const families: readonly Family[] = [
  tenantSettings,
  prompts,
  branding,
  resourceServers,
  clients,
  clientGrants,
  roles,
  connections,
  organizations,
  users,
  actions,
  attackProtection,
  customDomains,
  logStreams,
  emails,
  guardian,
];
