import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { join } from "node:path";
import type { World } from "../e2e/world.ts";

// Given to Node by NODE_OPTIONS, this file notes each module that a process loads, by import or require.

const { LOADED_MODULES: noted } = process.env;
const program = "/@pulumi/pulumi/cmd/run";
if (noted !== undefined && process.argv[1]?.includes(program)) {
  registerHooks({
    load(url, context, next) {
      appendFileSync(noted, `${url}\n`);
      return next(url, context);
    },
  });
}

/** The modules that a world's program loads while the CLI does something, as URLs. @throws unless it succeeds */
export async function loadedBy(world: World, ...args: string[]): Promise<string[]> {
  const { env } = world;
  const file = join(world.folder, "loaded-modules.txt");
  world.env = { ...env, LOADED_MODULES: file, NODE_OPTIONS: `${env.NODE_OPTIONS ?? ""} --import=${import.meta.url}` };
  try {
    const { status, stdout } = await world.pulumi(...args);
    if (status !== 0) throw new Error(stdout);
    return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  } finally {
    world.env = env;
  }
}
