import { z } from "zod";

/** Client secrets of the apps whose server can keep one. */
const Secrets = z.strictObject({
  main: z.string(),
  "main-personal": z.string(),
  portal: z.string(),
  "vendor-catering": z.string(),
});

/** What the examples get from whoever starts them, as one message: no secret stands in a file or in the environment. */
export const ExampleSettings = z.strictObject({
  /** The folder of the local certificate authority. */
  caDir: z.string(),
  /** The stack's output `directory`, read by the kit. */
  directory: z.unknown(),
  secrets: Secrets,
  /** What the names of the tenant's own claims begin with. */
  claimNamespace: z.string(),
  /** Where the example API listens. */
  apiUrl: z.url(),
});
export type ExampleSettings = z.infer<typeof ExampleSettings>;

/** What the starter is told: the name and the address of each, or why it is not there. */
export const Started = z.array(z.strictObject({ name: z.string(), url: z.string(), fault: z.string().optional() }));
export type Started = z.infer<typeof Started>;
