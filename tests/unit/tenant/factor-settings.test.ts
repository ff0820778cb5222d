import { expect, test } from "vitest";
import { TestTenant } from "./harness.ts";

test("a key's settings are there from the first day, and what an update leaves out stays", async () => {
  const tenant = await TestTenant.fresh();
  const roaming = "/guardian/factors/webauthn-roaming/settings";
  const initial = { userVerification: "required", overrideRelyingParty: false };
  expect(await tenant.call("GET", roaming)).toEqual({ status: 200, body: initial });
  const put = await tenant.call("PUT", roaming, { userVerification: "preferred" });
  expect(put).toEqual({ status: 200, body: { ...initial, userVerification: "preferred" } });
  expect(await tenant.call("GET", roaming)).toEqual(put);
  expect((await tenant.call("PUT", roaming, { userVerification: "maybe" })).status).toBe(400);
  expect((await tenant.call("GET", "/guardian/factors/webauthn-platform/settings")).body).toEqual({
    overrideRelyingParty: false,
  });
});

test("of a push service no secret is shown", async () => {
  const tenant = await TestTenant.fresh();
  const apns = "/guardian/factors/push-notification/providers/apns";
  await tenant.call("PUT", apns, { sandbox: true, bundle_id: "b", p12: "cDEy" });
  expect((await tenant.call("GET", apns)).body).toEqual({ sandbox: true, bundle_id: "b", enabled: false });
  const fcm = await tenant.call("PUT", "/guardian/factors/push-notification/providers/fcm", { server_key: "shh" });
  expect(fcm).toEqual({ status: 200, body: {} });
});

test("factors are listed in the order of a real tenant", async () => {
  const tenant = await TestTenant.fresh();
  const { body } = await tenant.call("GET", "/guardian/factors");
  expect(body.map(({ name }: { name: string }) => name)).toEqual([
    ...["sms", "push-notification", "otp", "email", "duo", "webauthn-roaming", "webauthn-platform", "recovery-code"],
  ]);
});

test("another mail service starts without the settings of the one before", async () => {
  const tenant = await TestTenant.fresh();
  const settings = { message: { configuration_set_name: "c" } };
  const ses = { name: "ses", default_from_address: "a@acme.com", credentials: { region: "r" } };
  await tenant.call("POST", "/emails/provider", { ...ses, settings });
  expect((await tenant.call("PATCH", "/emails/provider", ses)).body.settings).toEqual(settings);
  const mandrill = { name: "mandrill", credentials: { api_key: "k" } };
  expect((await tenant.call("PATCH", "/emails/provider", mandrill)).body).toEqual({
    name: "mandrill",
    enabled: true,
    default_from_address: "a@acme.com",
    credentials: {},
  });
});
