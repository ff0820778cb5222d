import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { mailNames } from "../mail/names.ts";
import type { Place } from "../place.ts";
import { policyDocument, type Statement } from "../policy.ts";
import { audience, type Job, type Repository, trustedJob } from "./github.ts";
import { bootstrapNames, githubIssuer } from "./names.ts";
import { roleStatements } from "./role-policies.ts";
import type { Scope } from "./scope.ts";

export interface CiRolesArgs {
  /** What the environment's own program declares, with the place and tags of that program. */
  readonly scope: Scope;
  /** Tags of what this component declares: others than those of the scope, so that `deploy` may not touch it. */
  readonly tags: Readonly<Record<string, string>>;
  readonly environment: string;
  readonly repository: Repository;
  /** The branch that is deployed. */
  readonly branch: string;
  /** Whether GitHub is made known to the account: an account can know it once only. */
  readonly identityProvider: "new" | "existing";
}

/** Seconds that a role is held for: as long as a job may take. */
const session = 3_600;

/**
 * The roles in which workflows preview and deploy one environment, taken by GitHub's own tokens: no key of AWS lies with GitHub. What they may do of the
 * state is said by the state's bucket and keys as well (StateStore).
 */
export class CiRoles extends pulumi.ComponentResource {
  readonly previewArn: pulumi.Output<string>;
  readonly deployArn: pulumi.Output<string>;
  readonly boundaryArn: pulumi.Output<string>;

  constructor(name: string, args: CiRolesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:aws:CiRoles", name, args, opts);
    const { scope, tags, environment, repository, branch } = args;
    const names = bootstrapNames(scope.place);
    const statements = roleStatements(scope);
    const provider = this.providerArn(name, args);
    this.boundaryArn = new aws.iam.Policy(
      `${name}-mail-sender`,
      {
        name: names.boundary,
        description: "The most that a user of the environment may do: send mail",
        policy: policyDocument([mailOnly(scope.place)]),
        tags,
      },
      { parent: this },
    ).arn;
    const role = (kind: "preview" | "deploy", job: Job, description: string, may: readonly Statement[]) =>
      this.role(`${name}-${kind}`, {
        name: names.roles[kind],
        description,
        trust: trustedJob(provider, job),
        statements: may,
        tags,
      });
    this.previewArn = role(
      "preview",
      { repository, environment: `${environment}-preview`, ref: "refs/pull/*/merge" },
      "Previews: reads, and writes nothing",
      statements.preview,
    );
    this.deployArn = role(
      "deploy",
      { repository, environment, ref: `refs/heads/${branch}` },
      "Deploys: what the program declares, and nothing else",
      statements.deploy,
    );
    this.registerOutputs({
      previewArn: this.previewArn,
      deployArn: this.deployArn,
      boundaryArn: this.boundaryArn,
    });
  }

  /** AWS knows GitHub's certificates by its own list of authorities, and takes no thumbprint: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc_verify-thumbprint.html */
  private providerArn(name: string, { identityProvider, scope, tags }: CiRolesArgs): pulumi.Input<string> {
    if (identityProvider === "existing") return bootstrapNames(scope.place).identityProviderArn;
    return new aws.iam.OpenIdConnectProvider(
      name,
      { url: `https://${githubIssuer}`, clientIdLists: [audience], tags },
      { parent: this },
    ).arn;
  }

  private role(
    name: string,
    role: {
      readonly name: string;
      readonly description: string;
      readonly trust: Statement;
      readonly statements: readonly Statement[];
      readonly tags: Readonly<Record<string, string>>;
    },
  ): pulumi.Output<string> {
    const made = new aws.iam.Role(
      name,
      {
        name: role.name,
        description: role.description,
        assumeRolePolicy: policyDocument([role.trust]),
        maxSessionDuration: session,
        tags: role.tags,
      },
      { parent: this },
    );
    new aws.iam.RolePolicy(
      name,
      { name: "program", role: made.name, policy: policyDocument(role.statements) },
      { parent: this },
    );
    return made.arn;
  }
}

function mailOnly(place: Place): Statement {
  const { account, region } = place;
  return {
    sid: "SendMail",
    actions: ["ses:SendEmail", "ses:SendRawEmail"],
    resources: ["identity/*", `configuration-set/${mailNames(place).configurationSet}`].map(
      (rest) => `arn:aws:ses:${region}:${account}:${rest}`,
    ),
  };
}
