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
 * For the bus: Auth0 answers with the name of the source that it made in the AWS account; AWS may show it a moment later, and
 * the provider tries once (https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/events/bus.go).
 * @returns undefined where nothing can be tried again: the `up` fails then, and the next one makes the bus
 */
export async function untilSourceIsThere(name: string): Promise<pulumi.ResourceHookBinding | undefined> {
  if (!(await takesErrorHooks(`${name}-probe`))) return undefined;
  const again = async ({ failedOperation, errors }: pulumi.ErrorHookArgs) => {
    const pause = pauseBeforeRetry(failedOperation, errors);
    if (pause === undefined) return false;
    await wait(pause * 1_000);
    return true;
  };
  return { onError: [new pulumi.ErrorHook(`${name}-source`, again)] };
}

/**
 * Mocks take none, nor does what is older than 3.219. Asked by doing it: a language host of before that, between a newer engine
 * and the program, says what the engine can do and does not let it through.
 */
async function takesErrorHooks(name: string): Promise<boolean> {
  if (pulumi.runtime.getEngine() === undefined) return false;
  try {
    await pulumi.runtime.getCallbacks()?.registerErrorHook({ name, callback: () => false });
    return true;
  } catch {
    return false;
  }
}
