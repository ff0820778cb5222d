import { expect, test } from "vitest";
import type { Declared } from "../../../../cli/declared/declare.ts";
import type { AuditTrailArgs } from "../../../../components/aws/audit/audit-trail.ts";
import { declared, inputsOf, of, tags, topicArn } from "./audit-trail.ts";

const all = await declared();
const filterNames = (declared: readonly Declared[]) => of(declared, "LogMetricFilter").map(({ inputs }) => inputs.name);

test("each filter counts into the metric of its signal, zero where other events came", () => {
  expect(of(all, "LogMetricFilter").map(({ inputs }) => inputs)).toEqual(
    filterNames(all).map((name) => ({
      name,
      logGroupName: "/aws/events/auth0-b2b-prod-auth0",
      pattern: expect.any(String),
      metricTransformation: expect.objectContaining({
        namespace: "auth0-b2b-prod/Auth0",
        value: "1",
        defaultValue: "0",
        unit: "Count",
      }),
    })),
  );
  const patterns = of(all, "LogMetricFilter").map(({ inputs }) => [
    (inputs.metricTransformation as { name: string }).name,
    inputs.name,
    inputs.pattern,
  ]);
  expect(patterns.map((line) => line.join(" ← "))).toMatchInlineSnapshot(`
    [
      "refused-wrong_type ← refused-wrong_type ← { ($.detail.data.type != "feccft") && (($.detail.data.description = "wrong_type") || ($.detail.data.description = "wrong_type:*")) }",
      "refused-left ← refused-left ← { ($.detail.data.type != "feccft") && (($.detail.data.description = "left") || ($.detail.data.description = "left:*")) }",
      "refused-suspended ← refused-suspended ← { ($.detail.data.type != "feccft") && (($.detail.data.description = "suspended") || ($.detail.data.description = "suspended:*")) }",
      "refused-org_required ← refused-org_required ← { ($.detail.data.type != "feccft") && (($.detail.data.description = "org_required") || ($.detail.data.description = "org_required:*")) }",
      "refused-login-without-code ← refused-login-without-code ← { ($.detail.data.type = "f") }",
      "refused-login-without-code-explained ← refused-login-with-code-1 ← { ($.detail.data.type = "f") && ((($.detail.data.description = "wrong_type") || ($.detail.data.description = "wrong_type:*")) || (($.detail.data.description = "left") || ($.detail.data.description = "left:*")) || (($.detail.data.description = "suspended") || ($.detail.data.description = "suspended:*"))) }",
      "refused-login-without-code-explained ← refused-login-with-code-2 ← { ($.detail.data.type = "f") && (($.detail.data.description = "org_required") || ($.detail.data.description = "org_required:*")) }",
      "refused-renewal-without-code ← refused-renewal-without-code ← { (($.detail.data.type = "fs") || ($.detail.data.type = "fcp") || ($.detail.data.type = "fcpr") || ($.detail.data.type = "fertft")) }",
      "refused-renewal-without-code-explained ← refused-renewal-with-code-1 ← { (($.detail.data.type = "fs") || ($.detail.data.type = "fcp") || ($.detail.data.type = "fcpr") || ($.detail.data.type = "fertft")) && ((($.detail.data.description = "wrong_type") || ($.detail.data.description = "wrong_type:*")) || (($.detail.data.description = "left") || ($.detail.data.description = "left:*")) || (($.detail.data.description = "suspended") || ($.detail.data.description = "suspended:*"))) }",
      "refused-renewal-without-code-explained ← refused-renewal-with-code-2 ← { (($.detail.data.type = "fs") || ($.detail.data.type = "fcp") || ($.detail.data.type = "fcpr") || ($.detail.data.type = "fertft")) && (($.detail.data.description = "org_required") || ($.detail.data.description = "org_required:*")) }",
      "refused-machine ← refused-machine ← { ($.detail.data.type = "feccft") }",
      "attack ← attack ← { (($.detail.data.type = "limit_wc") || ($.detail.data.type = "limit_sul") || ($.detail.data.type = "limit_mu") || ($.detail.data.type = "limit_delegation") || ($.detail.data.type = "limit_phone") || ($.detail.data.type = "pwd_leak") || ($.detail.data.type = "signup_pwd_leak") || ($.detail.data.type = "reset_pwd_leak") || ($.detail.data.type = "gd_otp_rate_limit_exceed") || ($.detail.data.type = "gd_recovery_rate_limit_exceed") || ($.detail.data.type = "ferrt")) }",
      "gate-failed ← gate-failed ← { ($.detail.data.type = "actions_execution_failed") }",
      "api-limit ← api-limit ← { (($.detail.data.type = "api_limit") || ($.detail.data.type = "api_limit_warning")) }",
      "break-glass ← break-glass-2 ← { ($.detail.data.user_name = "glass@acme.example") }",
    ]
  `);
});

