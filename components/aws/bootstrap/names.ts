import type { Place } from "../place.ts";

/** What the bootstrap makes is called, and has as its ARN, so that what is declared elsewhere can name it. Loads nothing of AWS. */
export function bootstrapNames({ account, prefix }: Pick<Place, "account" | "prefix">) {
  const roles = { preview: `${prefix}-preview`, deploy: `${prefix}-deploy` } as const;
  const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;
  const boundary = `${prefix}-mail-sender`;
  return {
    roles,
    previewArn: role(roles.preview),
    deployArn: role(roles.deploy),
    /** What a user that `deploy` makes may do at most. */
    boundary,
    boundaryArn: `arn:aws:iam::${account}:policy/${boundary}`,
    bucket: `${prefix}-state-${account}`,
    bucketArn: `arn:aws:s3:::${prefix}-state-${account}`,
    stateKey: `alias/${prefix}-state`,
    secretsKey: `alias/${prefix}-secrets`,
    identityProviderArn: `arn:aws:iam::${account}:oidc-provider/${githubIssuer}`,
  };
}

/** https://docs.github.com/en/actions/reference/security/oidc */
export const githubIssuer = "token.actions.githubusercontent.com";
