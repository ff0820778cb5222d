import { expect, test } from "vitest";
import { TestTenant } from "./harness.ts";

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const supported_triggers = [{ id: "post-login", version: "v3" }];
const code = "exports.onExecutePostLogin = async () => {};";

async function deployed(tenant: TestTenant, name: string): Promise<string> {
  const { id } = await tenant.make("/actions/actions", { name, supported_triggers, code });
  await tenant.call("GET", `/actions/actions/${id}`);
  await tenant.call("POST", `/actions/actions/${id}/deploy`);
  return id;
}

const bind = (...ids: string[]) => ({ bindings: ids.map((value) => ({ ref: { type: "action_id", value } })) });

test("an action is pending until it is looked at, then built, and deployed by its own call", async () => {
  const tenant = await TestTenant.fresh();
  const secrets = [{ name: "key", value: "hush" }];
  const { status, body: made } = await tenant.call("POST", "/actions/actions", {
    name: "Gate",
    supported_triggers,
    code,
    secrets,
  });
  expect(status).toBe(201);
  expect(made).toEqual({
    id: uuid,
    name: "Gate",
    supported_triggers,
    code,
    dependencies: [],
    runtime: "node22",
    secrets: [{ name: "key", updated_at: time }],
    created_at: time,
    updated_at: time,
    status: "pending",
    all_changes_deployed: false,
  });
  const path = `/actions/actions/${made.id}`;
  expect(await tenant.call("POST", `${path}/deploy`)).toEqual({
    status: 400,
    body: { statusCode: 400, error: "Bad Request", message: "A draft must be in the 'built' state" },
  });
  expect((await tenant.call("GET", path)).body).toEqual({ ...made, status: "built" });

  const { status: answered, body: version } = await tenant.call("POST", `${path}/deploy`);
  expect(answered).toBe(200);
  expect(version).toMatchObject({ id: uuid, number: 1, deployed: false, status: "built", code, secrets: made.secrets });
  const { body: after } = await tenant.call("GET", path);
  expect(after).toMatchObject({
    status: "built",
    all_changes_deployed: true,
    current_version: { id: version.id, number: 1, status: "BUILT" },
    deployed_version: { id: version.id, number: 1, deployed: true, secrets: made.secrets },
  });
  expect(JSON.stringify((await tenant.call("GET", `${path}/versions`)).body)).not.toContain("hush");
});

test("an edit is pending again and leaves what is deployed as it was", async () => {
  const tenant = await TestTenant.fresh();
  const id = await deployed(tenant, "Gate");
  const { body } = await tenant.call("PATCH", `/actions/actions/${id}`, { code: "exports.changed = 1;" });
  expect(body).toMatchObject({ status: "pending", all_changes_deployed: false, deployed_version: { number: 1, code } });
  await tenant.call("GET", `/actions/actions/${id}`);
  expect((await tenant.call("POST", `/actions/actions/${id}/deploy`)).body.number).toBe(2);
});

test("bindings are replaced whole, in the order given, with new ids each time", async () => {
  const tenant = await TestTenant.fresh();
  const [one, two] = [await deployed(tenant, "One"), await deployed(tenant, "Two")];
  const path = "/actions/triggers/post-login/bindings";
  const first = await tenant.call("PATCH", path, bind(one, two));
  expect(first.body.bindings.map((binding: { display_name: string }) => binding.display_name)).toEqual(["One", "Two"]);
  const second = await tenant.call("PATCH", path, {
    bindings: [{ ref: { type: "action_name", value: "Two" }, display_name: "Second" }],
  });
  expect(second).toEqual({
    status: 200,
    body: {
      bindings: [
        {
          id: uuid,
          trigger_id: "post-login",
          display_name: "Second",
          created_at: time,
          updated_at: time,
          action: expect.objectContaining({ id: two, name: "Two", all_changes_deployed: false }),
        },
      ],
    },
  });
  expect(second.body.bindings[0].id).not.toBe(first.body.bindings[1].id);
  expect((await tenant.call("GET", `${path}?per_page=50`)).body).toEqual({ ...second.body, total: 1, per_page: 50 });
  expect((await tenant.call("GET", `${path}?page=1&per_page=100`)).body).toEqual({
    bindings: [],
    page: 1,
    per_page: 100,
  });
});

test("only a deployed action of the right trigger can be bound", async () => {
  const tenant = await TestTenant.fresh();
  const { id } = await tenant.make("/actions/actions", { name: "Draft", supported_triggers, code });
  const path = "/actions/triggers/post-login/bindings";
  expect((await tenant.call("PATCH", path, bind(id))).body.message).toBe(
    "Trying to create a binding for an action that has not been deployed.",
  );
  const ready = await deployed(tenant, "Ready");
  expect(
    (await tenant.call("PATCH", "/actions/triggers/credentials-exchange/bindings", bind(ready))).body.message,
  ).toBe("Trying to create a binding between an incompatible action and trigger.");
  expect((await tenant.call("GET", "/actions/triggers/never/bindings")).body).toEqual({
    statusCode: 400,
    error: "Bad Request",
    message: "Path validation error: 'No enum match for: never' on property triggerId.",
    errorCode: "invalid_uri",
  });
});

test("a bound action cannot be deleted until it is unbound", async () => {
  const tenant = await TestTenant.fresh();
  const id = await deployed(tenant, "Gate");
  const path = "/actions/triggers/post-login/bindings";
  await tenant.call("PATCH", path, bind(id));
  expect(await tenant.call("DELETE", `/actions/actions/${id}`)).toEqual({
    status: 409,
    body: { statusCode: 409, error: "Conflict", message: "Unable to delete an action bound to a trigger." },
  });
  await tenant.call("PATCH", path, { bindings: [] });
  expect((await tenant.call("DELETE", `/actions/actions/${id}`)).status).toBe(204);
  expect((await tenant.call("DELETE", `/actions/actions/${id}`)).status).toBe(404);
});

test("force deletes a bound action and its bindings", async () => {
  const tenant = await TestTenant.fresh();
  const id = await deployed(tenant, "Gate");
  await tenant.call("PATCH", "/actions/triggers/post-login/bindings", bind(id));
  expect((await tenant.call("DELETE", `/actions/actions/${id}?force=true`)).status).toBe(204);
  expect((await tenant.call("GET", "/actions/triggers/post-login/bindings")).body).toEqual({
    bindings: [],
    per_page: 50,
  });
});