test("each signal has an alarm that says what it means and where to read on", () => {
  const [first] = of(all, "MetricAlarm");
  expect(first?.inputs).toEqual({
    name: "auth0-b2b-prod-auth0-refused-wrong_type",
    alarmDescription: 'People were refused with wrong_type. What to do: docs/audit-trail.md, "refused-wrong_type".',
    namespace: "auth0-b2b-prod/Auth0",
    metricName: "refused-wrong_type",
    statistic: "Sum",
    period: 3600,
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    threshold: 20,
    evaluationPeriods: 1,
    treatMissingData: "notBreaching",
    alarmActions: [topicArn],
    okActions: [topicArn],
    tags,
  });
  for (const { name, inputs } of of(all, "MetricAlarm")) {
    expect(name).toBe(`audit-${String(inputs.name).replace("auth0-b2b-prod-auth0-", "")}`);
    expect(inputs).toMatchObject({ alarmActions: [topicArn], okActions: [topicArn], tags });
  }
});

/** When an alarm rings, in one line. */
function whenOf({ inputs }: Declared): string {
  const { name, namespace, metricName, statistic, period, metricQueries, dimensions } = inputs;
  const { comparisonOperator, threshold, evaluationPeriods, datapointsToAlarm, treatMissingData } = inputs;
  const of = dimensions ? ` of ${Object.entries(dimensions).join(", ")}` : "";
  const measured = metricQueries
    ? JSON.stringify(metricQueries)
    : `${statistic} ${namespace} ${metricName}${of} in ${period} s`;
  const often = datapointsToAlarm === undefined ? `${evaluationPeriods}` : `${datapointsToAlarm}/${evaluationPeriods}`;
  return `${name}: ${measured} ${comparisonOperator} ${threshold}, ${often} times; without data ${treatMissingData}`;
}

