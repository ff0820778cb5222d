import { choice, flag, freeRecord, list, oneOf, record, type Schema, text } from "../management/fields.ts";

/** What a stream needs to reach its target: https://auth0.com/docs/api/management/v2/log-streams/post-log-streams */
interface Sink {
  readonly fields: { readonly [name: string]: Schema };
  /** What a POST must hold. */
  readonly required: readonly string[];
  /** A secret that a PATCH need not repeat. */
  readonly remembered?: string;
  /** What a stream shows of settings that nobody made. */
  readonly unset?: { readonly isPriority: false };
  /** No PATCH may name it: another account or region is another stream. */
  readonly fixed?: true;
  /** A secret that no answer shows. */
  readonly hidden?: string;
}

const awsRegions = [
  ...["af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1"],
  ...["ap-south-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5"],
  ...["ap-southeast-6", "ap-southeast-7", "ca-central-1", "ca-west-1", "eu-central-1", "eu-central-2", "eu-north-1"],
  ...["eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3", "il-central-1", "me-central-1", "me-south-1"],
  ...["mx-central-1", "sa-east-1", "us-gov-east-1", "us-gov-west-1", "us-east-1", "us-east-2", "us-west-1"],
  "us-west-2",
];

const azureRegions = [
  ...["australiacentral", "australiaeast", "australiasoutheast", "brazilsouth", "canadacentral", "canadaeast"],
  ...["centralindia", "centralus", "eastasia", "eastus", "eastus2", "francecentral", "germanywestcentral"],
  ...["japaneast", "japanwest", "koreacentral", "koreasouth", "northcentralus", "northeurope", "norwayeast"],
  ...["southafricanorth", "southcentralus", "southeastasia", "southindia", "swedencentral", "switzerlandnorth"],
  ...["uaenorth", "uksouth", "ukwest", "westcentralus", "westeurope", "westindia", "westus", "westus2"],
];

const uuid = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$";

export const sinks: { readonly [type: string]: Sink } = {
  http: {
    fields: {
      httpAuthorization: text(),
      httpContentFormat: choice(["JSONARRAY", "JSONLINES", "JSONOBJECT"]),
      httpContentType: text(),
      httpEndpoint: text({ pattern: "^https://.*" }),
      httpCustomHeaders: list(freeRecord()),
    },
    required: ["httpEndpoint"],
    unset: { isPriority: false },
  },
  eventbridge: {
    fields: {
      awsAccountId: text({ pattern: "^\\d{12}$" }),
      awsRegion: choice(awsRegions),
      awsPartnerEventSource: text(),
    },
    required: ["awsAccountId", "awsRegion"],
    fixed: true,
  },
  eventgrid: {
    fields: {
      azureSubscriptionId: text({ pattern: uuid }),
      azureRegion: choice(azureRegions),
      azureResourceGroup: text(),
      azurePartnerTopic: text(),
    },
    required: ["azureSubscriptionId", "azureRegion", "azureResourceGroup"],
    fixed: true,
  },
  datadog: {
    fields: { datadogApiKey: text(), datadogRegion: choice(["us", "eu", "us3", "us5"]) },
    required: ["datadogApiKey", "datadogRegion"],
    unset: { isPriority: false },
  },
  splunk: {
    fields: {
      splunkDomain: text(),
      splunkPort: text({ pattern: "^[0-9]*$" }),
      splunkToken: text(),
      splunkSecure: flag(),
    },
    required: ["splunkDomain", "splunkToken", "splunkPort", "splunkSecure"],
  },
  sumo: { fields: { sumoSourceAddress: text() }, required: ["sumoSourceAddress"] },
  segment: { fields: { segmentWriteKey: text() }, required: ["segmentWriteKey"], remembered: "segmentWriteKey" },
  mixpanel: {
    fields: {
      mixpanelRegion: choice(["us", "eu"]),
      mixpanelProjectId: text({ pattern: "^\\d+$" }),
      mixpanelServiceAccountUsername: text({ pattern: "^[^:]+$" }),
      mixpanelServiceAccountPassword: text({ pattern: "^[^:]+$" }),
    },
    required: [
      ...["mixpanelRegion", "mixpanelProjectId", "mixpanelServiceAccountUsername", "mixpanelServiceAccountPassword"],
    ],
    remembered: "mixpanelServiceAccountPassword",
    hidden: "mixpanelServiceAccountPassword",
  },
};

const schemaOf = ({ fields, required }: Sink): Schema => record(fields, { required });

/** A body of which only the sink is looked at, so that a refusal names the property `sink`. */
export function sinkSchema(type: string): Schema {
  const sink = sinks[type];
  return record({ sink: sink ? schemaOf(sink) : record({}) });
}

/**
 * The same for a PATCH of a stream whose sink is fixed: one of the shapes that a PATCH may name, which its own is not.
 * https://auth0.com/docs/api/management/v2/log-streams/patch-log-streams-by-id
 */
export const patchedSinkSchema: Schema = record({
  sink: oneOf(
    ...Object.values(sinks)
      .filter(({ fixed }) => !fixed)
      .map(schemaOf),
  ),
});
