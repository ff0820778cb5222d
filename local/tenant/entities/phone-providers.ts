import { prefixed } from "../ids.ts";
import { conflict, type Fault, missing, Refusal } from "../management/faults.ts";
import { choice, flag, list, record, type Schema, text } from "../management/fields.ts";
import { type Body, bodyAt, omit } from "../management/json.ts";
import type { Call, Entity, Family, Route } from "../management/tables.ts";
import { tenantName } from "./tenant-name.ts";

/** What the service of phone messages says of whatever it does not have. */
export const noPhoneResource = missing("Notification Resource not found");

const badOperation: Fault = { status: 400, message: "Bad Operation on Notification Resource" };
const anyOf = (...schemas: readonly Schema[]): Schema => ({ anyOf: schemas });

const delivery = { delivery_methods: list(choice(["text", "voice"]), { min: 1 }) };

const fields = {
  name: { ...choice(["twilio", "custom"]), description: "Name of the phone notification provider" },
  disabled: flag(),
  configuration: anyOf(
    record(
      { ...delivery, default_from: text(), mssid: text(), sid: text() },
      { required: ["sid", "delivery_methods"] },
    ),
    record(delivery, { required: ["delivery_methods"] }),
  ),
  credentials: anyOf(record({ auth_token: text({ min: 1, max: 255 }) }, { required: ["auth_token"] }), record({})),
};

/** https://auth0.com/docs/customize/phone-messages/configure-phone-messaging-providers */
const provider: Entity = {
  family: "phone-providers",
  path: "/branding/phone/providers",
  idField: "id",
  newId: prefixed("pro", 22),
  missing: noPhoneResource,
  keys: [
    { name: "only", of: () => "phone provider", conflict: conflict("Custom phone provider conflict.").fault },
    { name: "disabled", of: (body) => String(body.disabled) },
  ],
  create: { fields: record(fields, { required: ["name", "credentials"], open: true }), status: 201 },
  update: { fields: record(fields, { min: 1 }) },
  remove: { status: 204, repeated: 404 },
  defaults: (_, { tenant }) => ({
    tenant: tenantName(tenant),
    channel: "phone",
    disabled: false,
    created_at: new Date().toISOString(),
  }),
  settle,
  // credentials are never shown
  shown: ({ body }) => omit(body, ["credentials"]),
};

function settle(next: Body, _: Call, before?: unknown): Body {
  const { default_from, mssid } = bodyAt(next, "configuration");
  if (next.name === "twilio" && default_from === undefined && mssid === undefined) throw new Refusal(badOperation);
  return { ...next, updated_at: before ? new Date().toISOString() : (next.created_at ?? null) };
}

/** A list that is never paged; its objects show `more` than elsewhere. */
export function wholeList({ family, path, shown }: Entity, items: string, more: Body = {}): Route {
  return {
    method: "GET",
    path,
    query: { disabled: flag() },
    handle: (call) => {
      const { disabled } = call.query;
      const where = disabled === undefined ? [] : [{ name: "disabled", values: [disabled] }];
      const all = call.tenant.objects.store.select({ family, where });
      return {
        status: 200,
        body: { [items]: all.map((stored) => ({ ...(shown?.(stored, call) ?? stored.body), ...more })) },
      };
    },
  };
}

/** Takes a message to try a provider or a template with. Nothing is sent from here. */
export function trial({ family, path, missing }: Entity, open: boolean): Route {
  return {
    method: "POST",
    path: `${path}/:id/try`,
    fields: record(
      { to: text({ min: 1, max: 16 }), delivery_method: choice(["text", "voice"]) },
      { required: ["to"], open },
    ),
    handle: ({ params, tenant: { objects } }) => {
      objects.require(family, params.id ?? "", missing);
      return { status: 202, body: { code: 202, message: "Test notification successfully sent for processing" } };
    },
  };
}

export const phoneProviders: Family = {
  entities: [provider],
  routes: [wholeList(provider, "providers", { credentials: null }), trial(provider, false)],
};
