import type * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../policy.ts";
import { githubIssuer } from "./names.ts";

/** The repository whose workflows may take a role. The ids are GitHub's: a name can be given up and taken by somebody else. */
export interface Repository {
  readonly owner: string;
  readonly ownerId: number;
  readonly name: string;
  readonly id: number;
}

/** Which job of a repository: of one GitHub environment, for one ref. */
export interface Job {
  readonly repository: Repository;
  readonly environment: string;
  /** `refs/heads/main`; `*` stands for any characters. */
  readonly ref: string;
}

/** What a token for AWS is for: https://github.com/aws-actions/configure-aws-credentials#oidc */
export const audience = "sts.amazonaws.com";

/**
 * Lets one job take a role: what its token says of repository, environment and ref. GitHub hands a pull request from a fork no token at all:
 * https://docs.github.com/en/actions/reference/security/oidc. AWS compares these claims since January 2026:
 * https://aws.amazon.com/about-aws/whats-new/2026/01/aws-sts-supports-validation-identity-provider-claims/
 */
export function trustedJob(provider: pulumi.Input<string>, { repository, environment, ref }: Job): Statement {
  const claim = (name: string) => `${githubIssuer}:${name}`;
  return {
    sid: "OneJob",
    principals: { federated: [provider] },
    actions: ["sts:AssumeRoleWithWebIdentity"],
    conditions: {
      StringEquals: {
        [claim("aud")]: audience,
        [claim("sub")]: subjects(repository, environment),
        [claim("repository_id")]: String(repository.id),
      },
      StringLike: { [claim("ref")]: ref },
    },
  };
}

/** A repository made since July 2026 has the ids in its subject, an older one not: https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens/ */
function subjects({ owner, ownerId, name, id }: Repository, environment: string): string[] {
  return [`repo:${owner}@${ownerId}/${name}@${id}`, `repo:${owner}/${name}`].map(
    (repository) => `${repository}:environment:${environment}`,
  );
}
