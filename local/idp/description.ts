import { z } from "zod";

/** Whose identity provider it is like: that decides which claims it makes, and which it leaves out. */
const flavours = ["oidc", "okta", "waad", "google-apps"] as const;
export type Flavour = (typeof flavours)[number];

const Person = z.strictObject({
  /** The provider's own id of the person, which never changes. */
  sub: z.string().min(1),
  name: z.string().min(1),
  /** Left out: the provider knows none. Nobody checks that it is at a domain of the company's: that is for the other side to see. */
  email: z.email().optional(),
  /** @default true; `waad` never says it */
  emailVerified: z.boolean().optional(),
  /** The name that somebody signs in by, where it is another than the address. */
  username: z.string().min(1).optional(),
  /** More that is said of the person; it comes last, so that any claim can be put in place of the flavour's. */
  claims: z.record(z.string(), z.json()).optional(),
});

const Provider = z.strictObject({
  name: z.string().min(1),
  /** As connections name it, and as its ID tokens do; it is played somewhere else. */
  issuer: z.url({ protocol: /^https$/ }),
  flavour: z.enum(flavours),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  people: z.array(Person).min(1),
});

/** Somebody who can sign in at a provider. */
export type Person = z.infer<typeof Person>;

/** One company's identity provider, with everybody in it. */
export type Provider = z.infer<typeof Provider>;

/** All of them, each under the name that its addresses begin with. */
export const Providers = z.strictObject({
  providers: z
    .record(z.string().regex(/^[a-z][a-z0-9-]*$/), Provider, {
      error: (issue) =>
        issue.code === "invalid_key" ? "the name must be lower-case letters, digits and dashes" : undefined,
    })
    .superRefine((providers, context) => {
      const all = Object.entries(providers);
      for (const [slug, { issuer, people }] of all) {
        const other = all.find(([, { issuer: theirs }]) => theirs.replace(/\/$/, "") === issuer.replace(/\/$/, ""));
        if (other && other[0] !== slug)
          context.addIssue({ code: "custom", path: [slug, "issuer"], message: `this is ${other[0]}'s already` });
        for (const key of ["sub", "email", "username"] as const) {
          const values = people.map((person) => person[key]?.toLowerCase());
          for (const [at, value] of values.entries()) {
            if (value === undefined || values.indexOf(value) === at) continue;
            const path = [slug, "people", at, key];
            context.addIssue({ code: "custom", path, message: `this is people[${values.indexOf(value)}]'s already` });
          }
        }
      }
    }),
});
export type Providers = z.infer<typeof Providers>["providers"];
