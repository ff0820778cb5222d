import type { Place } from "../place.ts";

/** What the trail's things are called, so that policies can name what is declared after them. */
export function auditNames({ account, region, prefix }: Place) {
  // the console offers only these names as a target: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
  const logGroup = `/aws/events/${prefix}-auth0`;
  const here = `${region}:${account}`;
  return {
    logStream: `${prefix}-audit`,
    rule: `${prefix}-auth0-audit`,
    logGroup,
    logGroupArn: `arn:aws:logs:${here}:log-group:${logGroup}`,
    queue: `${prefix}-auth0-undelivered`,
    topic: `${prefix}-auth0-alarms`,
    key: `alias/${prefix}-auth0-audit`,
    metrics: `${prefix}/Auth0`,
    alarm: (signal: string) => `${prefix}-auth0-${signal}`,
    alarmArns: `arn:aws:cloudwatch:${here}:alarm:${prefix}-auth0-*`,
  };
}

export type AuditNames = ReturnType<typeof auditNames>;
