import { randomInt } from "node:crypto";
import { uuid } from "../ids.ts";
import { badBody, missing } from "../management/faults.ts";
import { choice, flag, freeRecord, list, nullable, record, text } from "../management/fields.ts";
import { type Body, bodyAt, isBody, listAt, omit, textAt } from "../management/json.ts";
import type { Call, Entity, Family } from "../management/tables.ts";
import type { Stored } from "../store.ts";

/** Where logs may go, and what each needs: https://auth0.com/docs/api/management/v2/log-streams/post-log-streams */
const sinks: { readonly [type: string]: readonly string[] } = {
  http: ["httpEndpoint"],
  eventbridge: ["awsAccountId", "awsRegion"],
  eventgrid: ["azureSubscriptionId", "azureRegion", "azureResourceGroup"],
  datadog: ["datadogApiKey", "datadogRegion"],
  splunk: ["splunkDomain", "splunkToken", "splunkPort", "splunkSecure"],
  sumo: ["sumoSourceAddress"],
  segment: ["segmentWriteKey"],
  mixpanel: ["mixpanelRegion", "mixpanelProjectId", "mixpanelServiceAccountUsername", "mixpanelServiceAccountPassword"],
};

const categories = [
  ...["auth.login.fail", "auth.login.notification", "auth.login.success", "auth.logout.fail", "auth.logout.success"],
  ...["auth.signup.fail", "auth.signup.success", "auth.silent_auth.fail", "auth.silent_auth.success"],
  ...["auth.token_exchange.fail", "auth.token_exchange.success", "management.fail", "management.success"],
  ...["scim.event", "system.notification", "user.fail", "user.notification", "user.success", "actions", "other"],
];

const shared = {
  name: text({ min: 1 }),
  isPriority: flag(),
  filters: list(record({ type: choice(["category"]), name: choice(categories) })),
  pii_config: nullable(
    record(
      {
        log_fields: list(choice(["first_name", "last_name", "username", "email", "phone", "address"]), { min: 1 }),
        method: choice(["mask", "hash"]),
        algorithm: choice(["xxhash"]),
      },
      { required: ["log_fields"] },
    ),
  ),
  sink: freeRecord(),
};

const logStream: Entity = {
  family: "log-streams",
  path: "/log-streams",
  idField: "id",
  newId: () => `lst_${Array.from({ length: 16 }, () => randomInt(10)).join("")}`,
  missing: missing("The log stream does not exist."),
  create: {
    fields: record({ ...shared, type: choice(Object.keys(sinks)), startFrom: text() }, { required: ["type", "sink"] }),
    status: 200,
  },
  update: {
    fields: record({ ...shared, status: choice(["active", "paused", "suspended"]) }),
    merged: ["pii_config"],
  },
  remove: { status: 204, repeated: 204 },
  defaults: (body) => ({ name: textAt(body, "type") ?? "", status: "active", isPriority: false }),
  settle,
  shown: ({ body }) => {
    const sink = bodyAt(body, "sink");
    const visible =
      sink.mixpanelServiceAccountPassword === undefined
        ? sink
        : { ...sink, mixpanelServiceAccountPassword: "********" };
    return { ...body, sink: visible };
  },
  list: { items: "log_streams", style: "array" },
};

function settle(next: Body, _: Call, before?: Stored): Body {
  const type = textAt(next, "type") ?? "";
  const sink = bodyAt(next, "sink");
  const absent = sinks[type]?.find((field) => sink[field] === undefined);
  if (absent !== undefined)
    throw badBody(`Payload validation error: 'Missing required property: ${absent}' on property sink.`);
  const pii = next.pii_config;
  return {
    ...omit(next, listAt(next, "filters").length === 0 ? ["filters", "startFrom"] : ["startFrom"]),
    sink: { ...sink, ...partner(type, bodyAt(before?.body ?? {}, "sink")) },
    ...(isBody(pii) ? { pii_config: { method: "hash", algorithm: "xxhash", ...pii } } : {}),
  };
}

/** The name under which the cloud provider sees the stream; it stays the same for its life. */
function partner(type: string, before: Body): Body {
  const field = { eventbridge: "awsPartnerEventSource", eventgrid: "azurePartnerTopic" }[type];
  if (field === undefined) return {};
  const cloud = type === "eventbridge" ? "aws" : "azure";
  return { [field]: before[field] ?? `${cloud}.partner/auth0.com/localhost-${uuid()}/auth0.logs` };
}

export const logStreams: Family = { entities: [logStream] };
