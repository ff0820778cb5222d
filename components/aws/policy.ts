import * as pulumi from "@pulumi/pulumi";

/** Who a statement is about. Left out in the policy of a role or user itself. */
interface Principals {
  /** ARNs of roles, users or accounts; `*` is for a Deny alone. */
  readonly aws?: readonly pulumi.Input<string>[];
  /** Such as `events.amazonaws.com`. */
  readonly service?: readonly string[];
  /** ARNs of identity providers. */
  readonly federated?: readonly pulumi.Input<string>[];
}

/** By operator, such as `StringEquals`, and key, such as `aws:SourceAccount`. */
type Conditions = Readonly<
  Record<string, Readonly<Record<string, pulumi.Input<string> | readonly pulumi.Input<string>[]>>>
>;

/** One statement: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
export interface Statement {
  /** What it is for, in letters and digits. */
  readonly sid: string;
  /** @default Allow */
  readonly effect?: "Allow" | "Deny";
  readonly principals?: Principals;
  /** Spelt out, such as `s3:GetObject`. */
  readonly actions: readonly string[];
  /** ARNs. Left out in the policy by which a role may be assumed. */
  readonly resources?: readonly pulumi.Input<string>[];
  readonly conditions?: Conditions;
}

/** A policy as JSON. */
export function policyDocument(statements: readonly Statement[]): pulumi.Output<string> {
  return pulumi.jsonStringify(documentOf(statements));
}

/** A policy, its keys in the order in which AWS documents them. */
export function documentOf(statements: readonly Statement[]) {
  return {
    Version: "2012-10-17",
    Statement: statements.map(({ sid, effect = "Allow", principals, actions, resources, conditions }) => ({
      Sid: sid,
      Effect: effect,
      ...(principals && { Principal: principalOf(principals) }),
      Action: [...actions],
      ...(resources && { Resource: [...resources] }),
      ...(conditions && { Condition: conditions }),
    })),
  };
}

function principalOf({ aws, service, federated }: Principals) {
  return {
    ...(aws && { AWS: [...aws] }),
    ...(service && { Service: [...service] }),
    ...(federated && { Federated: [...federated] }),
  };
}
