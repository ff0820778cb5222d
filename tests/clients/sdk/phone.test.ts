import { expect, test } from "vitest";
import { expectRefused, refusal } from "./refusals.ts";
import { sdk, time } from "./tenant.ts";

const { providers, templates } = sdk.branding.phone;
const gone = refusal(404, "Notification Resource not found");
const configuration = { sid: "AC1", default_from: "+15550100", delivery_methods: ["text" as const] };
const credentials = { auth_token: "secret" };

test("the one phone provider is made, read, changed and taken away", async () => {
  const made = await providers.create({ name: "twilio", configuration, credentials });
  expect(made).toEqual({
    id: expect.stringMatching(/^pro_\w{22}$/),
    tenant: "localhost",
    name: "twilio",
    channel: "phone",
    disabled: false,
    configuration,
    created_at: expect.stringMatching(time),
    updated_at: expect.stringMatching(time),
  });
  const id = made.id ?? "";
  expect(await providers.get(id)).toEqual(made);
  expect(await providers.list()).toEqual({ providers: [{ ...made, credentials: null }] });
  await expectRefused(
    providers.create({ name: "twilio", configuration, credentials }),
    refusal(409, "Custom phone provider conflict."),
  );
  const changed = { ...made, disabled: true, updated_at: expect.stringMatching(time) };
  expect(await providers.update(id, { disabled: true })).toEqual(changed);
  expect(await providers.get(id)).toEqual(changed);
  expect(await providers.test(id, { to: "+15550101" })).toEqual({
    code: 202,
    message: "Test notification successfully sent for processing",
  });
  await providers.delete(id);
  await expectRefused(providers.get(id), gone);
  await expectRefused(providers.delete(id), gone);
});

test("each kind of phone message has one template", async () => {
  const made = await templates.create({ type: "otp_verify", content: { body: { text: "{{ code }}" } } });
  expect(made).toEqual({
    id: expect.stringMatching(/^tem_\w{22}$/),
    tenant: "localhost",
    type: "otp_verify",
    channel: "phone",
    disabled: false,
    content: { syntax: "liquid", body: { text: "{{ code }}" } },
    created_at: expect.stringMatching(time),
    updated_at: expect.stringMatching(time),
  });
  const id = made.id ?? "";
  const other = await templates.create({ type: "otp_enroll" });
  expect(await templates.get(id)).toEqual(made);
  expect(await templates.list()).toEqual({ templates: [made, other] });
  await expectRefused(
    templates.create({ type: "otp_verify" }),
    refusal(409, "Phone template already configured for tenant"),
  );
  const changed = { ...made, disabled: true, updated_at: expect.stringMatching(time) };
  expect(await templates.update(id, { disabled: true })).toEqual(changed);
  expect(await templates.reset(id, {})).toMatchObject({
    content: { body: { text: "{{ code | escape }} is your verification code for {{ friendly_name | escape }}" } },
  });
  expect(await templates.test(id, { to: "+15550101" })).toEqual({
    code: 202,
    message: "Test notification successfully sent for processing",
  });
  await templates.delete(id);
  await expectRefused(templates.get(id), gone);
  await expectRefused(templates.delete(id), gone);
});
