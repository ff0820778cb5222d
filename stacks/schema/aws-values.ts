import type { Place } from "../../components/aws/place.ts";
import { text } from "./strict.ts";

/** https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html */
export const accountPattern = /^\d{12}$/;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export function roleArn(example: string) {
  return text(
    /^arn:aws:iam::\d{12}:role\/([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/,
    `the ARN of a role such as arn:aws:iam::123456789012:role/${example}`,
  );
}

export const hostedZone = text(
  /^Z[A-Z0-9]{1,31}$/,
  "the id of a hosted zone of Route 53 such as Z0123456789ABCDEFGHIJ",
);

/**
 * How every name in AWS begins: short enough for the longest of them, and as Parameter Store and S3 let a name begin.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html,
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export const awsPrefix = text(
  /^(?!aws|ssm|sthree-|amzn-s3-demo-)(?=.{3,28}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
  "3 to 28 lower-case letters, digits and single hyphens between them, beginning with a letter, and not with aws, ssm, sthree- or amzn-s3-demo-",
);

/** Where an environment's things lie, and what they are marked with. @param stack the environment's name */
export function placeIn(
  { account, region, prefix }: Pick<Place, "account" | "region"> & { readonly prefix?: string | undefined },
  stack: string,
): Place {
  return {
    account,
    region,
    prefix: prefix ?? `auth0-b2b-${stack}`,
    tags: { program: "auth0-b2b", environment: stack },
  };
}
