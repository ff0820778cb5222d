import type { TestProject } from "vitest/node";
import { Deployment } from "./deployment.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The file that tells of the stage's one deployment. */
    readonly deployed: string;
  }
}

/** Deploys stack `local` once for the whole project and takes it away afterwards, unless `DEPLOYED` names a deployment that is there. */
export default async function deployedOnce(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.DEPLOYED;
  const deployment = new Deployment(async () => {});
  if (given === undefined) await deployment.up();
  project.provide("deployed", process.env.DEPLOYED ?? "");
  return () => deployment.close();
}
