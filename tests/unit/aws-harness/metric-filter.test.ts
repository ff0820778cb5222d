import { describe, expect, test } from "vitest";
import { metricFilter } from "../../harness/aws/metric-filter.ts";

const trail = {
  eventType: "UpdateTrail",
  sourceIPAddress: "111.111.111.111",
  arrayKey: ["value", "another value"],
  objectList: [
    { name: "a", id: 1 },
    { name: "b", id: 2 },
  ],
  SomeObject: null,
  ThisFlag: true,
  latency: 512.5,
};
const people = {
  user: { id: 1, email: "John.Stiles@example.com" },
  users: [
    { id: 2, email: "John.Doe@example.com" },
    { id: 3, email: "Jane.Doe@example.com" },
  ],
  actions: ["GET", "PUT", "DELETE"],
  coordinates: [
    [0, 1, 2],
    [4, 5, 6],
  ],
};

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html, with a twin that does not match beside each
test.each([
  ['{ $.eventType = "UpdateTrail" }', '{ $.eventType = "updateTrail" }', trail],
  ["{ $.sourceIPAddress != 123.123.* }", "{ $.sourceIPAddress != 111.111.* }", trail],
  ['{ $.arrayKey[0] = "value" }', '{ $.arrayKey[1] = "value" }', trail],
  ["{ $.objectList[1].id = 2 }", "{ $.objectList[2].id = 2 }", trail],
  ["{ $.SomeObject IS NULL }", "{ $.ThisFlag IS NULL }", trail],
  ["{ $.SomeOtherObject NOT EXISTS }", "{ $.SomeObject NOT EXISTS }", trail],
  ["{ $.ThisFlag IS TRUE }", "{ $.ThisFlag IS FALSE }", trail],
  ["{ $.latency = * }", "{ $.length = * }", trail],
  ["{ $.latency >= 500 }", "{ $.latency >= 5.13e2 }", trail],
  ["{ $.latency < +1000 }", "{ $.latency < 10e-3 }", trail],
  ["{ $.latency != 500 }", "{ $.latency != 512.5 }", trail],
  ['{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }', "{ $.user.id = 2 && $.user.id = 1 }", people],
  [
    '{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch && $.actions[2] = nomatch }',
    '{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch) && $.actions[2] = nomatch }',
    people,
  ],
  [
    '{ $.actions[2] = "DELETE" }',
    '{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }',
    people,
  ],
  ["{ $.eventType = *Trail }", "{ $.eventType = *Event }", trail],
  ["{ $.eventType = Update* }", '{ $.eventType = "Upd*Trail" }', trail],
  ['{ $.eventType = "*date*" }', '{ $.eventType = "*dateX*" }', trail],
])("%s matches, and %s does not", (matching, other, event) => {
  expect(metricFilter(matching)(event)).toBe(true);
  expect(metricFilter(matching)(JSON.stringify(event))).toBe(true);
  expect(metricFilter(other)(event)).toBe(false);
});

test("neither = nor != matches where the selector points to no text or number", () => {
  for (const sign of ["=", "!="])
    for (const [field, operand] of [
      ["arrayKey", 1],
      ["arrayKey", "x"],
      ["ThisFlag", "x"],
      ["SomeObject", "x"],
      ["absent", "x"],
    ])
      expect(metricFilter(`{ $.${field} ${sign} ${operand} }`)(trail)).toBe(false);
});

describe("a pattern that is none", () => {
  test.each([
    ["ERROR", "a pattern over JSON stands in braces: ERROR"],
    ["[ip, user]", "a pattern over JSON stands in braces: [ip, user]"],
    ["{ }", 'a selector is missing before "}": { }'],
    ["{ $.a }", '" " is no comparison: { $.a }'],
    ["{ $.a = }", '"= " is no comparison: { $.a = }'],
    ["{ $.a == 1 }", '"= =" is no comparison: { $.a == 1 }'],
    ["{ a = 1 }", 'a selector is missing before "a": { a = 1 }'],
    ["{ $.a[*] = 1 }", '"[*] = 1" is not understood: { $.a[*] = 1 }'],
    ["{ $.a = %b% }", '"%b%" is not understood: { $.a = %b% }'],
    ["{ $.a = b@c }", '"@c" is not understood: { $.a = b@c }'],
    ["{ $.a = b-c }", '"= b-c" is no comparison: { $.a = b-c }'],
    ['{ $.a < "b" }', '"< "b"" is no comparison: { $.a < "b" }'],
    ["{ $.a = 'b' }", "\"'b'\" is not understood: { $.a = 'b' }"],
    ["{ $.a IS b }", '"IS b" is no comparison: { $.a IS b }'],
    ["{ $.a EXISTS }", '"EXISTS " is no comparison: { $.a EXISTS }'],
    ["{ ($.a = 1 }", '")" is missing: { ($.a = 1 }'],
    ["{ $.a = 1) }", '")" is too many: { $.a = 1) }'],
    ["{ $.a = 1 & $.b = 2 }", '"& $.b = 2" is not understood: { $.a = 1 & $.b = 2 }'],
    ["{ $.a = 1 &&}", 'a selector is missing before "}": { $.a = 1 &&}'],
  ])("%s is refused", (pattern, message) => {
    expect(() => metricFilter(pattern)).toThrow(message);
  });

  test("is also one that is too long", () => {
    const of = (length: number) => `{ $.a = "${"b".repeat(length - 12)}" }`;
    expect(metricFilter(of(1024))({ a: "c" })).toBe(false);
    expect(() => metricFilter(of(1025))).toThrow("a pattern has at most 1024 characters, not 1025");
  });
});

test("what no document says is no answer", () => {
  expect(() => metricFilter("{ $.a = 400 }")({ a: "400" })).toThrow('no document says whether "400" is 400');
  expect(() => metricFilter('{ $.a = "400" }')({ a: 400 })).toThrow('no document says whether 400 is "400"');
});
