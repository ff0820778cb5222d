import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../place.ts";
import { policyDocument } from "../policy.ts";
import { mailNames } from "./names.ts";

export interface MailSenderArgs {
  readonly place: Place;
  /** The one address that it may send as. */
  readonly from: string;
  /** ARNs of the identity and of its configuration set: SES asks for both. */
  readonly resources: readonly pulumi.Input<string>[];
  /** A number, counted up for a new key. */
  readonly keyRotation: number;
  /** ARN of what the user may do at most, whatever its policy says. @default no such bound */
  readonly boundary?: string;
}

/**
 * The user whose key Auth0 sends with: Auth0 takes a key of a user and no role.
 * https://auth0.com/docs/customize/email/smtp-email-providers/amazon-ses
 */
export class MailSender extends pulumi.ComponentResource {
  readonly accessKeyId: pulumi.Output<string>;
  readonly secretAccessKey: pulumi.Output<string>;

  constructor(name: string, args: MailSenderArgs, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:aws:MailSender", name, args, opts);
    const { place, from, resources, keyRotation, boundary } = args;
    const names = mailNames(place);
    const user = new aws.iam.User(
      name,
      {
        name: names.user,
        path: names.userPath,
        ...(boundary !== undefined && { permissionsBoundary: boundary }),
        tags: place.tags,
      },
      { parent: this },
    );
    const policy = new aws.iam.UserPolicy(
      name,
      {
        name: "send",
        user: user.name,
        // https://docs.aws.amazon.com/ses/latest/dg/control-user-access.html
        policy: policyDocument([
          {
            sid: "SendAsOneAddress",
            actions: ["ses:SendEmail", "ses:SendRawEmail"],
            resources,
            conditions: { StringEquals: { "ses:FromAddress": from } },
          },
        ]),
      },
      { parent: this },
    );
    // Another name makes another key: the old one goes last, when Auth0 has the new one. AWS lets a user have two.
    const key = new aws.iam.AccessKey(
      `${name}-${keyRotation}`,
      { user: user.name, status: "Active" },
      { parent: this, dependsOn: policy },
    );
    this.accessKeyId = key.id;
    this.secretAccessKey = pulumi.secret(key.secret);
    this.registerOutputs({ accessKeyId: this.accessKeyId, secretAccessKey: this.secretAccessKey });
  }
}
