import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { onlyRoles } from "../named-roles.ts";
import type { Place } from "../place.ts";
import { policyDocument, type Statement } from "../policy.ts";
import type { CredentialStore } from "./credential-store.ts";
import { secretName } from "./names.ts";

export interface ClientCredentialArgs {
  readonly place: Place;
  readonly store: CredentialStore;
  /** Below the prefix: `operators/first-roles`, `apps/main`, `companies/acme/machine`. */
  readonly path: string;
  /** ARNs of the roles that may read this one, each among those of the store. */
  readonly readers: readonly string[];
  /** The slug of the company whose client it is. @default the operator's own client, and no tag `company` */
  readonly company?: string | undefined;
  readonly clientId: pulumi.Input<string>;
  readonly clientSecret: pulumi.Output<string>;
  /** `iss` of the tenant's tokens, with the slash. */
  readonly issuer: pulumi.Input<string>;
}

/**
 * What one client gets its tokens with, as one secret: JSON of `clientId`, `clientSecret` and `issuer`. Another client secret makes another
 * version: the new one is `AWSCURRENT`, the one before it stays as `AWSPREVIOUS`.
 */
export class ClientCredential extends pulumi.ComponentResource {
  readonly secretArn: pulumi.Output<string>;

  constructor(name: string, args: ClientCredentialArgs, opts?: pulumi.ComponentResourceOptions) {
    const { place, store, path, readers, company, clientId, issuer } = args;
    const clientSecret = pulumi.secret(args.clientSecret);
    super(
      "auth0-b2b:aws:ClientCredential",
      name,
      { place, path, readers, company, clientId, clientSecret, issuer },
      opts,
    );
    const secret = new aws.secretsmanager.Secret(
      name,
      {
        name: secretName(place.prefix, path),
        description: "Client id, client secret and issuer of a client of Auth0",
        kmsKeyId: store.keyArn,
        recoveryWindowInDays: store.recoveryDays,
        tags: { ...place.tags, ...(company !== undefined && { company }) },
      },
      { parent: this },
    );
    const policy = new aws.secretsmanager.SecretPolicy(
      name,
      {
        secretArn: secret.arn,
        policy: policyDocument(secretStatements(readers, store.writers, secret.arn)),
        blockPublicPolicy: true,
      },
      { parent: this },
    );
    new aws.secretsmanager.SecretVersion(
      name,
      {
        secretId: secret.id,
        secretString: pulumi.jsonStringify({ clientId, clientSecret, issuer }), // secret, as the client secret is
      },
      // After the policy, so that nobody else reads it meanwhile. Kept: the provider would take the labels off a version that it deletes.
      { parent: this, dependsOn: policy, retainOnDelete: true },
    );
    this.secretArn = secret.arn;
    this.registerOutputs({ secretArn: this.secretArn });
  }
}

/** Whoever is not named is refused the value, whatever a policy of their own says; an administrator would have to change this one first. */
function secretStatements(
  readers: readonly string[],
  writers: readonly string[],
  arn: pulumi.Output<string>,
): Statement[] {
  const read: Statement = {
    sid: "Read",
    principals: { aws: readers },
    actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
    resources: [arn],
  };
  const write: Statement = {
    sid: "Write",
    principals: { aws: writers },
    actions: [
      "secretsmanager:DescribeSecret",
      "secretsmanager:GetSecretValue",
      "secretsmanager:PutSecretValue",
      "secretsmanager:UpdateSecret",
    ],
    resources: [arn],
  };
  const writing = ["PutSecretValue", "UpdateSecret", "UpdateSecretVersionStage"].map((one) => `secretsmanager:${one}`);
  return [
    ...(readers.length > 0 ? [read] : []),
    write,
    onlyRoles("OthersNeverRead", [...readers, ...writers], ["secretsmanager:GetSecretValue"], [arn]),
    onlyRoles("OthersNeverWrite", writers, writing, [arn]),
  ];
}
