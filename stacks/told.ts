import { z } from "zod";
import { applied } from "./applied.ts";
import { previous } from "./history.ts";

/** What `npm run customer preview` and `up` tell the program. */
export const chosen = z.strictObject({
  /** The one company that the run is about. */
  slug: z.string(),
  /** What the last `up` said of all companies, where the state that the CLI looks in is this company's part alone. */
  told: z.strictObject({ previous, applied }).optional(),
});
export type Chosen = z.infer<typeof chosen>;
export type Told = NonNullable<Chosen["told"]>;
