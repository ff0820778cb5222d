import { z } from "zod";

/** The apps whose server keeps a client secret. */
export const withSecret = z.enum(["main", "main-personal", "portal", "vendor-catering"]);
type WithSecret = z.infer<typeof withSecret>;

/** What the examples get from whoever starts them, as one message: no secret stands in a file or in the environment. */
export const ExampleSettings = z.strictObject({
  /** The folder of the local certificate authority. */
  caDir: z.string(),
  /** The stack's output `directory`, read by the kit. */
  directory: z.unknown(),
  secrets: z.record(withSecret, z.string().min(1)),
  /** What the names of the tenant's own claims begin with. */
  claimNamespace: z.string(),
  /** Where the example API listens. */
  apiUrl: z.url(),
});
export type ExampleSettings = z.infer<typeof ExampleSettings>;

/** The secrets, by what each app's is. */
export function secretsBy(secretOf: (app: WithSecret) => string): ExampleSettings["secrets"] {
  return {
    main: secretOf("main"),
    "main-personal": secretOf("main-personal"),
    portal: secretOf("portal"),
    "vendor-catering": secretOf("vendor-catering"),
  };
}

/** What the starter is told: the name and the address of each, or why it is not there. */
export const Started = z.array(z.strictObject({ name: z.string(), url: z.string(), fault: z.string().optional() }));
export type Started = z.infer<typeof Started>;
