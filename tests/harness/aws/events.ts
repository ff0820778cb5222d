import { type RefusalCode, refusal, refusalText } from "../../../access/refusal.ts";

/** An event of EventBridge, as a rule's target gets it: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html */
interface LogEvent {
  readonly version: "0";
  readonly id: string;
  readonly "detail-type": "Auth0 log";
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: { readonly log_id: string; readonly data: LogData };
}

/** What Auth0 logged: of `type`, and by the schema of that type (https://github.com/auth0/auth0-log-schemas). */
type LogData = { readonly type: string; readonly description: string } & Readonly<Record<string, unknown>>;

const LOG_ID = "90020261129101500123456000000000000001223372036854775807";

/**
 * An entry of Auth0's log as its stream brings it to EventBridge (https://auth0.com/docs/customize/log-streams/amazon-eventbridge).
 *
 * ```ts
 * auth0Event(samples.login); auth0Event(refused("org_required:acme")); auth0Event(samples.wrongPassword, { user_name: "b@c.example" });
 * ```
 * @param changes in the entry; undefined leaves one out
 * @param source the partner event source, as the log stream answered with
 */
export function auth0Event(
  data: LogData,
  changes: Readonly<Record<string, unknown>> = {},
  source = "aws.partner/auth0.com/tenant-635d694a-8a5a-4f1a-b223-1e0424edd19a/auth0.logs",
): LogEvent {
  return {
    version: "0",
    id: "623053cf-8e0f-9203-f464-e789cf18b0e2",
    "detail-type": "Auth0 log",
    source,
    account: "111111111111",
    time: "2026-11-29T10:15:00Z",
    region: "eu-central-1",
    resources: [],
    detail: { log_id: LOG_ID, data: JSON.parse(JSON.stringify({ ...data, ...changes })) },
  };
}

const always = {
  date: "2026-11-29T10:14:59.123Z",
  user_agent: "Chrome 120.0.0 / Mac OS X 10.15.7",
  tenant_name: "tenant",
  environment_name: "prod-eu-1",
  log_id: LOG_ID,
};
const ip = { ip: "203.0.113.7" };
const app = { ...ip, client_id: "8WJfX9YgL1mRzN4qTb7cVd2kHs6pEu0A", client_name: "Portal" };
const machine = { client_id: "Zk3pQw8LmN5vRt1XyB6cJd9fGh2sUa4E", client_name: "acme: erp", user_id: "" };
const api = { hostname: "tenant.eu.auth0.com" };
const person = { user_id: "auth0|6568b0f1c2d3e4f5a6b7c8d9", user_name: "ada@acme.example" };
const organization = { organization_id: "org_1a2B3c4D5e6F7g8H", organization_name: "acme" };
const password = {
  connection: "acme-password",
  connection_id: "con_1a2B3c4D5e6F7g8H",
  strategy: "auth0",
  strategy_type: "database",
};
const audience = { audience: "https://api.example/", scope: "read:orders" };
const executions = { actions: { executions: ["jHl9TzYxVbNmQwErTyUiOpAsDfGhJkLz"] } };
const reset = {
  body: {
    client_id: app.client_id,
    connection: "acme-password",
    debug: false,
    email: person.user_name,
    tenant: "tenant",
    verify: true,
  },
};
const wrong = "Wrong email or password.";
const secondFactor = {
  request: {
    auth: {},
    body: {},
    ...ip,
    method: "POST",
    path: "/api/verify-otp",
    query: "",
    userAgent: "Chrome",
  },
  response: {},
};

const entry = <T extends string>(
  type: T,
  description: string,
  ...parts: readonly object[]
): LogData & { readonly type: T } => Object.assign({ type, description }, always, ...parts);

const loginOf = (type: string, description: string, details: object) =>
  entry(type, description, app, api, person, password, organization, { details });
const blocked = (type: string, description: string) =>
  entry(type, description, app, api, person, { connection: password.connection });

/**
 * One of each kind of entry that the audit trail tells apart, and of those that it has to leave alone. Keys and their types are those of Auth0's
 * schemas; `signup_pwd_leak` has none, and is written as `pwd_leak` (https://auth0.com/docs/deploy-monitor/logs/log-event-type-codes).
 */
