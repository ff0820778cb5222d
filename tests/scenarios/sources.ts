const docs = "https://auth0.com/docs";
const organizations = `${docs}/manage-users/organizations`;
const configure = `${organizations}/configure-organizations`;

/** Where Auth0 says what a case expects; the business case's own rules are those of its public question. */
export const at = {
  flows: `${organizations}/login-flows-for-organizations`,
  behaviour: `${configure}/define-organization-behavior`,
  required: "https://github.com/auth0-samples/auth0-nodejs-webapp-sample/issues/117",
  noMembership: "https://github.com/auth0-developer-hub/auth0-b2b-saas-starter/issues/61",
  membership: "https://github.com/auth0/auth0-server-python/pull/114",
  connections: `${configure}/enable-connections`,
  connectionOfOrganization:
    "https://community.auth0.com/t/understanding-access-behavior-with-connections-and-organizations/167644",
  justInTime: `${configure}/grant-just-in-time-membership`,
  membershipFirst: "https://community.auth0.com/t/organization-user-onboarding-without-enable-auto-membership/200110",
  applications: `${configure}/grant-application-access`,
  thirdParty: `${configure}/enable-third-party-application-access`,
  names: `${configure}/use-org-name-authentication-api`,
  domains: `${configure}/create-org-domains`,
  invitations: `${configure}/invite-members`,
  machines: `${organizations}/organizations-for-m2m-applications`,
  personalPrompt: "https://github.com/auth0/universal-login/pull/390",
  texts: `${docs}/customize/login-pages/universal-login/customize-text-elements`,
  identifierFirst: `${docs}/authenticate/login/auth0-universal-login/identifier-first`,
  universalLogin: `${docs}/authenticate/login/auth0-universal-login/universal-login-vs-classic-login/universal-experience`,
  azure: "https://community.auth0.com/t/azure-ad-enterprise-connection-disable-hrd-on-domain/169644",
  bypass: "https://community.auth0.com/t/database-to-sso-migration/71253",
  routingIsNoGuard:
    "https://support.auth0.com/center/s/article/enforce-email-domain-validation-for-auth0-enterprise-connections",
  consent: `${docs}/get-started/applications/confidential-and-public-applications/user-consent-and-third-party-applications`,
  apiPolicy: `${docs}/get-started/apis/api-access-policies-for-applications`,
  prompts: `${docs}/troubleshoot/product-lifecycle/deprecations-and-migrations`,
  silent: `${docs}/authenticate/login/configure-silent-authentication`,
  sessions: `${docs}/get-started/architecture-scenarios/multiple-organization-architecture/single-identity-provider-organizations/authentication`,
  postLogin: `${docs}/customize/actions/explore-triggers/post-login`,
  afterDenial: `${docs}/customize/actions/redirect-with-actions`,
  refreshOrganization: "https://github.com/auth0/auth0-spa-js/issues/1055",
  roles: "https://community.auth0.com/t/organization-permissions-claim-empty/99135",
  rbac: `${docs}/get-started/apis/enable-role-based-access-control-for-apis`,
  metadata: `${docs}/manage-users/user-accounts/metadata/metadata-fields-data`,
  reset: `${docs}/customize/actions/explore-triggers/password-reset-triggers`,
  blocked: `${docs}/manage-users/user-accounts/block-and-unblock-users`,
  maxAge: `${docs}/authenticate/login/max-age-reauthentication`,
  operators: `${docs}/secure/tokens/access-tokens/management-api-access-tokens`,
  registration: `${docs}/customize/actions/explore-triggers/pre-user-registration`,
  saml: `${docs}/authenticate/identity-providers/enterprise-identity-providers/saml`,
  samlMapping: "https://auth0.github.io/node-auth0/types/management.Management.ConnectionFieldsMapSaml.html",
  samlStatus: "https://github.com/auth0/passport-wsfed-saml2/blob/master/lib/passport-wsfed-saml2/samlp.js",
  justInTimeOff:
    "https://support.auth0.com/center/s/article/unexpected-jit-user-provisioning-is-disabled-error-for-scim-provisioned-users",
  case: "https://community.auth0.com/t/using-organizations/200287",
} as const;
