import { expect, test } from "vitest";
import { Secret } from "../../../local/plugin/marshal.ts";
import type { Dict } from "../../../local/plugin/value.ts";
import { connected, plain, typeOf } from "./connected.ts";
import { store } from "./fake-management-api.ts";

const held = connected();
const type = typeOf("logStream");

/** What was sent since the test began. */
function sent(): unknown[] {
  const from = held.fake.requests.length - held.fake.lines().length;
  return held.fake.requests.slice(from).flatMap(({ method, body }) => (method === "GET" ? [] : [{ method, body }]));
}

const stream = (kind: string, sink: Dict, more: Dict = {}): Dict => ({ name: "audit", type: kind, sink, ...more });
const aws = { awsAccountId: "123456789012", awsRegion: "eu-west-1" };

test("EventBridge's source is Auth0's to name; no update sends the sink, and one of another region is another stream", async () => {
  const source = "aws.partner/auth0.com/t-1/auth0.logs";
  held.fake.answer = store("log-streams", "lst_1", { status: "active" });
  const inputs = stream("eventbridge", { ...aws, awsPartnerEventSource: "mine" });
  const made = await type.create(held.api, inputs);
  expect(sent()).toEqual([{ method: "POST", body: { name: "audit", type: "eventbridge", sink: aws } }]);
  held.fake.answer = () => ({
    status: 200,
    body: {
      id: "lst_1",
      name: "audit",
      type: "eventbridge",
      status: "active",
      sink: { ...aws, awsPartnerEventSource: source },
    },
  });
  const state = plain((await type.read(held.api, made.id, plain(made.properties)))?.properties ?? {});
  expect(state.sink).toMatchObject({ ...aws, awsPartnerEventSource: source, azurePartnerTopic: "", httpEndpoint: "" });
  held.fake.lines();
  const filters = [{ type: "category", name: "auth.login.fail" }];
  await type.update(held.api, made.id, state, {
    ...stream("eventbridge", aws),
    filters,
    status: "paused",
    isPriority: true,
  });
  expect(sent()).toEqual([{ method: "PATCH", body: { name: "audit", status: "paused", isPriority: true, filters } }]);
  const moved = type.diff(
    "lst_1",
    state,
    stream("eventbridge", { ...aws, awsRegion: "eu-central-1" }, { __defaults: [] }),
    [],
  );
  expect([[...moved.changes.keys()], moved.replaces, moved.deleteBeforeReplace]).toEqual([
    ["sink.awsRegion"],
    ["sink"],
    true,
  ]);
});

test("a status that a creation cannot name follows in a request of its own, unless it is so already", async () => {
  for (const status of ["paused", "active"]) {
    held.fake.answer = store("log-streams", "lst_1", { status: "active" });
    await type.create(held.api, stream("eventbridge", aws, { status }));
  }
  const body = { name: "audit", type: "eventbridge", sink: aws };
  expect(sent()).toEqual([
    { method: "POST", body },
    { method: "PATCH", body: { status: "paused" } },
    { method: "POST", body },
  ]);
});

test.each([
  [
    "eventgrid",
    { azureSubscriptionId: "s", azureResourceGroup: "g", azureRegion: "northeurope", azurePartnerTopic: "t" },
    false,
  ],
  [
    "http",
    {
      httpEndpoint: "https://a.example",
      httpContentFormat: "JSONLINES",
      httpCustomHeaders: [{ header: "a", value: "b" }],
    },
    true,
  ],
  ["splunk", { splunkDomain: "d", splunkToken: "t", splunkPort: "8088", splunkSecure: false }, true],
  ["sumo", { sumoSourceAddress: "https://a.example" }, true],
  ["segment", { segmentWriteKey: "k" }, true],
  ["datadog", { datadogRegion: "eu", datadogApiKey: "k" }, true],
])("of a sink of %s what belongs to it is sent, and read", async (kind, sink, isPatched) => {
  held.fake.answer = store("log-streams", "lst_1", { status: "active" });
  const made = await type.create(held.api, stream(kind, { ...sink, mixpanelRegion: "us" }));
  const { mixpanelRegion: _, ...read } = plain(made.properties).sink as Dict;
  expect(read).toMatchObject(sink);
  await type.update(held.api, made.id, plain(made.properties), stream(kind, sink, { name: "new" }));
  const body = { name: "new", ...(isPatched ? { sink } : {}) };
  expect(sent()).toEqual([
    { method: "POST", body: { name: "audit", type: kind, sink } },
    { method: "PATCH", body },
  ]);
});

test("a key that no state keeps is sent in a creation and with each new number only", async () => {
  held.fake.answer = store("log-streams", "lst_1", { status: "active" });
  const sink = (key: string, number: number) =>
    stream("datadog", { datadogRegion: "eu", datadogApiKeyWo: key, datadogApiKeyWoVersion: number });
  const made = await type.create(held.api, sink("one", 1));
  const state = plain(made.properties);
  expect(state.sink).toMatchObject({ datadogApiKey: "", datadogApiKeyWo: null, datadogApiKeyWoVersion: 1 });
  const second = plain((await type.update(held.api, "lst_1", state, { ...sink("two", 1), name: "b" })).properties);
  await type.update(held.api, "lst_1", second, { ...sink("three", 2), name: "b" });
  expect(sent().map((one) => (one as { body: { sink: unknown } }).body.sink)).toEqual([
    { datadogRegion: "eu", datadogApiKey: "one" },
    { datadogRegion: "eu" },
    { datadogRegion: "eu", datadogApiKey: "three" },
  ]);
});

test("a password that Auth0 hides stays as it was written, secret", async () => {
  const sink = { mixpanelRegion: "us", mixpanelProjectId: "1", mixpanelServiceAccountUsername: "u" };
  const answer = {
    id: "lst_1",
    name: "audit",
    type: "mixpanel",
    status: "active",
    sink: { ...sink, mixpanelServiceAccountPassword: "********" },
  };
  held.fake.answer = () => ({ status: 200, body: answer });
  const made = await type.create(held.api, stream("mixpanel", { ...sink, mixpanelServiceAccountPassword: "hush" }));
  expect(made.properties.sink).toMatchObject({ mixpanelServiceAccountPassword: new Secret("hush") });
});

test("what is concealed is sent when it changes; taking it out sends nothing, an emptied filter is sent", async () => {
  held.fake.answer = store("log-streams", "lst_1", { status: "active" });
  const concealed = { piiConfig: { logFields: ["email"], method: "mask", algorithm: "xxhash" } };
  const filters = [{ type: "category", name: "user.fail" }];
  const made = await type.create(held.api, stream("eventbridge", aws, { ...concealed, filters }));
  const state = plain(made.properties);
  await type.update(held.api, "lst_1", state, stream("eventbridge", aws, { ...concealed, filters: [] }));
  await type.update(held.api, "lst_1", state, stream("eventbridge", aws, { filters }));
  const pii_config = { log_fields: ["email"], method: "mask", algorithm: "xxhash" };
  expect(sent()).toEqual([
    { method: "POST", body: { name: "audit", type: "eventbridge", sink: aws, filters, pii_config } },
    { method: "PATCH", body: { name: "audit", filters: [] } },
    { method: "PATCH", body: { name: "audit", filters } },
  ]);
});
