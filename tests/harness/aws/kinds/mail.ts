import { ChangeResourceRecordSetsCommand, ListResourceRecordSetsCommand, type RRType } from "@aws-sdk/client-route-53";
import {
  CreateConfigurationSetCommand,
  CreateEmailIdentityCommand,
  DeleteConfigurationSetCommand,
  DeleteEmailIdentityCommand,
  GetConfigurationSetCommand,
  GetEmailIdentityCommand,
  PutEmailIdentityMailFromAttributesCommand,
} from "@aws-sdk/client-sesv2";
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Clients } from "../clients.ts";
import { kindOf, tagList, there } from "./kind.ts";

export const ConfigurationSet = kindOf<aws.sesv2.ConfigurationSetArgs>({
  takes: {
    ...{ configurationSetName: "fixed", tags: "kept", deliveryOptions: "kept" },
    ...{ reputationOptions: "kept", sendingOptions: "kept", suppressionOptions: "kept" },
  },
  async put({ configurationSetName: name, tags, ...options }, { ses, region, account }) {
    const { deliveryOptions, reputationOptions, sendingOptions, suppressionOptions } = options;
    await ses.send(
      new CreateConfigurationSetCommand({
        ConfigurationSetName: name,
        Tags: tagList(tags),
        DeliveryOptions: deliveryOptions && { TlsPolicy: deliveryOptions.tlsPolicy as "REQUIRE" },
        ReputationOptions: reputationOptions && {
          ReputationMetricsEnabled: reputationOptions.reputationMetricsEnabled,
        },
        SendingOptions: sendingOptions && { SendingEnabled: sendingOptions.sendingEnabled },
        SuppressionOptions: suppressionOptions && {
          SuppressedReasons: suppressionOptions.suppressedReasons as "BOUNCE"[],
        },
      }),
    );
    return { id: name, outputs: { arn: `arn:aws:ses:${region}:${account}:configuration-set/${name}` } };
  },
  remove: ({ id }, { ses }) => ses.send(new DeleteConfigurationSetCommand({ ConfigurationSetName: id })),
  find: ({ id }, { ses }) => ses.send(new GetConfigurationSetCommand({ ConfigurationSetName: id })),
});

export const EmailIdentity = kindOf<aws.sesv2.EmailIdentityArgs>({
  takes: { emailIdentity: "fixed", tags: "kept", configurationSetName: "kept", dkimSigningAttributes: "kept" },
  async put({ emailIdentity, tags, configurationSetName, dkimSigningAttributes: dkim }, { ses, region, account }) {
    await ses.send(
      new CreateEmailIdentityCommand({
        EmailIdentity: emailIdentity,
        Tags: tagList(tags),
        ConfigurationSetName: configurationSetName,
        DkimSigningAttributes: dkim && { NextSigningKeyLength: dkim.nextSigningKeyLength as "RSA_2048_BIT" },
      }),
    );
    const { DkimAttributes } = await ses.send(new GetEmailIdentityCommand({ EmailIdentity: emailIdentity }));
    const tokens = there(DkimAttributes?.Tokens, "tokens");
    const arn = `arn:aws:ses:${region}:${account}:identity/${emailIdentity}`;
    return { id: emailIdentity, outputs: { arn, dkimSigningAttributes: { ...dkim, tokens } } };
  },
  remove: ({ id }, { ses }) => ses.send(new DeleteEmailIdentityCommand({ EmailIdentity: id })),
  find: ({ id }, { ses }) => ses.send(new GetEmailIdentityCommand({ EmailIdentity: id })),
});

export const EmailIdentityMailFromAttributes = kindOf<aws.sesv2.EmailIdentityMailFromAttributesArgs>({
  takes: { emailIdentity: "fixed", mailFromDomain: "changes", behaviorOnMxFailure: "changes" },
  async put({ emailIdentity, mailFromDomain, behaviorOnMxFailure }, { ses }) {
    const behavior = behaviorOnMxFailure as "USE_DEFAULT_VALUE" | undefined;
    const asked = { EmailIdentity: emailIdentity, MailFromDomain: mailFromDomain, BehaviorOnMxFailure: behavior };
    await ses.send(new PutEmailIdentityMailFromAttributesCommand(asked));
    return { id: emailIdentity, outputs: {} };
  },
  remove: ({ id }, { ses }) => ses.send(new PutEmailIdentityMailFromAttributesCommand({ EmailIdentity: id })),
  find: ({ id }, { ses }) => ses.send(new GetEmailIdentityCommand({ EmailIdentity: id })),
});

type RecordInputs = pulumi.Unwrap<aws.route53.RecordArgs>;

export const Record = kindOf<aws.route53.RecordArgs>({
  takes: {
    zoneId: "fixed",
    name: "fixed",
    type: "fixed",
    ttl: "changes",
    records: "changes",
    allowOverwrite: "changes",
  },
  async put(inputs, clients, before) {
    // a record that is there already is somebody else's: refused, as the provider does
    await changed(before || inputs.allowOverwrite ? "UPSERT" : "CREATE", inputs, clients);
    const { zoneId, name, type } = inputs;
    return { id: `${zoneId}_${name}_${type}`, outputs: { fqdn: name } };
  },
  remove: ({ inputs }, clients) => changed("DELETE", inputs, clients),
  async find({ inputs: { zoneId, name, type } }, { route53 }) {
    const asked = { HostedZoneId: zoneId, StartRecordName: name, StartRecordType: type as RRType, MaxItems: 1 };
    const { ResourceRecordSets = [] } = await route53.send(new ListResourceRecordSetsCommand(asked));
    return ResourceRecordSets.find(({ Name, Type }) => Name === `${name}.` && Type === type);
  },
});

/** A text is quoted in the API, and by the provider. */
async function changed(
  Action: "CREATE" | "UPSERT" | "DELETE",
  { zoneId, name, type, ttl, records = [] }: RecordInputs,
  { route53 }: Clients,
): Promise<void> {
  const quoted = (text: string) => (type === "TXT" ? `"${text}"` : text);
  const ResourceRecordSet = {
    Name: name,
    Type: type as RRType,
    TTL: there(ttl, "ttl"),
    ResourceRecords: records.map((text) => ({ Value: quoted(text) })),
  };
  const ChangeBatch = { Changes: [{ Action, ResourceRecordSet }] };
  await route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: zoneId, ChangeBatch }));
}
