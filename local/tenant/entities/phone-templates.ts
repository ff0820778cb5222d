import { prefixed } from "../ids.ts";
import { conflict } from "../management/faults.ts";
import { anything, choice, flag, record, text, without } from "../management/fields.ts";
import { type Body, bodyAt, textAt } from "../management/json.ts";
import type { Call, Entity, Family, Route } from "../management/tables.ts";
import { noPhoneResource, trial, wholeList } from "./phone-providers.ts";
import { tenantName } from "./tenant-name.ts";

const code = "{{ code | escape }}";
const name = "{{ friendly_name | escape }}";
const pause = "{{ pause }}";
const spoken = (what: string): string =>
  `Hello. Your ${what} for ${name} is ${pause} ${code}. I repeat, your ${what} is ${pause} ${code}`;
const alert = (event: string): Body => {
  const message = `${event} Reset your password, or disregard this message if it was you.`;
  return { text: message, voice: message };
};

/** What a message says until it is customized, and after a reset. */
const initial: { readonly [type: string]: Body } = {
  otp_verify: { text: `${code} is your verification code for ${name}`, voice: spoken("verification code") },
  otp_enroll: {
    text: `${code} is your verification code for ${name}. Please enter this code to verify your enrollment.`,
    voice: spoken("verification code"),
  },
  change_password: {
    text: `${code} is your password change code for ${name}`,
    voice: spoken("password change code"),
  },
  // the texts of these two are ours
  blocked_account: alert("Logins to your account from {{user.source_ip}} have been blocked."),
  password_breach: alert("Your password was found in a breach of another website."),
};

const content = record(
  {
    from: text({
      min: 1,
      max: 16,
      description: "Default phone number to be used as 'from' when sending a phone notification",
    }),
    body: record({ text: text({ min: 1, max: 20000 }), voice: text({ min: 1, max: 20000 }) }, { min: 1 }),
    syntax: text(),
  },
  { min: 1 },
);

/** https://auth0.com/docs/api/management/v2/branding/create-phone-template */
const template: Entity = {
  family: "phone-templates",
  path: "/branding/phone/templates",
  idField: "id",
  newId: prefixed("tem", 22),
  missing: noPhoneResource,
  keys: [
    {
      name: "type",
      of: (body) => textAt(body, "type"),
      conflict: conflict("Phone template already configured for tenant").fault,
    },
    { name: "disabled", of: (body) => String(body.disabled) },
  ],
  create: {
    fields: record(
      { type: choice(Object.keys(initial)), disabled: flag(), content },
      { required: ["type"] }, // the document says optional, but there is no message of no type
    ),
    status: 201,
  },
  update: { fields: record({ content: without(content, "syntax"), disabled: flag() }), merged: ["content"] },
  remove: { status: 204, repeated: 404 },
  defaults: (_, { tenant }) => ({
    tenant: tenantName(tenant),
    channel: "phone",
    disabled: false,
    created_at: new Date().toISOString(),
  }),
  settle: (next: Body, _: Call, before) => ({
    ...next,
    content: { syntax: "liquid", body: initialOf(next), ...bodyAt(next, "content") },
    updated_at: before ? new Date().toISOString() : (next.created_at ?? null),
  }),
};

function initialOf(body: Body): Body {
  return initial[textAt(body, "type") ?? ""] ?? {};
}

const reset: Route = {
  method: "PATCH",
  path: "/branding/phone/templates/:id/reset",
  fields: anything(),
  handle: (call) => {
    const { objects } = call.tenant;
    const before = objects.require(template.family, call.params.id ?? "", template.missing);
    return { status: 200, body: objects.update(before, { content: { body: initialOf(before.body) } }, call).body };
  },
};

export const phoneTemplates: Family = {
  entities: [template],
  routes: [wholeList(template, "templates"), trial(template, true), reset],
};
