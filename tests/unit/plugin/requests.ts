/**
 * The requests of each step of the resources in `lives.ts`, as the provider plugin pulumi-auth0 3.49.0 sends them. A
 * creation and an update end with the requests of a read. A line is a method, a path with the query's parameters in
 * order, and the body's keys in order, `:null` where one is null; of a list of links the clients it names.
 */
export interface Requests {
  readonly read: readonly string[];
  /** Where an import looks at more than a read. */
  readonly import?: readonly string[];
  readonly create: readonly string[];
  readonly update?: readonly string[];
  readonly delete: readonly string[];
}

export const requests: Readonly<Record<string, Requests>> = {
  action: {
    read: ["GET actions/actions/ID"],
    create: [
      "POST actions/actions {code,name,runtime,supported_triggers}",
      "GET actions/actions/ID",
      "POST actions/actions/ID/deploy",
      "GET actions/actions/ID",
    ],
    update: [
      "PATCH actions/actions/ID {code,name,runtime,supported_triggers}",
      "GET actions/actions/ID",
      "POST actions/actions/ID/deploy",
      "GET actions/actions/ID",
    ],
    delete: ["DELETE actions/actions/ID"],
  },
  attackProtection: {
    read: [
      "GET attack-protection/breached-password-detection",
      "GET attack-protection/brute-force-protection",
      "GET attack-protection/suspicious-ip-throttling",
      "GET attack-protection/bot-detection",
      "GET attack-protection/captcha",
    ],
    create: ["PATCH attack-protection/brute-force-protection {enabled,max_attempts}"],
    update: ["PATCH attack-protection/brute-force-protection {enabled,max_attempts}"],
    delete: [
      "PATCH attack-protection/breached-password-detection {enabled}",
      "PATCH attack-protection/brute-force-protection {enabled}",
      "PATCH attack-protection/suspicious-ip-throttling {enabled}",
    ],
  },
  branding: {
    read: ["GET branding", "GET custom-domains"],
    create: ["PATCH branding {logo_url}"],
    update: ["PATCH branding {logo_url}"],
    delete: ["GET custom-domains"],
  },
  client: {
    read: ["GET clients/ID"],
    import: ["GET clients/ID", "GET clients/ID"],
    create: ["POST clients {app_type,callbacks,name,token_endpoint_auth_method}"],
    update: ["PATCH clients/ID {app_type,callbacks,name}"],
    delete: ["DELETE clients/ID"],
  },
  clientCredentials: {
    read: ["GET clients/c1"],
    create: ["GET clients/c1?fields=client_id&include_fields=true", "PATCH clients/c1 {token_endpoint_auth_method}"],
    update: ["GET clients/c1?fields=client_id&include_fields=true", "PATCH clients/c1 {token_endpoint_auth_method}"],
    delete: [
      "GET clients/c1?fields=client_id,app_type&include_fields=true",
      "GET clients/c1/credentials?include_totals=true&per_page=50",
      "PATCH clients/c1 {token_endpoint_auth_method}",
    ],
  },
  clientGrant: {
    read: ["GET client-grants/ID"],
    create: [
      "GET client-grants?audience=https://api&client_id=c1&include_totals=true&per_page=50",
      "POST client-grants {audience,client_id,scope}",
    ],
    update: ["PATCH client-grants/ID {scope}"],
    delete: ["DELETE client-grants/ID"],
  },
  connection: {
    read: ["GET connections/ID"],
    create: ["POST connections {name,options,strategy}"],
    update: ["PATCH connections/ID {display_name,options}"],
    delete: ["DELETE connections/ID"],
  },
  connectionClients: {
    read: ["GET connections/con1/clients", "GET connections/con1?fields=strategy,name&include_fields=true"],
    create: ["GET connections/con1/clients", "PATCH connections/con1/clients [c1,c2]"],
    update: ["PATCH connections/con1/clients [c3,c2]"],
    delete: ["PATCH connections/con1/clients [c1,c3]"],
  },
  connectionScimConfiguration: {
    read: ["GET connections/con1/scim-configuration"],
    create: ["POST connections/con1/scim-configuration"],
    update: ["PATCH connections/con1/scim-configuration {mapping,user_id_attribute}"],
    delete: ["DELETE connections/con1/scim-configuration"],
  },
  customDomain: {
    read: ["GET custom-domains/ID"],
    create: ["POST custom-domains {domain,domain_metadata,type}"],
    update: ["PATCH custom-domains/ID {domain_metadata}"],
    delete: ["DELETE custom-domains/ID"],
  },
  customDomainVerification: {
    read: ["GET custom-domains/cd1"],
    create: ["POST custom-domains/cd1/verify"],
    delete: [],
  },
  emailProvider: {
    read: ["GET emails/provider?fields=name,enabled,default_from_address,credentials,settings&include_fields=true"],
    create: [
      "GET emails/provider?fields=name,enabled,default_from_address,credentials,settings&include_fields=true",
      "POST emails/provider {credentials,default_from_address,name}",
    ],
    update: ["PATCH emails/provider {default_from_address,name}"],
    delete: ["DELETE emails/provider"],
  },
  emailTemplate: {
    read: ["GET email-templates/welcome_email"],
    create: ["GET email-templates/welcome_email", "POST email-templates {body,enabled,from,subject,syntax,template}"],
    update: ["PATCH email-templates/welcome_email {subject,template}"],
    delete: ["PATCH email-templates/welcome_email {enabled,template}"],
  },
  guardian: {
    read: ["GET guardian/policies", "GET guardian/factors"],
    create: ["PUT guardian/policies [all-applications]", "PUT guardian/factors/otp {enabled}"],
    update: ["PUT guardian/policies []"],
    delete: [
      "PUT guardian/policies []",
      "PUT guardian/factors/sms {enabled}",
      "PUT guardian/factors/email {enabled}",
      "PUT guardian/factors/otp {enabled}",
      "PUT guardian/factors/recovery-code {enabled}",
      "PUT guardian/factors/webauthn-roaming {enabled}",
      "PUT guardian/factors/webauthn-platform {enabled}",
      "PUT guardian/factors/duo {enabled}",
      "PUT guardian/factors/push-notification {enabled}",
    ],
  },
  logStream: {
    read: ["GET log-streams/ID"],
    create: ["POST log-streams {filters,name,sink,type}"],
    update: ["PATCH log-streams/ID {filters,name}"],
    delete: ["DELETE log-streams/ID"],
  },
  organization: {
    read: ["GET organizations/ID"],
    create: ["POST organizations {name}"],
    update: ["PATCH organizations/ID {display_name,name}"],
    delete: ["DELETE organizations/ID"],
  },
  organizationClientGrant: {
    read: ["GET organizations/org1/client-grants?include_totals=true&per_page=50"],
    create: ["POST organizations/org1/client-grants {grant_id}"],
    delete: ["DELETE organizations/org1/client-grants/cgr1"],
  },
  organizationConnection: {
    read: ["GET organizations/org1/connections/con1"],
    create: ["POST organizations/org1/connections {connection_id,is_enabled}"],
    update: ["PATCH organizations/org1/connections/con1 {assign_membership_on_login,is_enabled}"],
    delete: ["DELETE organizations/org1/connections/con1"],
  },
  organizationDiscoveryDomain: {
    read: ["GET organizations/org1/discovery-domains/ID"],
    create: ["POST organizations/org1/discovery-domains {domain,status}"],
    update: ["PATCH organizations/org1/discovery-domains/ID {status}"],
    delete: ["DELETE organizations/org1/discovery-domains/ID"],
  },
  organizationDiscoveryDomains: {
    read: ["GET organizations/org1/discovery-domains?take=100"],
    create: [
      "GET organizations/org1/discovery-domains?take=100",
      "POST organizations/org1/discovery-domains {domain,status}",
    ],
    update: [
      "DELETE organizations/org1/discovery-domains/ID",
      "POST organizations/org1/discovery-domains {domain,status}",
    ],
    delete: ["GET organizations/org1/discovery-domains?take=100", "DELETE organizations/org1/discovery-domains/ID"],
  },
  prompt: {
    read: ["GET prompts"],
    create: ["PATCH prompts {identifier_first}"],
    update: ["PATCH prompts {identifier_first}"],
    delete: [],
  },
  promptCustomText: {
    read: ["GET prompts/login/custom-text/en"],
    create: ["PUT prompts/login/custom-text/en {login}"],
    update: ["PUT prompts/login/custom-text/en {login}"],
    delete: ["PUT prompts/login/custom-text/en {}", "GET prompts/login/custom-text/en"],
  },
  resourceServer: {
    read: ["GET resource-servers/ID"],
    create: ["POST resource-servers {identifier,name}"],
    update: ["PATCH resource-servers/ID {name}"],
    delete: ["DELETE resource-servers/ID"],
  },
  resourceServerScopes: {
    read: ["GET resource-servers/https://api"],
    create: ["GET resource-servers/https://api", "PATCH resource-servers/https://api {scopes}"],
    update: ["PATCH resource-servers/https://api {scopes}"],
    delete: ["PATCH resource-servers/https://api {scopes}"],
  },
  role: {
    read: ["GET roles/ID"],
    create: ["POST roles {description,name}"],
    update: ["PATCH roles/ID {description,name}"],
    delete: ["DELETE roles/ID {}"],
  },
  rolePermissions: {
    read: ["GET roles/rol1/permissions?include_totals=true&page=0&per_page=100"],
    create: ["POST roles/rol1/permissions {permissions}"],
    update: ["DELETE roles/rol1/permissions {permissions}", "POST roles/rol1/permissions {permissions}"],
    delete: ["DELETE roles/rol1/permissions {permissions}"],
  },
  tenant: {
    read: ["GET tenants/settings"],
    create: [
      "PATCH tenants/settings {friendly_name,session_lifetime_in_minutes}",
      "PATCH tenants/settings {default_token_quota:null,error_page:null,mtls:null,skip_non_verifiable_callback_uri_confirmation_prompt:null}",
    ],
    update: ["PATCH tenants/settings {friendly_name,session_lifetime_in_minutes}"],
    delete: [],
  },
  triggerActions: {
    read: ["GET actions/triggers/post-login/bindings?page=0&per_page=100"],
    create: ["PATCH actions/triggers/post-login/bindings {bindings}"],
    update: ["PATCH actions/triggers/post-login/bindings {bindings}"],
    delete: ["PATCH actions/triggers/post-login/bindings {bindings}"],
  },
};
