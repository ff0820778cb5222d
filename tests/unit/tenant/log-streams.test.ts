import { expect, test } from "vitest";
import { TestTenant } from "./harness.ts";

const datadog = { datadogApiKey: "key", datadogRegion: "us" };
const security = [{ type: "category", name: "security" }];
const gone = { statusCode: 404, error: "Not Found", message: "The log stream does not exist." };

test("a log stream to a partner gets a source name that an update keeps, and no update names its sink", async () => {
  const tenant = await TestTenant.fresh();
  const sink = { awsAccountId: "999999999999", awsRegion: "us-west-2" };
  const made = await tenant.make("/log-streams", { name: "Events", type: "eventbridge", sink });
  expect(made).toEqual({
    id: expect.stringMatching(/^lst_\d{16}$/),
    name: "Events",
    type: "eventbridge",
    status: "active",
    sink: {
      ...sink,
      awsPartnerEventSource: expect.stringMatching(/^aws\.partner\/auth0\.com\/localhost-[0-9a-f-]{36}\/auth0\.logs$/),
    },
  });
  expect((await tenant.call("PATCH", `/log-streams/${made.id}`, { name: "All" })).body).toEqual({
    ...made,
    name: "All",
  });
  expect(await tenant.call("PATCH", `/log-streams/${made.id}`, { sink })).toEqual({
    status: 400,
    body: {
      statusCode: 400,
      error: "Bad Request",
      message: "Payload validation error: 'Data does not match any schemas from 'oneOf'' on property sink.",
      errorCode: "invalid_body",
    },
  });
});

test("only streams over HTTP and to Datadog say that they are not prioritized, every one says what was set", async () => {
  const tenant = await TestTenant.fresh();
  const sinks = {
    http: { httpEndpoint: "https://logs.acme.com" },
    datadog,
    sumo: { sumoSourceAddress: "https://sumo.acme.com" },
    segment: { segmentWriteKey: "key" },
    splunk: { splunkDomain: "logs.acme.com", splunkToken: "token", splunkPort: "8088", splunkSecure: true },
  };
  const said: unknown[] = [];
  for (const [type, sink] of Object.entries(sinks)) {
    const plain = await tenant.make("/log-streams", { type, sink });
    const { body } = await tenant.call("PATCH", `/log-streams/${plain.id}`, { isPriority: false });
    said.push([type, plain.isPriority, body.isPriority]);
  }
  expect(said).toEqual([
    ["http", false, false],
    ["datadog", false, false],
    ["sumo", undefined, false],
    ["segment", undefined, false],
    ["splunk", undefined, false],
  ]);
});

test("Azure's topic is named by the subscription", async () => {
  const tenant = await TestTenant.fresh();
  const azureSubscriptionId = "b69a6835-57c7-4d53-b0d5-1c6ae580b6d5";
  const sink = { azureSubscriptionId, azureRegion: "northeurope", azureResourceGroup: "logs" };
  expect((await tenant.make("/log-streams", { type: "eventgrid", sink })).sink).toEqual({
    ...sink,
    azurePartnerTopic: `azure.partner/auth0.com/localhost-${azureSubscriptionId}/auth0.logs`,
  });
});

test("a prioritized stream carries security events, whatever filters are asked for", async () => {
  const tenant = await TestTenant.fresh();
  const made = await tenant.make("/log-streams", { type: "datadog", isPriority: true, sink: datadog });
  expect(made.filters).toEqual(security);
  const filters = [{ type: "category", name: "auth.login.fail" }];
  expect((await tenant.call("PATCH", `/log-streams/${made.id}`, { filters })).body.filters).toEqual(security);
});

test("filters that are emptied disappear", async () => {
  const tenant = await TestTenant.fresh();
  const filters = [{ type: "category", name: "auth.login.fail" }];
  const made = await tenant.make("/log-streams", { type: "datadog", filters, sink: datadog });
  expect(made.filters).toEqual(filters);
  expect((await tenant.call("PATCH", `/log-streams/${made.id}`, { filters: [] })).body).toEqual({
    id: made.id,
    name: "datadog",
    type: "datadog",
    status: "active",
    isPriority: false,
    sink: datadog,
  });
});

test("concealment of personal data is replaced whole, and lost by a PATCH of the sink without it", async () => {
  const tenant = await TestTenant.fresh();
  const pii_config = { log_fields: ["email"], method: "mask" };
  const made = await tenant.make("/log-streams", { type: "datadog", pii_config, sink: datadog });
  expect(made.pii_config).toEqual({ ...pii_config, algorithm: "xxhash" });
  const path = `/log-streams/${made.id}`;
  const other = await tenant.call("PATCH", path, { pii_config: { log_fields: ["phone"] } });
  expect(other.body.pii_config).toEqual({ log_fields: ["phone"], method: "hash", algorithm: "xxhash" });
  const paused = await tenant.call("PATCH", path, { status: "paused" });
  expect(paused.body).toEqual({ ...other.body, status: "paused" });
  expect((await tenant.call("PATCH", path, { sink: datadog })).body).toEqual({
    id: made.id,
    name: "datadog",
    type: "datadog",
    status: "paused",
    isPriority: false,
    sink: datadog,
  });
});

test("a password of Mixpanel is never shown, and a PATCH need not repeat it", async () => {
  const tenant = await TestTenant.fresh();
  const account = { mixpanelRegion: "us", mixpanelProjectId: "1", mixpanelServiceAccountUsername: "x" };
  const sink = { ...account, mixpanelServiceAccountPassword: "secret" };
  const shown = { ...account, mixpanelServiceAccountPassword: "********" };
  const made = await tenant.make("/log-streams", { type: "mixpanel", sink });
  expect(made.sink).toEqual(shown);
  const patched = await tenant.call("PATCH", `/log-streams/${made.id}`, { sink: { ...account, mixpanelRegion: "eu" } });
  expect(patched.body.sink).toEqual({ ...shown, mixpanelRegion: "eu" });
});

test.each([
  [
    "http",
    { httpEndpoint: "http://x" },
    "'String does not match pattern ^https://.*: http://x' on property sink.httpEndpoint",
  ],
  ["datadog", { datadogApiKey: "x" }, "'Missing required property: datadogRegion' on property sink"],
  ["sumo", { sumoSourceAddress: "x", y: 1 }, "'Additional properties not allowed: y' on property sink"],
])("a sink of %s is held to what its target needs", async (type, sink, said) => {
  const tenant = await TestTenant.fresh();
  expect(await tenant.call("POST", "/log-streams", { type, sink })).toEqual({
    status: 400,
    body: {
      statusCode: 400,
      error: "Bad Request",
      message: `Payload validation error: ${said}.`,
      errorCode: "invalid_body",
    },
  });
});

test("a second delete of a log stream answers as the first, and reading it does not", async () => {
  const tenant = await TestTenant.fresh();
  const { id } = await tenant.make("/log-streams", { type: "datadog", sink: datadog });
  for (const _ of [1, 2]) expect((await tenant.call("DELETE", `/log-streams/${id}`)).status).toBe(204);
  expect(await tenant.call("GET", `/log-streams/${id}`)).toEqual({ status: 404, body: gone });
});
