import { expect, test } from "vitest";
import { matches } from "../harness/aws/event-pattern.ts";
import { auth0Event, samples } from "../harness/aws/events.ts";

const login = auth0Event(samples.login);

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html, with a twin that does not match beside each
test.each([
  [{ source: [login.source] }, { source: ["auth0.com"] }],
  [{ source: [{ prefix: "aws.partner/auth0.com/" }] }, { source: [{ prefix: "auth0.com" }] }],
  [{ source: [{ suffix: "/auth0.logs" }] }, { source: [{ suffix: "/auth0.log" }] }],
  [{ detail: { data: { type: ["s", "ss"] } } }, { detail: { data: { type: ["f", "fp"] } } }],
  [
    { detail: { data: { type: [{ "anything-but": ["f"] }] } } },
    { detail: { data: { type: [{ "anything-but": ["s"] }] } } },
  ],
  [{ detail: { data: { scope: [{ exists: false }] } } }, { detail: { data: { type: [{ exists: false }] } } }],
  [{ detail: { data: { type: [{ "equals-ignore-case": "S" }] } } }, { detail: { data: { type: ["S"] } } }],
  [
    { detail: { data: { user_name: [{ wildcard: "*@acme.example" }] } } },
    { detail: { data: { user_name: [{ wildcard: "*@b" }] } } },
  ],
  [
    { detail: { $or: [{ log_id: ["x"] }, { data: { type: ["s"] } }] } },
    { detail: { $or: [{ log_id: ["x"] }, { data: { type: ["f"] } }] } },
  ],
  [
    { detail: { data: { ip: [{ cidr: "203.0.113.0/24" }] } } },
    { detail: { data: { ip: [{ cidr: "203.0.114.0/24" }] } } },
  ],
])("%j matches, and %j does not", async (matching, other) => {
  expect(await matches(JSON.stringify(matching), login)).toBe(true);
  expect(await matches(JSON.stringify(other), login)).toBe(false);
});

test.each([
  ["{", "Event pattern is not valid."],
  ['{"source":"a"}', "Event pattern is not valid."],
  ['{"source":[]}', "Event pattern is not valid."],
  ['{"source":[{"begins":"a"}]}', "Event pattern is not valid. Reason: Unrecognized match type begins"],
])("%s is refused", async (pattern, message) => {
  await expect(matches(pattern, login)).rejects.toMatchObject({
    name: "InvalidEventPatternException",
    message: expect.stringContaining(message),
  });
});