test("alarms ring at the first of some events, at so many refusals of others, and when nothing comes", () => {
  expect(of(all, "MetricAlarm").map(whenOf)).toMatchInlineSnapshot(`
    [
      "auth0-b2b-prod-auth0-refused-wrong_type: Sum auth0-b2b-prod/Auth0 refused-wrong_type in 3600 s GreaterThanOrEqualToThreshold 20, 1 times; without data notBreaching",
      "auth0-b2b-prod-auth0-refused-left: Sum auth0-b2b-prod/Auth0 refused-left in 3600 s GreaterThanOrEqualToThreshold 20, 1 times; without data notBreaching",
      "auth0-b2b-prod-auth0-refused-suspended: Sum auth0-b2b-prod/Auth0 refused-suspended in 3600 s GreaterThanOrEqualToThreshold 20, 1 times; without data notBreaching",
      "auth0-b2b-prod-auth0-refused-org_required: Sum auth0-b2b-prod/Auth0 refused-org_required in 3600 s GreaterThanOrEqualToThreshold 20, 1 times; without data notBreaching",
      "auth0-b2b-prod-auth0-refused-login-without-code: [{"id":"all","metric":{"metricName":"refused-login-without-code","namespace":"auth0-b2b-prod/Auth0","period":3600,"stat":"Sum"},"returnData":false},{"id":"explained","metric":{"metricName":"refused-login-without-code-explained","namespace":"auth0-b2b-prod/Auth0","period":3600,"stat":"Sum"},"returnData":false},{"expression":"FILL(all, 0) - FILL(explained, 0)","id":"rest","label":"refused-login-without-code","returnData":true}] GreaterThanOrEqualToThreshold 20, 1 times; without data notBreaching",
      "auth0-b2b-prod-auth0-refused-renewal-without-code: [{"id":"all","metric":{"metricName":"refused-renewal-without-code","namespace":"auth0-b2b-prod/Auth0","period":3600,"stat":"Sum"},"returnData":false},{"id":"explained","metric":{"metricName":"refused-renewal-without-code-explained","namespace":"auth0-b2b-prod/Auth0","period":3600,"stat":"Sum"},"returnData":false},{"expression":"FILL(all, 0) - FILL(explained, 0)","id":"rest","label":"refused-renewal-without-code","returnData":true}] GreaterThanOrEqualToThreshold 20, 1 times; without data notBreaching",
      "auth0-b2b-prod-auth0-refused-machine: Sum auth0-b2b-prod/Auth0 refused-machine in 3600 s GreaterThanOrEqualToThreshold 20, 1 times; without data notBreaching",
      "auth0-b2b-prod-auth0-attack: Sum auth0-b2b-prod/Auth0 attack in 3600 s GreaterThanOrEqualToThreshold 1, 1 times; without data notBreaching",
      "auth0-b2b-prod-auth0-gate-failed: Sum auth0-b2b-prod/Auth0 gate-failed in 300 s GreaterThanOrEqualToThreshold 1, 1 times; without data notBreaching",
      "auth0-b2b-prod-auth0-api-limit: Sum auth0-b2b-prod/Auth0 api-limit in 300 s GreaterThanOrEqualToThreshold 1, 1 times; without data notBreaching",
      "auth0-b2b-prod-auth0-break-glass: Sum auth0-b2b-prod/Auth0 break-glass in 300 s GreaterThanOrEqualToThreshold 1, 1 times; without data notBreaching",
      "auth0-b2b-prod-auth0-quiet: Sum AWS/Logs IncomingLogEvents of LogGroupName,/aws/events/auth0-b2b-prod-auth0 in 3600 s LessThanThreshold 1, 24/24 times; without data breaching",
      "auth0-b2b-prod-auth0-undelivered: Maximum AWS/SQS ApproximateNumberOfMessagesVisible of QueueName,auth0-b2b-prod-auth0-undelivered in 300 s GreaterThanOrEqualToThreshold 1, 1 times; without data notBreaching",
      "auth0-b2b-prod-auth0-lost: Sum AWS/Events InvocationsFailedToBeSentToDlq of EventBusName,aws.partner/auth0.com/travel-7f0c/auth0.logs, RuleName,auth0-b2b-prod-auth0-audit in 300 s GreaterThanOrEqualToThreshold 1, 1 times; without data notBreaching",
    ]
  `);
});

test("without break-glass accounts nothing watches them", async () => {
  const none = await declared({ breakGlass: [] });
  expect(filterNames(all).filter((name) => !filterNames(none).includes(name))).toEqual(["break-glass-2"]);
  expect(of(none, "MetricAlarm")).toHaveLength(of(all, "MetricAlarm").length - 1);
});

test("one company more with a break-glass account changes one filter, however many there are", async () => {
  const accounts = Array.from({ length: 300 }, (_, at) => ({
    slug: `company-${at}`,
    address: `glass@company-${at}.example`,
  }));
  const patterns = async (breakGlass: AuditTrailArgs["breakGlass"]) =>
    inputsOf(await declared({ breakGlass }), "LogMetricFilter").map(({ pattern }) => pattern);
  const before = await patterns(accounts);
  const after = await patterns([...accounts, { slug: "acme", address: "glass@acme.example" }]);
  expect(after).toHaveLength(before.length);
  expect(after.filter((pattern) => !before.includes(pattern))).toHaveLength(1);
});

test("what AWS would refuse is refused before it is asked for", async () => {
  const long = Array.from({ length: 20 }, () => ({ slug: "acme", address: "a.long.name@of.a.company.example" }));
  const faults: [Partial<AuditTrailArgs>, string][] = [
    [{ quietHours: 0 }, "0 quiet hours; allowed: whole ones, 1 to 168"],
    [{ quietHours: 169 }, "169 quiet hours; allowed: whole ones, 1 to 168"],
    [{ quietHours: 1.5 }, "1.5 quiet hours; allowed: whole ones, 1 to 168"],
    [
      { retentionDays: 100 },
      "events kept for 100 days; allowed: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
    ],
    [
      { codes: Array.from({ length: 60 }, (_, at) => `code_${at}`) },
      "107 filters over the log; allowed: 100, so fewer refusal codes",
    ],
    [
      { breakGlass: long },
      "the pattern of filter break-glass-2 has 1322 characters; allowed: 1024, so fewer or shorter names in it",
    ],
  ];
  for (const [changes, message] of faults) await expect(declared(changes)).rejects.toThrow(message);
});
