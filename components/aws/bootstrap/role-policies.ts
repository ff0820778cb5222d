import { documentOf, type Statement } from "../policy.ts";
import { bootstrapNames } from "./names.ts";
import { permissionStatements } from "./permissions.ts";
import type { Scope } from "./scope.ts";

/** Characters of all policies that stand in a role, spaces not counted: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const limit = 10_240;

/** What each role may do: with the program's resources, and with its state. */
export function roleStatements(scope: Scope): { readonly preview: Statement[]; readonly deploy: Statement[] } {
  const { bucketArn } = bootstrapNames(scope.place);
  const reading = stateReading(bucketArn);
  return {
    preview: [...reading, ...permissionStatements(scope, ["read"])],
    deploy: [...reading, stateWriting(bucketArn), ...permissionStatements(scope, ["read", "write"])],
  };
}

/** What IAM would refuse of it, in one sentence; undefined where it is fine. `deploy` may all that `preview` may. */
export function overLimit(scope: Scope): string | undefined {
  const size = JSON.stringify(documentOf(roleStatements(scope).deploy)).replaceAll(/\s/g, "").length;
  return size <= limit
    ? undefined
    : `the policy of the role deploy has ${size} characters; allowed: ${limit}, so fewer or shorter ARNs of secrets: one with * at its end stands for many`;
}

/** What a preview does with the state: no lock, no history. https://github.com/pulumi/pulumi/blob/master/pkg/backend/diy/backend.go */
function stateReading(bucketArn: string): Statement[] {
  return [
    // Without the list a file that is not there would be a refusal.
    { sid: "ListState", actions: ["s3:ListBucket"], resources: [bucketArn] },
    { sid: "ReadState", actions: ["s3:GetObject"], resources: [`${bucketArn}/.pulumi/*`] },
  ];
}

/** What an `up` writes: its lock, checkpoints, history and copies before changes. What it deletes stays as an old version. */
function stateWriting(bucketArn: string): Statement {
  return { sid: "WriteState", actions: ["s3:DeleteObject", "s3:PutObject"], resources: [`${bucketArn}/.pulumi/*`] };
}
