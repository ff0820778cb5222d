import { ResourceType } from "../provider.ts";
import { readTables } from "../table.ts";
import { action } from "./action.ts";
import { attackProtection } from "./attack-protection.ts";
import { client } from "./client.ts";
import { clientCredentials } from "./client-credentials.ts";
import { clientGrant } from "./client-grant.ts";
import { connection } from "./connection.ts";
import { connectionClients } from "./connection-clients.ts";
import { customDomain } from "./custom-domain.ts";
import { customDomainVerification } from "./custom-domain-verification.ts";
import { organizationDiscoveryDomain } from "./discovery-domain.ts";
import { organizationDiscoveryDomains } from "./discovery-domains.ts";
import { emailProvider } from "./email-provider.ts";
import { emailTemplate } from "./email-template.ts";
import { guardian } from "./guardian.ts";
import { logStream } from "./log-stream.ts";
import type { Operation } from "./operation.ts";
import { organization, organizationClientGrant, organizationConnection } from "./organization.ts";
import { promptCustomText } from "./prompt-custom-text.ts";
import { resourceServer, resourceServerScopes } from "./resource-server.ts";
import { role, rolePermissions } from "./role.ts";
import { connectionScimConfiguration } from "./scim-configuration.ts";
import { branding, prompt, tenant } from "./tenant.ts";
import { triggerActions } from "./trigger-actions.ts";

/** By the provider's name of a type; a table without an operation is a fault. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  auth0_action: action,
  auth0_attack_protection: attackProtection,
  auth0_branding: branding,
  auth0_client: client,
  auth0_client_credentials: clientCredentials,
  auth0_client_grant: clientGrant,
  auth0_connection: connection,
  auth0_connection_clients: connectionClients,
  auth0_connection_scim_configuration: connectionScimConfiguration,
  auth0_custom_domain: customDomain,
  auth0_custom_domain_verification: customDomainVerification,
  auth0_email_provider: emailProvider,
  auth0_email_template: emailTemplate,
  auth0_guardian: guardian,
  auth0_log_stream: logStream,
  auth0_organization: organization,
  auth0_organization_client_grant: organizationClientGrant,
  auth0_organization_connection: organizationConnection,
  auth0_organization_discovery_domain: organizationDiscoveryDomain,
  auth0_organization_discovery_domains: organizationDiscoveryDomains,
  auth0_prompt: prompt,
  auth0_prompt_custom_text: promptCustomText,
  auth0_resource_server: resourceServer,
  auth0_resource_server_scopes: resourceServerScopes,
  auth0_role: role,
  auth0_role_permissions: rolePermissions,
  auth0_tenant: tenant,
  auth0_trigger_actions: triggerActions,
};

/** Every resource type this plugin knows, by token. */
export function resourceTypes(): ReadonlyMap<string, ResourceType> {
  const types = new Map<string, ResourceType>();
  for (const [token, table] of readTables()) {
    const operation = OPERATIONS[table.resource];
    if (!operation) throw new Error(`${table.resource} has a table and no operation`);
    types.set(token, new ResourceType(table, operation));
  }
  return types;
}
