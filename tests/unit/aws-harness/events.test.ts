import { expect, test } from "vitest";
import { auth0Event, of, refused, samples } from "../../harness/aws/events.ts";

test("an entry comes in the envelope of EventBridge, by the name that the log stream has there", () => {
  const source = "aws.partner/auth0.com/other/auth0.logs";
  expect(auth0Event(samples.failedMachineToken, { client_name: "erp", ip: undefined }, source)).toEqual({
    version: "0",
    id: "623053cf-8e0f-9203-f464-e789cf18b0e2",
    "detail-type": "Auth0 log",
    source,
    account: "111111111111",
    time: "2026-11-29T10:15:00Z",
    region: "eu-central-1",
    resources: [],
    detail: {
      log_id: samples.login.log_id,
      data: {
        type: "feccft",
        description: "Unauthorized",
        date: "2026-11-29T10:14:59.123Z",
        user_agent: "Chrome 120.0.0 / Mac OS X 10.15.7",
        tenant_name: "tenant",
        environment_name: "prod-eu-1",
        log_id: samples.login.log_id,
        client_id: "Zk3pQw8LmN5vRt1XyB6cJd9fGh2sUa4E",
        client_name: "erp",
        user_id: "",
        hostname: "tenant.eu.auth0.com",
        audience: "https://api.example/",
        scope: "read:orders",
      },
    },
  });
});

test("no two samples are of one type", () => {
  const types = Object.values(samples).map(({ type }) => type);
  expect(new Set(types).size).toBe(types.length);
});

test("a refusal carries the text of the Action, and only that differs elsewhere", () => {
  const text = "org_required:acme: Please sign in as a member of your company.";
  expect(refused("org_required:acme")).toEqual({
    ...samples.failedLogin,
    description: text,
    details: { error: { message: text, oauthError: "access_denied", type: "oauth-authorization" } },
  });
  expect(refused("left", samples.failedRefresh)).toEqual({
    ...samples.failedRefresh,
    description: "left: You are no longer a member of this company.",
  });
  expect(of(samples.wrongPassword, "admin@acme.example")).toEqual({
    ...samples.wrongPassword,
    user_name: "admin@acme.example",
  });
});
