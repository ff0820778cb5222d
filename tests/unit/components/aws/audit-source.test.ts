import { expect, test } from "vitest";
import { pauseBeforeRetry } from "../../../../components/aws/audit/partner-source.ts";

const missing =
  "creating EventBridge Event Bus (aws.partner/auth0.com/travel-7f0c/auth0.logs): operation error EventBridge: CreateEventBus, " +
  "https response error StatusCode: 400, RequestID: 1, ResourceNotFoundException: Event source aws.partner/auth0.com/travel-7f0c/auth0.logs does not exist.";

test("the bus is tried again for five minutes while AWS does not know the source, and then given up", () => {
  const pauses = Array.from({ length: 12 }, (_, at) => pauseBeforeRetry("create", Array(at + 1).fill(missing)));
  expect(pauses).toEqual([2, 3, 5, 10, 20, 40, 60, 60, 100, undefined, undefined, undefined]);
});

test("nothing else is tried again", () => {
  const other = "creating EventBridge Event Bus (x): ResourceAlreadyExistsException: Event bus x already exists.";
  expect(pauseBeforeRetry("create", [other])).toBeUndefined();
  expect(pauseBeforeRetry("create", [other, missing])).toBeUndefined();
  expect(pauseBeforeRetry("update", [missing])).toBeUndefined();
  expect(pauseBeforeRetry("delete", [missing])).toBeUndefined();
  expect(pauseBeforeRetry("create", [])).toBeUndefined();
});
