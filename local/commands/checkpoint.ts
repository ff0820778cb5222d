import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { LocalFolder } from "../engine/folder.ts";
import { STACK } from "./cli.ts";

const Resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).optional(),
  outputs: z.record(z.string(), z.unknown()).optional(),
});

/** A resource of the state, as far as the recovery reads it. */
export type Resource = z.infer<typeof Resource>;

const Operation = z.looseObject({ resource: Resource, type: z.string() });

const deployment = {
  resources: z.array(Resource).nullish(),
  pending_operations: z.array(Operation).nullish(),
};

/** The state as `pulumi stack export` prints it; what is not named here is kept as it is. */
export const Exported = z.looseObject({ deployment: z.looseObject(deployment) });
export type Exported = z.infer<typeof Exported>;

const Checkpoint = z.object({ checkpoint: z.object({ latest: z.object(deployment).nullish() }) });

/** What the backend's own file tells without starting the CLI. */
export interface StackState {
  /** How many resources the state holds, the stack itself and providers counted. */
  readonly resources: number;
  /** How many steps were begun and never finished: a run was killed. */
  readonly pending: number;
}

/** Reads the state of stack `local` from the self-managed backend; undefined when there is no such stack yet. */
export function stackState(local: LocalFolder): StackState | undefined {
  const stacks = join(local.state, ".pulumi/stacks");
  if (!existsSync(stacks)) return undefined;
  const file = readdirSync(stacks)
    .map((project) => join(stacks, project, `${STACK}.json`))
    .find((path) => existsSync(path));
  if (file === undefined) return undefined;
  const { latest } = Checkpoint.parse(JSON.parse(readFileSync(file, "utf8"))).checkpoint;
  return { resources: latest?.resources?.length ?? 0, pending: latest?.pending_operations?.length ?? 0 };
}
