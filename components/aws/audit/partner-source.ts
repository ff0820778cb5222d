import { setTimeout as wait } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";

/** Seconds before each further attempt: five minutes in all. */
const pauses = [2, 3, 5, 10, 20, 40, 60, 60, 100];

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html */
const notThere = /ResourceNotFoundException/;

/**
 * Whether to create the bus again, and after how many seconds; newest error first. Only where AWS does not know the
 * partner's source yet: whatever else it says stays a failure.
 */
export function pauseBeforeRetry(failedOperation: string, errors: readonly string[]): number | undefined {
  const [latest = ""] = errors;
  return failedOperation === "create" && notThere.test(latest) ? pauses[errors.length - 1] : undefined;
}

/**
 * Auth0 answers with the name of the source that it made in the AWS account; AWS may show it a moment later, and the
 * provider tries once (https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/events/bus.go).
 * Without an engine, as under mocks, nothing is created and nothing is tried again.
 */
export function untilSourceIsThere(name: string): pulumi.ResourceHookBinding | undefined {
  if (!pulumi.runtime.hasEngine()) return undefined;
  const again = async ({ failedOperation, errors }: pulumi.ErrorHookArgs) => {
    const pause = pauseBeforeRetry(failedOperation, errors);
    if (pause === undefined) return false;
    await wait(pause * 1_000);
    return true;
  };
  return { onError: [new pulumi.ErrorHook(`${name}-source`, again)] };
}
