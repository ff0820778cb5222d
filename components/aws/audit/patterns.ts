/**
 * Filter patterns of CloudWatch Logs: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * A comparison with a property that is not there is false, also with `!=`; so nothing here rests on one.
 */

/** What Auth0 logged lies under `detail.data` of the event: https://github.com/aws-samples/amazon-eventbridge-integration-with-auth0/blob/main/events/event.json */
export type Field = "type" | "description" | "user_name";

const selector = (field: Field) => `$.detail.data.${field}`;

/** `*` at an end of the value stands for any text. */
export const is = (field: Field, value: string) => `(${selector(field)} = "${value}")`;

/** For a field that every event has. */
export const isNot = (field: Field, value: string) => `(${selector(field)} != "${value}")`;

export const either = (conditions: readonly string[]) =>
  conditions.length === 1 ? `${conditions[0]}` : `(${conditions.join(" || ")})`;

export const every = (conditions: readonly string[]) => `{ ${conditions.join(" && ")} }`;

export const ofTypes = (types: readonly string[]) => either(types.map((type) => is("type", type)));
