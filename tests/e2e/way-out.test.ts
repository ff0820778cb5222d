import { afterAll, beforeAll, expect, test } from "vitest";
import { triggers } from "./steps.ts";
import { World } from "./world.ts";

let world: World;
let brandNew: Record<string, unknown[]>;

beforeAll(async () => {
  world = await World.guarded();
  brandNew = await world.tenant.contents();
  await world.up();
});

afterAll(() => world?.close());

// One story: the documented way out of a guarded stack (docs/run-on-auth0.md).

test("a guarded stack is not destroyed, and nothing is written", async () => {
  const before = await world.tenant.last();
  const { status, stdout } = await world.pulumi("destroy", "--yes");
  expect(status).not.toBe(0);
  expect(stdout).toMatch(/protected/);
  expect(await world.tenant.writes(before)).toEqual([]);
});

test("unbound, unprotected and destroyed, it leaves no object in any listed family", async () => {
  for (const trigger of triggers) {
    await world.tenant.send("PATCH", `actions/triggers/${trigger}/bindings`, { bindings: [] });
  }
  expect((await world.pulumi("state", "unprotect", "--all", "--yes")).status).toBe(0);
  const done = await world.destroy();
  expect(done.filter((step) => !step.startsWith("delete "))).toEqual([]);
  expect(await world.tenant.contents()).toEqual(brandNew);
});
