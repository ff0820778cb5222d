import { z } from "zod";

/** A login as `/.local/logins` tells of it. */
const Login = z.object({
  seq: z.number(),
  time: z.string(),
  app: z.string(),
  outcome: z.enum(["admitted", "refused"]),
  error: z.string().optional(),
  description: z.string().optional(),
  user: z.string().optional(),
  organization: z.string().optional(),
  trace: z.array(z.object({ rule: z.string(), source: z.string(), says: z.string() })),
});
export const Logins = z.array(Login);
export type Login = z.infer<typeof Login>;
