import { afterEach, expect, test, vi } from "vitest";
import { World } from "../e2e/world.ts";
import { loadedBy } from "./loaded-modules.ts";
import { patience, WholeWorld } from "./whole-world.ts";

vi.setConfig({ testTimeout: patience, hookTimeout: patience });

let world: World | undefined;

afterEach(() => world?.close());

const ofAws = (modules: readonly string[]) =>
  modules.filter((url) => /\/node_modules\/@(pulumi\/aws|aws-sdk)\//.test(url));

test("with the setting aws off nothing of AWS is loaded, nor is a provider plugin of it there", async () => {
  world = await World.create();
  const loaded = await loadedBy(world, "preview");
  expect(loaded.filter((url) => url.endsWith("/stacks/declare-aws.ts"))).toHaveLength(1);
  expect(loaded.some((url) => url.includes("/node_modules/@pulumi/auth0/"))).toBe(true);
  expect(ofAws(loaded)).toEqual([]);
});

test("with it on it is", async () => {
  const whole = await WholeWorld.create("100000000007");
  world = whole.world;
  const packages = new Set(ofAws(await loadedBy(world, "preview")).map((url) => /@[\w-]+\/[\w-]+/.exec(url)?.[0]));
  expect([...packages]).toEqual(["@pulumi/aws"]);
});
