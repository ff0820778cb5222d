import { expect, test } from "vitest";
import type { JsonObject } from "../../../local/plugin/management.ts";
import { Secret } from "../../../local/plugin/marshal.ts";
import { IncompleteError } from "../../../local/plugin/provider.ts";
import { connected, typeOf } from "./connected.ts";

const held = connected();

test("an action is deployed once it is built, and read once the version is live", async () => {
  const states: JsonObject[] = [
    { status: "pending" },
    { status: "built" },
    { deployed_version: { id: "v1", deployed: false } },
    { deployed_version: { id: "v1", deployed: true } },
    { deployed_version: { id: "v1", deployed: true }, name: "policy", code: "x", runtime: "node22" },
  ];
  held.fake.answer = ({ method }) => ({
    status: 200,
    body: method === "GET" ? (states.shift() ?? {}) : { id: "act_1" },
  });
  const inputs = {
    name: "policy",
    code: "x",
    deploy: true,
    supportedTriggers: { id: "post-login", version: "v3" },
    secrets: [{ name: "A", value: "1" }],
  };
  const made = await typeOf("action").create(held.api, inputs);
  expect(held.fake.lines()).toEqual([
    "POST actions/actions",
    "GET actions/actions/act_1",
    "GET actions/actions/act_1",
    "POST actions/actions/act_1/deploy",
    "GET actions/actions/act_1",
    "GET actions/actions/act_1",
    "GET actions/actions/act_1",
  ]);
  expect(made.properties.versionId).toBe("v1");
  expect(made.properties.secrets).toEqual([{ name: "A", value: new Secret("1") }]);
});

test("an action that cannot be built is kept with its id and the reason", async () => {
  held.fake.answer = ({ method }) => ({
    status: 200,
    body: method === "GET" ? { name: "policy", status: "failed" } : { id: "act_1" },
  });
  const inputs = { name: "policy", code: "x", deploy: true, supportedTriggers: { id: "post-login", version: "v3" } };
  const failed = await typeOf("action")
    .create(held.api, inputs)
    .catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(IncompleteError);
  expect(failed).toMatchObject({
    resource: { id: "act_1", properties: { name: "policy", runtime: null, versionId: null } },
    cause: new Error(
      'action "policy" never reached built state: action "policy" failed to build, check the Auth0 UI for errors',
    ),
  });
});

test("an action's update refuses to wipe a secret that someone else set", async () => {
  held.fake.answer = () => ({ status: 200, body: { secrets: [{ name: "FOREIGN" }] } });
  const olds = {
    name: "p",
    code: "x",
    supportedTriggers: { id: "post-login", version: "v3" },
    deploy: false,
    secrets: [{ name: "A", value: "1" }],
  };
  const failed = typeOf("action").update(held.api, "act_1", olds, { ...olds, secrets: [{ name: "A", value: "2" }] });
  await expect(failed).rejects.toBeInstanceOf(IncompleteError);
  expect(held.fake.lines()).toEqual(["GET actions/actions/act_1"]);
});

test("deleting a trigger's actions empties the trigger", async () => {
  held.fake.answer = () => ({ status: 200, body: {} });
  await typeOf("triggerActions").delete(held.api, "post-login", {
    trigger: "post-login",
    actions: [{ id: "a", displayName: "A" }],
  });
  expect(held.fake.lines()).toEqual(["PATCH actions/triggers/post-login/bindings"]);
  expect(held.fake.requests.at(-1)?.body).toEqual({ bindings: [] });
});
