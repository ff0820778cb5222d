import type { JsonObject } from "../management.ts";
import { camel } from "../properties.ts";
import type { Fields } from "../table.ts";
import { type Dict, dictAt, isZero, text } from "../value.ts";
import { entity } from "./entity.ts";
import { fromAnswer, type Mapping, objectBody } from "./mapping.ts";
import { encodePath, orGone, type Step } from "./operation.ts";

/** By type of stream, how the fields of its sink begin. */
const PREFIXES: Readonly<Record<string, string>> = {
  eventbridge: "aws_",
  eventgrid: "azure_",
  http: "http_",
  datadog: "datadog_",
  splunk: "splunk_",
  sumo: "sumo_",
  mixpanel: "mixpanel_",
  segment: "segment_",
};
/** Sinks that no update may name: another account or region is another stream. */
const FIXED = new Set(["eventbridge", "eventgrid"]);
/** Told by Auth0, or sent by a rule of its own. */
const APART = new Set(["aws_partner_event_source", "datadog_api_key_wo", "datadog_api_key_wo_version"]);

const mapping: Mapping = {
  names: { is_priority: "isPriority", start_from: "startFrom" },
  once: ["type"],
  whenChanged: ["pii_config"],
  unsent: ["sink"],
  unread: ["sink"],
};

function fieldsOf({ fields }: Step, type: string): Fields {
  const prefix = PREFIXES[type];
  const all = Object.entries(fields.sink?.fields ?? {});
  return Object.fromEntries(all.filter(([name]) => prefix !== undefined && name.startsWith(prefix)));
}

const namesOf = (fields: Fields): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.keys(fields).map((name) => [name, camel(name)]));

function sinkBody(step: Step): JsonObject | undefined {
  const type = text(step.config.type);
  if (PREFIXES[type] === undefined || (FIXED.has(type) && !step.creates)) return undefined;
  const fields = Object.fromEntries(Object.entries(fieldsOf(step, type)).filter(([name]) => !APART.has(name)));
  const written = dictAt(step.config.sink);
  const body = objectBody(fields, written, { names: namesOf(fields) }, "");
  const key = text(written.datadog_api_key_wo);
  return type === "datadog" && key !== "" && hasNewKey(step) ? { ...body, datadogApiKey: key } : body;
}

/** A key that no state keeps is sent in a creation and with each new number. */
function hasNewKey({ creates, prior, planned }: Step): boolean {
  const numbers = [prior, planned].map((state) => dictAt(state?.sink).datadog_api_key_wo_version ?? null);
  return creates || numbers[0] !== numbers[1];
}

function sent(body: JsonObject, step: Step): JsonObject {
  const sink = sinkBody(step);
  const { status, ...rest } = body;
  // A creation cannot name the status: what is written follows in a request of its own.
  return { ...rest, ...(sink ? { sink } : {}), ...(step.creates || status === undefined ? {} : { status }) };
}

function received(read: Dict, answer: JsonObject, step: Step): Dict {
  const type = text(String(answer.type ?? ""));
  const fields = fieldsOf(step, type);
  const told = fromAnswer(fields, answerSink(answer), { names: namesOf(fields) });
  const known = dictAt(step.planned.sink);
  if (type === "mixpanel") told.mixpanel_service_account_password = known.mixpanel_service_account_password ?? null;
  if (type === "datadog") {
    const numbered = !isZero(known.datadog_api_key_wo_version);
    told.datadog_api_key_wo_version = numbered ? (known.datadog_api_key_wo_version ?? null) : null;
    if (numbered) told.datadog_api_key = null;
  }
  return { ...read, sink: [told] };
}

const answerSink = ({ sink }: JsonObject): JsonObject =>
  typeof sink === "object" && sink !== null && !Array.isArray(sink) ? sink : {};

/** https://auth0.com/docs/api/management/v2/log-streams/post-log-streams */
export const logStream = entity({
  collection: "log-streams",
  mapping,
  sent,
  received,
  async afterCreate({ api, planned }, id, answer) {
    const status = text(planned.status);
    if (status === "" || status === answer.status) return;
    await orGone(api.send("PATCH", `log-streams/${encodePath(id)}`, { status }));
  },
});
