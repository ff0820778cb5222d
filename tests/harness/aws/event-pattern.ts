import { EventBridgeClient, TestEventPatternCommand } from "@aws-sdk/client-eventbridge";
import { account } from "./account.ts";

const anybody = "100000000000";

/**
 * Does an event pattern of EventBridge match an event? Asked by `TestEventPattern`, in the stage `aws` only; serve.py says who answers.
 *
 * ```ts
 * expect(await matches(declared.eventPattern, auth0Event(samples.login))).toBe(true);
 * ```
 * @param pattern as declared, JSON
 * @throws InvalidEventPatternException for a pattern that EventBridge would not take
 */
export async function matches(pattern: string, event: object): Promise<boolean> {
  const client = new EventBridgeClient(account(anybody).settings);
  const { Result } = await client.send(
    new TestEventPatternCommand({ EventPattern: pattern, Event: JSON.stringify(event) }),
  );
  if (Result === undefined) throw new Error("no answer to TestEventPattern");
  return Result;
}
