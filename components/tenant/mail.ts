import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";
import { type MailTemplate, mailTemplates } from "./mail-templates.ts";

/** Who sends the tenant's mail, with its credentials. */
export type MailSender = { readonly from: string } & (
  | {
      readonly provider: "smtp";
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly password: pulumi.Output<string>;
    }
  | {
      readonly provider: "ses";
      readonly region: string;
      readonly accessKeyId: pulumi.Output<string>;
      readonly secretAccessKey: pulumi.Output<string>;
      /** The rules by which SES sends. @default those of the identity */
      readonly configurationSetName?: pulumi.Output<string>;
    }
);

export interface MailArgs {
  readonly sender: MailSender;
}

/** The mail that people get: confirmation of an address, a new password, an invitation. */
export class Mail extends pulumi.ComponentResource {
  constructor(name: string, { sender }: MailArgs, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:tenant:Mail", name, { sender }, opts);
    const provider = new auth0.EmailProvider(
      name,
      {
        name: sender.provider,
        enabled: true,
        defaultFromAddress: sender.from,
        credentials: credentialsOf(sender),
        ...settingsOf(sender),
      },
      { parent: this },
    );
    for (const template of mailTemplates) this.createTemplate(template, sender.from, provider);
    this.registerOutputs({});
  }

  private createTemplate(mail: MailTemplate, from: string, provider: auth0.EmailProvider): void {
    new auth0.EmailTemplate(
      mail.template,
      {
        template: mail.template,
        enabled: true,
        from,
        subject: mail.subject,
        body: mail.body,
        syntax: "liquid",
        urlLifetimeInSeconds: mail.urlLifetime,
        includeEmailInRedirect: false,
      },
      { parent: this, dependsOn: provider },
    );
  }
}

/** https://auth0.com/docs/customize/email/smtp-email-providers/configure-amazon-ses-as-external-smtp-email-provider */
function settingsOf(sender: MailSender): Pick<auth0.EmailProviderArgs, "settings"> {
  if (sender.provider !== "ses" || sender.configurationSetName === undefined) return {};
  return { settings: { message: { configurationSetName: sender.configurationSetName } } };
}

function credentialsOf(sender: MailSender): auth0.types.input.EmailProviderCredentials {
  switch (sender.provider) {
    case "smtp":
      return { smtpHost: sender.host, smtpPort: sender.port, smtpUser: sender.user, smtpPass: sender.password };
    case "ses":
      return { region: sender.region, accessKeyId: sender.accessKeyId, secretAccessKey: sender.secretAccessKey };
    default:
      return sender satisfies never;
  }
}
