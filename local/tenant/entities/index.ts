import type { Family } from "../management/tables.ts";
import { actions } from "./actions.ts";
import { attackProtection } from "./attack-protection.ts";
import { branding } from "./branding.ts";
import { brandingThemes } from "./branding-themes.ts";
import { clientGrants } from "./client-grants.ts";
import { clients } from "./clients.ts";
import { connections } from "./connections.ts";
import { customDomains } from "./custom-domains.ts";
import { deviceCredentials } from "./device-credentials.ts";
import { emails } from "./emails.ts";
import { guardian } from "./guardian.ts";
import { identities } from "./identities.ts";
import { jobs } from "./jobs.ts";
import { logStreams } from "./log-streams.ts";
import { organizationRoles } from "./organization-roles.ts";
import { organizations } from "./organizations.ts";
import { pageTemplate } from "./page-template.ts";
import { phoneProviders } from "./phone-providers.ts";
import { phoneTemplates } from "./phone-templates.ts";
import { promptRendering } from "./prompt-rendering.ts";
import { prompts } from "./prompts.ts";
import { refreshTokens } from "./refresh-tokens-endpoints.ts";
import { resourceServers } from "./resource-servers.ts";
import { riskAssessments } from "./risk-assessments.ts";
import { roles } from "./roles.ts";
import { sessions } from "./sessions.ts";
import { signingKeys } from "./signing-keys.ts";
import { tenantSettings } from "./tenant-settings.ts";
import { tickets } from "./tickets.ts";
import { unwrittenFamilies } from "./unwritten.ts";
import { userBlocks } from "./user-blocks.ts";
import { users } from "./users.ts";
import { usersByEmail } from "./users-by-email.ts";

/** Every family that the tenant serves. A new family is a new table here. */
export const families: readonly Family[] = [
  tenantSettings,
  prompts,
  promptRendering,
  branding,
  brandingThemes,
  pageTemplate,
  phoneProviders,
  phoneTemplates,
  resourceServers,
  clients,
  clientGrants,
  roles,
  connections,
  organizations,
  organizationRoles,
  users,
  usersByEmail,
  userBlocks,
  identities,
  tickets,
  jobs,
  deviceCredentials,
  sessions,
  refreshTokens,
  actions,
  attackProtection,
  customDomains,
  logStreams,
  emails,
  guardian,
  riskAssessments,
  signingKeys,
  unwrittenFamilies,
];
