import { beforeAll, expect, test } from "vitest";
import { connectedTenant, type Declared, declare } from "../../cli/declared/declare.ts";
import { declareTenant } from "../../stacks/declare.ts";
import { withAws } from "../harness/aws/settings.ts";
import { declared as declaredBootstrap } from "../unit/bootstrap/prod.ts";
import { loads } from "./cost/load.ts";
import { costOf, isOfAws, total } from "./cost/model.ts";
import { free, priced } from "./cost/rules.ts";

const stacks = ["local", "dev", "staging", "prod"] as const;
const [few, many] = loads;
const declared = new Map<string, readonly Declared[]>();
const of = (stack: (typeof stacks)[number]) => declared.get(stack) ?? [];

let bootstrap: readonly Declared[] = [];

beforeAll(async () => {
  bootstrap = await declaredBootstrap();
  for (const stack of stacks) {
    declared.set(stack, await declare(() => declareTenant(withAws(stack), connectedTenant), { stack }));
  }
});

test("each type of AWS that a stack or the bootstrap declares has a price or is known to cost nothing, and no other is listed", () => {
  const all = [...stacks.flatMap(of), ...bootstrap];
  const types = new Set(all.filter(isOfAws).map(({ type }) => type));
  expect([...Object.keys(priced), ...Object.keys(free)].toSorted()).toEqual([...types].toSorted());
});

test("a type that nobody has looked up is refused, and so is a kind that costs more", () => {
  const like = (type: string, change: (inputs: Declared["inputs"]) => object): Declared[] =>
    of("prod").map((one) => (one.type === type ? { ...one, inputs: { ...one.inputs, ...change(one.inputs) } } : one));
  const [bus] = of("prod").filter(({ type }) => type === "aws:cloudwatch/eventBus:EventBus");
  if (!bus) throw new Error("no bus");
  const table = { ...bus, type: "aws:dynamodb/table:Table" };
  expect(() => costOf([...of("prod"), table], few)).toThrow("aws:dynamodb/table:Table: no price is known of it");
  expect(() =>
    costOf(
      like("aws:ssm/parameter:Parameter", () => ({ tier: "Advanced" })),
      few,
    ),
  ).toThrow("tier is Advanced, and only that of Standard has a price here");
  expect(() =>
    costOf(
      like("aws:sns/topicSubscription:TopicSubscription", () => ({ protocol: "sms" })),
      few,
    ),
  ).toThrow("protocol is sms, and only that of email has a price here");
  expect(() =>
    costOf(
      like("aws:cloudwatch/logGroup:LogGroup", () => ({ logGroupClass: "DELIVERY" })),
      few,
    ),
  ).toThrow("logGroupClass is DELIVERY, and only that of STANDARD has a price here");
  expect(() =>
    costOf(
      like("aws:cloudwatch/logGroup:LogGroup", () => ({ retentionInDays: undefined })),
      few,
    ),
  ).toThrow("retentionInDays is no number");
  expect(() =>
    costOf(
      of("prod").filter(({ type }) => !type.includes("Lifecycle")),
      few,
    ),
  ).toThrow("old versions are kept for ever");
});

/** Of one line, in cents as a person works them out. */
function cents(stack: (typeof stacks)[number], load: (typeof loads)[number], type: string, what: string): number {
  const lines = costOf(of(stack), load).filter((line) => line.type.endsWith(`:${type}`) && line.what === what);
  return Math.round(100 * total(lines));
}

test("what is paid for follows what is declared", () => {
  // 365 days a year, a twelfth of them a month: 30.42 × 100,000 × 4 = 12.17 million entries, each of 3,026 bytes.
  expect(cents("prod", many, "EventBus", "events")).toBe(1217);
  expect(cents("prod", many, "LogGroup", "GB written")).toBe(1841); // 36.8 GB, 50 cents each
  expect(cents("prod", many, "LogGroup", "GB kept")).toBe(1325); // 12 months of them, 3 cents each
  expect(cents("prod", few, "Key", "versions")).toBe(600); // 2 keys
  expect(Math.round(100 * total(costOf(bootstrap, few)))).toBe(600); // 2 more
  expect(cents("prod", few, "Secret", "secrets")).toBe(280); // 7 secrets
  expect(cents("local", few, "Secret", "secrets")).toBe(360); // and the machines of two companies
  expect(cents("prod", many, "EmailIdentity", "mails")).toBe(2433); // 152,083 mails
  expect(cents("prod", many, "MetricAlarm", "metrics")).toBe(220); // 20 alarms, two of them on two metrics
  const metrics = new Set(
    of("prod")
      .filter(({ type }) => type.endsWith(":LogMetricFilter"))
      .map(({ inputs }) => (inputs.metricTransformation as { name: string }).name),
  );
  expect(cents("prod", few, "LogMetricFilter", "metrics")).toBe(30 * metrics.size);
});

test("an environment without a part pays nothing for it", async () => {
  const { aws, ...settings } = withAws("prod");
  if (!aws) throw new Error("no setting aws");
  const { auditTrail: _, mail: __, ...rest } = aws;
  const some = await declare(() => declareTenant({ ...settings, aws: rest }, connectedTenant), { stack: "prod" });
  const parts = (all: readonly Declared[]) => [...new Set(costOf(all, many).map(({ part }) => part))];
  expect(parts(of("prod"))).toEqual(["audit trail", "credentials", "app settings", "mail", "login domain"]);
  expect(parts(some)).toEqual(["credentials", "app settings", "login domain"]);
  const none = await declare(() => declareTenant(settings, connectedTenant), { stack: "prod" });
  expect(costOf(none, many)).toEqual([]);
});
