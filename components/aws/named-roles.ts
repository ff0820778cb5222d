import type { Input } from "@pulumi/pulumi";
import type { Statement } from "./policy.ts";

/**
 * Refuses actions to everybody but these roles, whatever a policy of their own says. In the policy of what the roles use; who may change
 * that policy may still change it.
 */
export function onlyRoles(
  sid: string,
  roles: readonly string[],
  actions: readonly string[],
  resources: readonly Input<string>[],
): Statement {
  return {
    sid,
    effect: "Deny",
    principals: { aws: ["*"] },
    actions,
    resources,
    conditions: { ArnNotEquals: { "aws:PrincipalArn": roles } }, // of a session: the ARN of its role
  };
}
