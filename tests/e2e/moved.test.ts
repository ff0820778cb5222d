import { afterAll, beforeAll, expect, test } from "vitest";
import { World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = await World.guarded();
});

afterAll(() => world?.close());

test("a stack that an older program made is taken over under new types and parents, without a write", async () => {
  const [gate, access] = ["components/actions/gate.ts", "components/directory/directory-access.ts"];
  const now = { gate: world.read(gate), access: world.read(access) };
  world.write(gate, now.gate.replace('super("auth0-b2b:actions:Gate"', 'super("auth0-b2b:actions:PostLogin"'));
  world.write(access, now.access.replace("parent: this,\n        retain", "parent: directory,\n        retain"));
  expect(world.read(gate)).not.toBe(now.gate);
  expect(world.read(access)).not.toBe(now.access);
  await world.up();

  const before = await world.tenant.last();
  world.write(gate, now.gate);
  world.write(access, now.access);
  expect(await world.up()).toEqual([]);
  expect(await world.tenant.writes(before)).toEqual([]);
  expect(await world.preview()).toEqual([]);
});
