import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { deploy } from "../scenarios/world.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The file that tells of the stage's one deployment. */
    readonly deployed: string;
  }
}

/** Deploys stack `local` once for the whole stage, and takes it away afterwards. */
export default async function deployedOnce(project: TestProject): Promise<() => Promise<void>> {
  const { deployed, close } = await deploy();
  const folder = mkdtempSync(join(tmpdir(), "auth0-b2b-deployed-"));
  const file = join(folder, "deployed.json");
  writeFileSync(file, JSON.stringify(deployed), { mode: 0o600 });
  project.provide("deployed", file);
  return async () => {
    rmSync(folder, { recursive: true });
    await close();
  };
}