export const samples = {
  // what goes well
  login: loginOf("s", "Successful login", { session_id: "s1", ...executions }),
  signup: loginOf("ss", "", { body: { email: person.user_name } }),
  silentLogin: entry("ssa", "", app, api, person, { details: executions }),
  codeExchange: entry("seacft", "", app, api, person, { audience: audience.audience }, { details: { code: "***" } }),
  refresh: entry("sertft", "", app, person, audience, { details: executions }),
  passwordReset: entry("scpr", "", app, person, password, { details: reset }),
  machineToken: entry("seccft", "", machine, ip, api, audience, { details: executions }),
  apiOperation: entry("sapi", "Update a client", machine, ip, {
    details: { request: { method: "patch" }, response: { statusCode: 200 } },
  }),

  // what is refused
  failedLogin: loginOf("f", "Unable to issue redirect for OAuth 2.0 transaction", {
    error: { message: "Unable to issue redirect for OAuth 2.0 transaction", oauthError: "server_error" },
  }),
  wrongPassword: entry("fp", wrong, app, person, password, organization, { details: { error: { message: wrong } } }),
  unknownUser: entry("fu", wrong, app, { user_id: "", user_name: person.user_name }, password, organization, {
    details: { error: { message: wrong } },
  }),
  failedSilentLogin: entry("fsa", "Login required", app, api, audience),
  failedSignup: entry("fs", "The user already exists.", app, person, password, { details: {} }),
  failedPasswordChange: entry("fcp", "Password is too weak", app, person, password, {
    details: { body: {}, description: "Password is too weak", query: { email: person.user_name } },
  }),
  failedPasswordReset: entry("fcpr", "Bad Request: email is required", app, person, password, { details: reset }),
  failedCodeExchange: entry("feacft", "Invalid authorization code", app, api, { details: { code: "***" } }),
  failedRefresh: entry("fertft", "Unknown or invalid refresh token.", app, api, person, audience, { details: {} }),
  failedMachineToken: entry("feccft", "Unauthorized", machine, ip, api, audience),
  failedSecondFactor: entry("gd_auth_failed", "Wrong code", app, person, { details: secondFactor }),
  failedAction: loginOf("actions_execution_failed", "Execution of an Action failed", {
    ...{
      trigger_id: "post-login",
      execution_id: "jHl9TzYx",
      action_id: "b1d0",
      action_name: "gate",
      version_id: "c2e1",
    },
    ...{ binding_id: "d3f2", error_class: "action_timeout" },
  }),

  // what Auth0 reports by itself
  blockedAccount: blocked("limit_wc", "An IP address is blocked after 10 failed login attempts into a single account"),
  blockedUser: blocked("limit_sul", "Too many logins of a user from the same IP address"),
  blockedAddress: blocked("limit_mu", "Too many failed logins from an IP address"),
  leakedPassword: blocked("pwd_leak", "Login with a leaked password"),
  leakedPasswordAtSignup: blocked("signup_pwd_leak", "Sign-up with a leaked password"),
  leakedPasswordAtReset: blocked("reset_pwd_leak", "Reset with a leaked password"),
  reusedRefreshToken: entry("ferrt", "Refresh token was reused", app, api, person, audience, {
    details: { familyId: "f1", latestCounter: 3, tokenCounter: 2 },
  }),
  guessedCode: entry("gd_otp_rate_limit_exceed", "Too many wrong codes", app, person, { details: secondFactor }),

  // what the tenant's limits say
  apiLimit: entry("api_limit", "Global limit has been reached", machine, api, {
    details: { limit: { bucket: "tenant", global: true, size: 50 }, request: { method: "GET", path: "/api/v2/users" } },
  }),
  apiLimitWarning: entry("api_limit_warning", "Global limit is about to be reached", machine, api, {
    details: {
      limit: { bucket: "tenant", global: true, size: 50, usage: 40 },
      request: { method: "GET", path: "/api/v2/users" },
    },
  }),
  peakApi: entry("appi", "Peak performance was initiated", machine, {
    details: {
      docs: "https://auth0.com/docs",
      total_hours_allocated: 48,
      total_hours_consumed: 1,
      total_hours_remaining: 47,
    },
  }),
} satisfies Readonly<Record<string, LogData>>;

/**
 * A login that an Action denied: the text that the Action gave, as the description and as the error's message. Which of both Auth0 fills is
 * documented for no type, so a test takes both away in turn.
 * @param code a refusal's code, or `org_required:<slug>`
 * @param of what was refused; a login by default
 */
export function refused(code: RefusalCode | `org_required:${string}`, of: LogData = samples.failedLogin): LogData {
  const [name = ""] = code.split(":");
  const text = refusalText({ ...refusal(name as RefusalCode), code });
  if (of.type !== "f") return { ...of, description: text };
  return {
    ...of,
    description: text,
    details: { error: { message: text, oauthError: "access_denied", type: "oauth-authorization" } },
  };
}

/** The same entry about somebody else, such as a break-glass account. */
export const of = (data: LogData, user_name: string): LogData => ({ ...data, user_name });
