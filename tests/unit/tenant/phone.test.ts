import { expect, test } from "vitest";
import { TestTenant } from "./harness.ts";

const providers = "/branding/phone/providers";
const templates = "/branding/phone/templates";
const twilio = {
  name: "twilio",
  configuration: { sid: "s", default_from: "+1234567890", delivery_methods: ["text"] },
  credentials: { auth_token: "very secret" },
};
const own = { name: "custom", configuration: { delivery_methods: ["text", "voice"] }, credentials: {} };
const times = { created_at: expect.any(String), updated_at: expect.any(String) };
const absent = {
  status: 404,
  body: { statusCode: 404, error: "Not Found", message: "Notification Resource not found" },
};
const sent = { status: 202, body: { code: 202, message: "Test notification successfully sent for processing" } };

test("a phone provider never shows its credentials, and an update replaces its configuration", async () => {
  const tenant = await TestTenant.fresh();
  const { id, ...made } = await tenant.make(providers, twilio);
  expect(id).toMatch(/^pro_[A-Za-z0-9]{22}$/);
  const { credentials: _, ...shown } = twilio;
  expect(made).toEqual({ ...shown, tenant: "localhost", channel: "phone", disabled: false, ...times });
  expect(made.updated_at).toBe(made.created_at);
  const { status, body } = await tenant.call("PATCH", `${providers}/${id}`, own);
  const { configuration, name } = own;
  expect({ status, body }).toEqual({ status: 200, body: { id, ...made, name, configuration, ...times } });
  expect(body.created_at).toBe(made.created_at);
  expect(await tenant.call("GET", `${providers}/${id}`)).toEqual({ status: 200, body });
});

test("the list of phone providers shows credentials as null and can leave out the disabled", async () => {
  const tenant = await TestTenant.fresh();
  expect(await tenant.call("GET", providers)).toEqual({ status: 200, body: { providers: [] } });
  const made = await tenant.make(providers, twilio);
  const listed = { status: 200, body: { providers: [{ ...made, credentials: null }] } };
  expect(await tenant.call("GET", providers)).toEqual(listed);
  expect(await tenant.call("GET", `${providers}?disabled=false`)).toEqual(listed);
  expect((await tenant.call("GET", `${providers}?disabled=true`)).body).toEqual({ providers: [] });
});

test("a tenant has one phone provider, and Twilio needs to know whom messages come from", async () => {
  const tenant = await TestTenant.fresh();
  const { default_from: _, ...configuration } = twilio.configuration;
  expect(await tenant.call("POST", providers, { ...twilio, configuration })).toEqual({
    status: 400,
    body: { statusCode: 400, error: "Bad Request", message: "Bad Operation on Notification Resource" },
  });
  await tenant.make(providers, { ...twilio, configuration: { ...configuration, mssid: "m" } });
  expect(await tenant.call("POST", providers, own)).toEqual({
    status: 409,
    body: { statusCode: 409, error: "Conflict", message: "Custom phone provider conflict." },
  });
});

test("a phone provider is tried without sending anything, and unknown after its delete", async () => {
  const tenant = await TestTenant.fresh();
  const { id } = await tenant.make(providers, twilio);
  expect(await tenant.call("POST", `${providers}/${id}/try`, { to: "+4912345" })).toEqual(sent);
  expect((await tenant.call("DELETE", `${providers}/${id}`)).status).toBe(204);
  expect(await tenant.call("DELETE", `${providers}/${id}`)).toEqual(absent);
  expect(await tenant.call("GET", `${providers}/${id}`)).toEqual(absent);
  expect(await tenant.call("POST", `${providers}/${id}/try`, { to: "+4912345" })).toEqual(absent);
});

const message = { text: "Code {{ code }}", voice: "Code {{ code }}" };

test("a phone template is of one type, keeps its syntax, and a reset brings back its first words only", async () => {
  const tenant = await TestTenant.fresh();
  const { id, ...made } = await tenant.make(templates, {
    type: "otp_verify",
    content: { from: "+1234567890", body: message },
  });
  expect(id).toMatch(/^tem_[A-Za-z0-9]{22}$/);
  const content = { syntax: "liquid", from: "+1234567890", body: message };
  const rest = { type: "otp_verify", tenant: "localhost", channel: "phone", disabled: false };
  expect(made).toEqual({ ...rest, content, ...times });
  const other = { text: "Other", voice: "Other" };
  const path = `${templates}/${id}`;
  const changed = await tenant.call("PATCH", path, { content: { body: other }, disabled: true });
  expect(changed).toEqual({
    status: 200,
    body: { id, ...rest, disabled: true, content: { ...content, body: other }, ...times },
  });
  expect(await tenant.call("GET", path)).toEqual(changed);
  expect((await tenant.call("PATCH", `${path}/reset`)).body.content).toEqual({
    ...content,
    body: {
      text: "{{ code | escape }} is your verification code for {{ friendly_name | escape }}",
      voice:
        "Hello. Your verification code for {{ friendly_name | escape }} is {{ pause }} {{ code | escape }}. I repeat, your verification code is {{ pause }} {{ code | escape }}",
    },
  });
});

test("there is one phone template of a type; it is tried and deleted as a provider is", async () => {
  const tenant = await TestTenant.fresh();
  const { id } = await tenant.make(templates, { type: "change_password", content: { body: message } });
  await tenant.make(templates, { type: "otp_enroll" });
  expect(await tenant.call("POST", templates, { type: "change_password" })).toEqual({
    status: 409,
    body: { statusCode: 409, error: "Conflict", message: "Phone template already configured for tenant" },
  });
  const { body } = await tenant.call("GET", templates);
  expect(body.templates.map(({ type }: { type: string }) => type)).toEqual(["change_password", "otp_enroll"]);
  expect(await tenant.call("POST", `${templates}/${id}/try`, { to: "+4912345", delivery_method: "voice" })).toEqual(
    sent,
  );
  expect((await tenant.call("DELETE", `${templates}/${id}`)).status).toBe(204);
  for (const [method, path] of [
    ["DELETE", id],
    ["GET", id],
    ["PATCH", `${id}/reset`],
  ] as const)
    expect(await tenant.call(method, `${templates}/${path}`)).toEqual(absent);
});
