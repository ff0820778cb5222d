import { randomInt } from "node:crypto";
import { uuid } from "../ids.ts";
import { missing } from "../management/faults.ts";
import { choice, flag, freeRecord, list, nullable, record, text } from "../management/fields.ts";
import { type Body, bodyAt, isBody, listAt, omit, textAt } from "../management/json.ts";
import type { Call, Entity, Family } from "../management/tables.ts";
import { validate } from "../management/validation.ts";
import type { Stored } from "../store.ts";
import { patchedSinkSchema, sinkSchema, sinks } from "./log-sinks.ts";

const categories = [
  ...["auth.login.fail", "auth.login.notification", "auth.login.success", "auth.logout.fail", "auth.logout.success"],
  ...["auth.signup.fail", "auth.signup.success", "auth.silent_auth.fail", "auth.silent_auth.success"],
  ...["auth.token_exchange.fail", "auth.token_exchange.success", "management.fail", "management.success"],
  ...["scim.event", "system.notification", "user.fail", "user.notification", "user.success", "actions", "other"],
];

const shared = {
  name: text(),
  isPriority: flag(),
  filters: list(record({ type: choice(["category"]), name: choice(categories) }, { open: true })),
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
  update: { fields: record({ ...shared, status: choice(["active", "paused", "suspended"]) }) },
  remove: { status: 204, repeated: 204 },
  defaults: (body) => ({
    name: textAt(body, "type") ?? "",
    status: "active",
    ...sinks[textAt(body, "type") ?? ""]?.unset,
  }),
  settle,
  shown: ({ body }) => {
    const sink = bodyAt(body, "sink");
    const { hidden } = sinks[textAt(body, "type") ?? ""] ?? {};
    return { ...body, sink: hidden === undefined ? sink : { ...sink, [hidden]: "********" } };
  },
  list: { items: "log_streams", style: "array" },
};

function settle(next: Body, call: Call, before?: Stored): Body {
  const type = textAt(next, "type") ?? "";
  const earlier = bodyAt(before?.body ?? {}, "sink");
  const { remembered } = sinks[type] ?? {};
  const secret = remembered === undefined ? undefined : earlier[remembered];
  const sink: Body = {
    ...(remembered === undefined || secret === undefined ? {} : { [remembered]: secret }),
    ...bodyAt(next, "sink"),
  };
  const isPatched = before !== undefined && call.body.sink !== undefined;
  validate({ sink }, isPatched && sinks[type]?.fixed ? patchedSinkSchema : sinkSchema(type), "body");
  const pii = piiConfig(next, call, before);
  const filters = next.isPriority === true ? securityOnly : listAt(next, "filters");
  return {
    ...omit(next, ["filters", "pii_config", "startFrom"]),
    sink: { ...sink, ...partner(type, sink, earlier) },
    ...(filters.length === 0 ? {} : { filters }),
    ...(pii === undefined ? {} : { pii_config: pii }),
  };
}

/** A prioritized stream carries security events, whatever filters a request names. */
const securityOnly = [{ type: "category", name: "security" }];

/** A PATCH that sets the sink without saying how to conceal personal data leaves that data open. */
function piiConfig(next: Body, { body }: Call, before?: Stored): Body | undefined {
  const pii = next.pii_config;
  if (!isBody(pii)) return undefined;
  if (before && body.sink !== undefined && body.pii_config === undefined) return undefined;
  return { method: "hash", algorithm: "xxhash", ...pii };
}

/** The name under which the cloud provider sees the stream; it stays the same for its life. */
function partner(type: string, sink: Body, earlier: Body): Body {
  if (type === "eventbridge") {
    const source = earlier.awsPartnerEventSource ?? `aws.partner/auth0.com/localhost-${uuid()}/auth0.logs`;
    return { awsPartnerEventSource: source };
  }
  if (type !== "eventgrid") return {};
  const subscription = textAt(sink, "azureSubscriptionId") ?? "";
  return { azurePartnerTopic: `azure.partner/auth0.com/localhost-${subscription}/auth0.logs` };
}

export const logStreams: Family = { entities: [logStream] };
