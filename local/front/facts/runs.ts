import { z } from "zod";

/** A run of an Action as `/.local/actions` tells of it. */
const Run = z.object({
  seq: z.number(),
  trigger: z.string(),
  action: z.string(),
  version: z.number(),
  outcome: z.enum(["passed", "denied", "failed"]),
  said: z.string(),
  code: z.string().optional(),
  reason: z.string().optional(),
  error: z.string().optional(),
});
export const Runs = z.array(Run);
export type Run = z.infer<typeof Run>;
