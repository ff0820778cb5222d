import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../place.ts";
import { dkimDomain } from "./dkim-domain.ts";
import { MailSender } from "./mail-sender.ts";
import { mailNames, mailRecords } from "./names.ts";

export interface MailIdentityArgs {
  readonly place: Place;
  /** The domain that mail comes from, such as `travel.example`. */
  readonly domain: string;
  /** Id of the hosted zone that holds the domain. */
  readonly zone: string;
  /** The one address that Auth0 may send as: of that domain. */
  readonly from: string;
  /** A number, counted up for a new access key. */
  readonly keyRotation: number;
  /** The domain's DMARC record. @default none: somebody else keeps it, for all mail of the domain */
  readonly dmarc?: Dmarc;
  /** ARN of what the sender may do at most, whatever its policy says. @default no such bound */
  readonly boundary?: string;
}

/** What receivers do with mail that is not from the domain: https://www.rfc-editor.org/rfc/rfc7489#section-6.3 */
export interface Dmarc {
  readonly policy: "none" | "quarantine" | "reject";
  /** The address that gets receivers' daily reports. */
  readonly reportsTo?: string;
}

/** Seconds that a resolver may keep a record. */
const ttl = 300;

/**
 * A domain that SES sends mail of, signed and under a return path of its own, and the user whose key Auth0 sends with.
 * SES looks for the records by itself; until it has found them, within minutes as a rule and 72 hours at most, it refuses to send:
 * https://docs.aws.amazon.com/ses/latest/dg/creating-identities.html
 */
export class MailIdentity extends pulumi.ComponentResource {
  readonly accessKeyId: pulumi.Output<string>;
  readonly secretAccessKey: pulumi.Output<string>;
  /** Where Auth0 has to call SES. */
  readonly region: string;
  /** What Auth0 names with each mail. */
  readonly configurationSetName: pulumi.Output<string>;

  constructor(name: string, args: MailIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:aws:MailIdentity", name, args, opts);
    const { place, domain, from, keyRotation, boundary } = args;
    const rules = new aws.sesv2.ConfigurationSet(
      name,
      {
        configurationSetName: mailNames(place).configurationSet,
        deliveryOptions: { tlsPolicy: "REQUIRE" },
        reputationOptions: { reputationMetricsEnabled: true },
        sendingOptions: { sendingEnabled: true },
        suppressionOptions: { suppressedReasons: ["BOUNCE", "COMPLAINT"] },
        tags: place.tags,
      },
      { parent: this },
    );
    const identity = new aws.sesv2.EmailIdentity(
      name,
      {
        emailIdentity: domain,
        // Also for a mail that names none.
        configurationSetName: rules.configurationSetName,
        dkimSigningAttributes: { nextSigningKeyLength: "RSA_2048_BIT" },
        tags: place.tags,
      },
      { parent: this },
    );
    const signed = this.declareSignature(name, args, identity);
    const returnPath = this.declareReturnPath(name, args, identity);
    if (args.dmarc) this.declareDmarc(name, args, args.dmarc);
    // No key before the records are there: what Auth0 gets serves as soon as SES has looked.
    const sender = new MailSender(
      `${name}-sender`,
      { place, from, resources: [identity.arn, rules.arn], keyRotation, ...(boundary !== undefined && { boundary }) },
      { parent: this, dependsOn: [...signed, returnPath] },
    );
    this.accessKeyId = sender.accessKeyId;
    this.secretAccessKey = sender.secretAccessKey;
    this.region = place.region;
    this.configurationSetName = rules.configurationSetName;
    this.registerOutputs({
      accessKeyId: this.accessKeyId,
      secretAccessKey: this.secretAccessKey,
      region: this.region,
      configurationSetName: this.configurationSetName,
    });
  }

  /** The three records by which receivers find the keys of Easy DKIM: https://docs.aws.amazon.com/ses/latest/dg/send-email-authentication-dkim-easy.html */
  private declareSignature(name: string, { place, domain, zone }: MailIdentityArgs, identity: aws.sesv2.EmailIdentity) {
    const tokens = identity.dkimSigningAttributes.tokens;
    return [0, 1, 2].map((index) => {
      const token = tokens.apply((all) => all[index] ?? "");
      return new aws.route53.Record(
        `${name}-dkim-${index + 1}`,
        {
          zoneId: zone,
          name: token.apply(mailRecords(domain).dkim),
          type: "CNAME",
          ttl,
          records: [pulumi.interpolate`${token}.${dkimDomain(place.region)}`],
        },
        { parent: this },
      );
    });
  }

  /** A return path under the domain, so that SPF speaks for the domain too: https://docs.aws.amazon.com/ses/latest/dg/mail-from.html */
  private declareReturnPath(
    name: string,
    { place, domain, zone }: MailIdentityArgs,
    identity: aws.sesv2.EmailIdentity,
  ) {
    const mailFromDomain = mailRecords(domain).returnPath;
    const record = (suffix: string, type: string, text: string) =>
      new aws.route53.Record(
        `${name}-${suffix}`,
        { zoneId: zone, name: mailFromDomain, type, ttl, records: [text] },
        { parent: this },
      );
    const records = [
      record("bounce-mx", "MX", `10 feedback-smtp.${place.region}.amazonses.com`),
      record("bounce-spf", "TXT", "v=spf1 include:amazonses.com ~all"),
    ];
    return new aws.sesv2.EmailIdentityMailFromAttributes(
      name,
      {
        emailIdentity: identity.emailIdentity,
        mailFromDomain,
        // A login does not wait for a record: without it SES names its own return path, and the signature still stands.
        behaviorOnMxFailure: "USE_DEFAULT_VALUE",
      },
      { parent: this, dependsOn: records },
    );
  }

  private declareDmarc(name: string, { domain, zone }: MailIdentityArgs, { policy, reportsTo }: Dmarc): void {
    const reports = reportsTo === undefined ? "" : `; rua=mailto:${reportsTo}`;
    new aws.route53.Record(
      `${name}-dmarc`,
      { zoneId: zone, name: mailRecords(domain).dmarc, type: "TXT", ttl, records: [`v=DMARC1; p=${policy}${reports}`] },
      { parent: this },
    );
  }
}
