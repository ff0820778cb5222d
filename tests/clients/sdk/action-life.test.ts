import { expect, test } from "vitest";
import { expectRefused, refusal, untyped } from "./refusals.ts";
import { requests, sdk } from "./tenant.ts";

const code = (n: number) => `exports.onExecutePostLogin = async () => { return ${n}; };`;
const { id = "" } = await sdk.actions.create({
  name: "greeter",
  supported_triggers: [{ id: "post-login", version: "v3" }],
  code: code(0),
});

test("a draft is deployed when its build is done", async () => {
  await expectRefused(sdk.actions.deploy(id), refusal(400, "A draft must be in the 'built' state"));
  expect(await sdk.actions.get(id)).toMatchObject({ status: "built", all_changes_deployed: false });
  expect(await sdk.actions.deploy(id)).toMatchObject({ number: 1, code: code(0), status: "built", deployed: false });
  expect(await sdk.actions.get(id)).toMatchObject({ all_changes_deployed: true, deployed_version: { number: 1 } });
});

test("each deploy is one more version, listed over three pages", async () => {
  for (const n of [1, 2, 3, 4]) {
    await sdk.actions.update(id, { code: code(n) });
    await sdk.actions.get(id);
    await sdk.actions.deploy(id);
  }
  requests();
  const numbers: unknown[] = [];
  for await (const version of await sdk.actions.versions.list(id, { per_page: 2 })) numbers.push(version.number);
  expect(numbers).toEqual([1, 2, 3, 4, 5]);
  expect(requests()).toEqual([
    `GET /actions/actions/${id}/versions?page=0&per_page=2`,
    `GET /actions/actions/${id}/versions?page=1&per_page=2`,
    `GET /actions/actions/${id}/versions?page=2&per_page=2`,
  ]);
});

test("an earlier version is read, and deployed again as a new one", async () => {
  const [first] = (await sdk.actions.versions.list(id)).data;
  const version = first?.id ?? "";
  expect(await sdk.actions.versions.get(id, version)).toMatchObject({ id: version, number: 1, code: code(0) });
  expect(await sdk.actions.versions.deploy(id, version, { update_draft: true })).toMatchObject({ number: 6 });
  expect(await sdk.actions.get(id)).toMatchObject({ code: code(0), deployed_version: { number: 6 } });
  await expectRefused(
    sdk.actions.versions.get(id, "00000000-0000-4000-8000-000000000000"),
    refusal(404, "The action version does not exist."),
  );
});

test("a trigger is told which actions it runs, in which order", async () => {
  const { bindings } = sdk.actions.triggers;
  const names: string[] = [];
  for (const n of [1, 2, 3, 4, 5]) {
    const action = await sdk.actions.create({
      name: `step ${n}`,
      supported_triggers: [{ id: "post-login", version: "v3" }],
    });
    await sdk.actions.get(action.id ?? "");
    await sdk.actions.deploy(action.id ?? "");
    names.unshift(`step ${n}`);
  }
  const given = names.map((value) => ({ ref: { type: "action_name" as const, value }, display_name: `run ${value}` }));
  await bindings.updateMany("post-login", { bindings: given });

  requests();
  const listed: unknown[] = [];
  for await (const binding of await bindings.list("post-login", { per_page: 2 })) listed.push(binding.display_name);
  expect(listed).toEqual(["run step 5", "run step 4", "run step 3", "run step 2", "run step 1"]);
  expect(requests()).toHaveLength(3);

  const [bound] = (await bindings.list("post-login")).data;
  await expectRefused(
    sdk.actions.delete(bound?.action?.id ?? ""),
    untyped(refusal(409, "Unable to delete an action bound to a trigger.")),
  );
  await sdk.actions.delete(bound?.action?.id ?? "", { force: true });
  expect((await bindings.list("post-login")).data).toHaveLength(4);
  await expectRefused(
    bindings.updateMany("post-login", { bindings: [{ ref: { type: "action_name", value: "nobody" } }] }),
    untyped(refusal(404, "That action does not exist.")),
  );
});

test("the triggers are listed with their versions and runtimes", async () => {
  const { triggers = [] } = await sdk.actions.triggers.list();
  const current = triggers.filter((trigger) => trigger.id === "post-login" && trigger.status === "CURRENT");
  expect(current).toEqual([
    {
      ...{ id: "post-login", version: "v3", status: "CURRENT", binding_policy: "trigger-bound" },
      ...{ runtimes: ["node18-actions", "node22"], default_runtime: "node22" },
      compatible_triggers: [{ id: "post-login", version: "v2" }],
    },
  ]);
});
