import type * as pulumi from "@pulumi/pulumi";
import type { Declared } from "../../../../cli/declared/declare.ts";
import type { Place } from "../../../../components/aws/place.ts";

export const place: Place = {
  account: "123456789012",
  region: "eu-central-1",
  prefix: "auth0-b2b-prod",
  tags: { environment: "prod", program: "auth0-b2b" },
};

export const reader = "arn:aws:iam::123456789012:role/back-end";
export const writer = "arn:aws:iam::123456789012:role/deploy";

/** Somebody who asks in a role. */
export function sessionOf(role: string): string {
  return `${role.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/")}/somebody`;
}

/** The policy of somebody who may do everything. */
export const administrator = {
  Version: "2012-10-17",
  Statement: [{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }],
};

/** What AWS adds to a resource that is made. */
export async function make({
  type,
  name,
  inputs,
}: pulumi.runtime.MockResourceArgs): Promise<pulumi.runtime.MockResourceResult> {
  return { id: `${name}-id`, state: { ...inputs, ...addedTo(type, inputs) } };
}

function addedTo(type: string, inputs: pulumi.runtime.MockResourceArgs["inputs"]): Readonly<Record<string, string>> {
  switch (type) {
    case "aws:kms/key:Key":
      return { arn: "arn:aws:kms:eu-central-1:123456789012:key/1", keyId: "1" };
    case "aws:secretsmanager/secret:Secret":
      return { arn: `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${inputs.name}-AbCdEf` };
    case "aws:s3/bucket:Bucket":
      return { arn: `arn:aws:s3:::${inputs.bucket}` };
    case "aws:s3/bucketObjectv2:BucketObjectv2":
      return { versionId: "version-1" };
    default:
      return {};
  }
}

/** `Type name under Parent`, in the order of declaration, without the stack. */
export function listing(all: readonly Declared[]): string[] {
  return all
    .filter(({ type }) => type !== "pulumi:pulumi:Stack")
    .map((one) => {
      const above = one.parent?.split("::")[0]?.split(":").at(-1);
      return `${titleOf(one)}${above ? ` under ${above}` : ""}`;
    });
}

function titleOf({ type, name }: Declared): string {
  return `${type.split(":").at(-1)} ${name}`;
}

/** What a resource is declared to come after, as `Type name`. */
export function after(all: readonly Declared[], type: string, name: string): string[] {
  const found = all.find((one) => titleOf(one) === `${type} ${name}`);
  const known = new Map<unknown, string>(all.map((one) => [one.resource, titleOf(one)]));
  return [found?.opts.dependsOn ?? []].flat().map((one) => known.get(one) ?? "unknown");
}

/** The inputs of the one resource of a type and name; a policy in them as JSON. */
export function inputsOf(all: readonly Declared[], type: string, name: string): Record<string, unknown> {
  const found = all.filter((one) => one.type.endsWith(`:${type}`) && one.name === name);
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} of ${type} ${name}`);
  const { policy, ...rest } = found[0].inputs;
  return policy === undefined ? rest : { ...rest, policy: JSON.parse(String(policy)) };
}
