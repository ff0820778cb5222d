import { expect, test } from "vitest";
import type { Body } from "../../../local/tenant/management/json.ts";
import { TestTenant } from "./harness.ts";

const login = { supported_triggers: [{ id: "post-login", version: "v3" }] };
const lodash = { name: "lodash", version: "4.0.0" };

async function statuses(tenant: TestTenant, id: string, looks: number): Promise<string[]> {
  const seen: string[] = [];
  for (let n = 0; n < looks; n += 1) seen.push((await tenant.call("GET", `/actions/actions/${id}`)).body.status);
  return seen;
}

test("an Action without packages is built at the first look, be it at a list", async () => {
  const tenant = await TestTenant.fresh();
  const { id, status } = await tenant.make("/actions/actions", { name: "A", ...login });
  expect(status).toBe("pending");
  const listed = await tenant.call("GET", "/actions/actions");
  expect(listed.body.actions.map((action: Body) => action.status)).toEqual(["built"]);
  await tenant.call("PATCH", `/actions/actions/${id}`, { code: "exports.a = 1;" });
  expect(await statuses(tenant, id, 2)).toEqual(["built", "built"]);
});

test("an Action with packages is building for two looks, cannot be deployed before, and forgets where they come from", async () => {
  const tenant = await TestTenant.fresh();
  const dependencies = [{ ...lodash, registry_url: "https://www.npmjs.com/package/lodash" }];
  const { id } = await tenant.make("/actions/actions", { name: "A", ...login, dependencies });
  const first = await tenant.call("GET", `/actions/actions/${id}`);
  expect(first.body).toMatchObject({ status: "building", dependencies });
  expect(first.body).not.toHaveProperty("building");
  expect(await tenant.call("POST", `/actions/actions/${id}/deploy`)).toEqual({
    status: 400,
    body: { statusCode: 400, error: "Bad Request", message: "A draft must be in the 'built' state" },
  });
  expect(await statuses(tenant, id, 3)).toEqual(["building", "built", "built"]);
  expect((await tenant.call("GET", `/actions/actions/${id}`)).body.dependencies).toEqual([lodash]);
  expect((await tenant.call("POST", `/actions/actions/${id}/deploy`)).status).toBe(200);
});

test("a changed Action with packages is building for four looks", async () => {
  const tenant = await TestTenant.fresh();
  const { id } = await tenant.make("/actions/actions", { name: "A", ...login, dependencies: [lodash] });
  await statuses(tenant, id, 3);
  await tenant.call("PATCH", `/actions/actions/${id}`, { code: "exports.a = 1;" });
  expect(await statuses(tenant, id, 5)).toEqual(["building", "building", "building", "building", "built"]);
});

test("an Action that is deployed as it is created has a version that waits for its build", async () => {
  const tenant = await TestTenant.fresh();
  const made = await tenant.make("/actions/actions", { name: "A", ...login, deploy: true });
  expect(made).toMatchObject({
    status: "pending",
    all_changes_deployed: true,
    current_version: { number: 1, status: "PENDING" },
    deployed_version: { number: 1, status: "pending", deployed: true },
  });
  expect(made.current_version).not.toHaveProperty("build_time");
  expect(made).not.toHaveProperty("deploy");
  expect((await tenant.call("GET", `/actions/actions/${made.id}`)).body).toMatchObject({
    status: "built",
    all_changes_deployed: true,
    current_version: { status: "BUILT", build_time: expect.any(String) },
    deployed_version: { status: "built", built_at: expect.any(String) },
  });
});

test("an Action that names no runtime gets that of its trigger's version", async () => {
  const tenant = await TestTenant.fresh();
  const runtimeOf = async (id: string, version: string) =>
    (await tenant.make("/actions/actions", { name: `${id} ${version}`, supported_triggers: [{ id, version }] }))
      .runtime;
  expect(await runtimeOf("post-login", "v3")).toBe("node22");
  expect(await runtimeOf("post-login", "v2")).toBe("node16");
  expect(await runtimeOf("credentials-exchange", "v1")).toBe("node12");
});

test("an earlier version is deployed again as a new one, and becomes the draft only on request", async () => {
  const tenant = await TestTenant.fresh();
  const { id } = await tenant.make("/actions/actions", { name: "A", ...login, code: "exports.a = 1;" });
  const path = `/actions/actions/${id}`;
  await tenant.call("GET", path);
  const first = await tenant.call("POST", `${path}/deploy`);
  await tenant.call("PATCH", path, { code: "exports.a = 2;" });
  await tenant.call("GET", path);
  await tenant.call("POST", `${path}/deploy`);
  const again = await tenant.call("POST", `${path}/versions/${first.body.id}/deploy`);
  expect(again).toMatchObject({
    status: 200,
    body: { number: 3, deployed: false, status: "built", code: "exports.a = 1;" },
  });
  expect((await tenant.call("GET", path)).body).toMatchObject({
    code: "exports.a = 2;",
    deployed_version: { number: 3, code: "exports.a = 1;" },
    all_changes_deployed: false,
  });
  await tenant.call("POST", `${path}/versions/${first.body.id}/deploy`, { update_draft: true });
  expect((await tenant.call("GET", path)).body).toMatchObject({
    code: "exports.a = 1;",
    deployed_version: { number: 4 },
    all_changes_deployed: true,
  });
  const versions = await tenant.call("GET", `${path}/versions`);
  expect(versions.body.total).toBe(4);
  expect(versions.body.versions[0].action).toEqual({
    id,
    name: "A",
    supported_triggers: login.supported_triggers,
    created_at: expect.any(String),
    updated_at: expect.any(String),
    all_changes_deployed: false,
  });
});

test("the triggers are listed version by version with what they run on", async () => {
  const tenant = await TestTenant.fresh();
  const { triggers } = (await tenant.call("GET", "/actions/triggers")).body;
  expect(triggers.length).toBe(20);
  expect(triggers.filter((trigger: Body) => trigger.id === "post-login")).toEqual([
    {
      id: "post-login",
      version: "v1",
      status: "DEPRECATED",
      runtimes: ["node22"],
      default_runtime: "node12",
      compatible_triggers: [],
      binding_policy: "trigger-bound",
    },
    {
      id: "post-login",
      version: "v2",
      status: "DEPRECATED",
      runtimes: ["node18", "node22"],
      default_runtime: "node16",
      compatible_triggers: [],
      binding_policy: "trigger-bound",
    },
    {
      id: "post-login",
      version: "v3",
      status: "CURRENT",
      runtimes: ["node18-actions", "node22"],
      default_runtime: "node22",
      compatible_triggers: [{ id: "post-login", version: "v2" }],
      binding_policy: "trigger-bound",
    },
  ]);
});
