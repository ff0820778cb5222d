import { X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { askToken, makeMachine, TestTenant } from "./harness.ts";

test("the signing key that is listed is the one that signs, under the name that tokens give", async () => {
  const tenant = await TestTenant.fresh();
  const { status, body } = await tenant.call("GET", "/keys/signing");
  expect(status).toBe(200);
  const [key, ...others] = body;
  expect(others).toEqual([]);
  const { fingerprint } = new X509Certificate(key.cert);
  expect(key).toEqual({
    kid: expect.any(String),
    cert: expect.stringMatching(/^-----BEGIN CERTIFICATE-----/),
    current: true,
    next: false,
    previous: false,
    current_since: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    fingerprint,
    thumbprint: fingerprint.replaceAll(":", ""),
    revoked: false,
  });
  const { access_token } = (await askToken(tenant, await makeMachine(tenant))).body;
  const [header = ""] = access_token.split(".");
  expect(JSON.parse(Buffer.from(header, "base64url").toString()).kid).toBe(key.kid);
  expect(await tenant.call("GET", `/keys/signing/${key.kid}`)).toEqual({ status: 200, body: key });
});

test("an unknown signing key is refused", async () => {
  const tenant = await TestTenant.fresh();
  expect(await tenant.call("GET", "/keys/signing/nothing")).toEqual({
    status: 404,
    body: { statusCode: 404, error: "Not Found", message: "Signing key not found." },
  });
});
