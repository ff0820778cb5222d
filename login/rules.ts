const docs = "https://auth0.com/docs";
const flows = `${docs}/manage-users/organizations/login-flows-for-organizations`;
const behaviour = `${docs}/manage-users/organizations/configure-organizations/define-organization-behavior`;
const connections = `${docs}/manage-users/organizations/configure-organizations/enable-connections`;
const access = `${docs}/manage-users/organizations/configure-organizations/grant-application-access`;

/** Every rule that may decide something in a login, with its public source. */
export const rules = {
  "organization-requested": `${docs}/manage-users/organizations/custom-development`,
  "organization-not-allowed": behaviour,
  "organization-required": "https://github.com/auth0-samples/auth0-nodejs-webapp-sample/issues/117",
  "organization-by-name": `${docs}/manage-users/organizations/configure-organizations/use-org-name-authentication-api`,
  "organization-unknown": behaviour,
  "third-party-apps": `${docs}/manage-users/organizations/configure-organizations/enable-third-party-application-access`,
  "individual-login": behaviour,
  "credentials-first": flows,
  "organization-prompt": flows,
  "domain-discovery": flows,
  "domain-shared": flows,
  "personal-account": flows,
  "silent-login": `${docs}/authenticate/login/configure-silent-authentication`,
  "single-sign-on": `${docs}/manage-users/sessions`,
  "session-too-old": `${docs}/authenticate/login/max-age-reauthentication`,
  "session-unfit": "switch UNFIT_SESSION",
  "connection-requested": flows,
  "connection-not-enabled": connections,
  "identifier-first": `${docs}/authenticate/login/auth0-universal-login/identifier-first`,
  "home-realm": flows,
  "home-realm-off": `${docs}/authenticate/login/auth0-universal-login/identifier-first`,
  "alias-shared": "switch SHARED_ALIAS",
  button: connections,
  "default-directory": flows,
  "database-fallback": flows,
  "connections-hidden": connections,
  "user-blocked": `${docs}/manage-users/user-accounts/block-and-unblock-users`,
  "connection-of-organization":
    "https://community.auth0.com/t/understanding-access-behavior-with-connections-and-organizations/167644",
  "auto-membership": `${docs}/manage-users/organizations/configure-organizations/grant-just-in-time-membership`,
  "auto-membership-alone": flows,
  membership: "https://github.com/auth0/auth0-server-python/pull/114",
  "no-membership": "https://github.com/auth0-developer-hub/auth0-b2b-saas-starter/issues/61",
  "one-organization": "switch ONE_ORGANIZATION",
  "several-organizations": flows,
  "picker-length": flows,
  picked: flows,
  "application-access": access,
  invitation: `${docs}/manage-users/organizations/configure-organizations/invite-members`,
  actions: `${docs}/customize/actions/explore-triggers/post-login`,
} as const;

export type Rule = keyof typeof rules;

/** One thing that was decided, by which rule, and what it came to. */
export interface Decided {
  readonly rule: Rule;
  readonly source: string;
  readonly says: string;
}

/** Collects what one look at a login decides. */
export class Trace {
  readonly decided: Decided[] = [];

  note(rule: Rule, says: string): void {
    this.decided.push({ rule, source: rules[rule], says });
  }
}
