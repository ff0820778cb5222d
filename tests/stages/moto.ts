import type { TestProject } from "vitest/node";
import { startMoto } from "../harness/aws/moto.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the stage's one moto answers. */
    readonly moto: string;
  }
}

/** Starts moto once for the whole project, and ends it afterwards. */
export default async function motoOnce(project: TestProject): Promise<() => Promise<void>> {
  const moto = await startMoto();
  project.provide("moto", moto.endpoint);
  return () => moto.close();
}
