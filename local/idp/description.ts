import { createPrivateKey, X509Certificate } from "node:crypto";
import { z } from "zod";

/** Whose OpenID Connect provider it is like: that decides which claims it makes, and which it leaves out. */
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
  /** More that is said of the person; it comes last, so that any claim can be put in place of the flavour's, and null leaves one out. */
  claims: z.record(z.string(), z.json()).optional(),
});

/** SAML has no word for a verified address, and its attributes are texts. */
const SamlPerson = Person.omit({ emailVerified: true }).extend({
  claims: z.record(z.string().min(1), z.string()).optional(),
});

const shared = {
  name: z.string().min(1),
  /** As connections name it, and as what it issues does; it is played somewhere else. */
  issuer: z.url({ protocol: /^https$/ }),
};

const OidcProvider = z.strictObject({
  ...shared,
  flavour: z.enum(flavours),
  /** Other issuers that lead to it: Microsoft publishes a directory's document below its domains as well as below its id. */
  also: z.array(z.url({ protocol: /^https$/ })).optional(),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  people: z.array(Person).min(1),
});

const SamlProvider = z
  .strictObject({
    ...shared,
    flavour: z.literal("samlp"),
    /** The connection whose tenant it speaks to, and to no other service provider. */
    connection: z.string().min(1),
    /** By which name it knows the tenant, where the connection gives it another. @default urn:auth0:localhost:<connection> */
    entityId: z.string().min(1).optional(),
    /** PEM; the connection has the same one. */
    certificate: z.string(),
    /** PEM of the certificate's private key. */
    key: z.string(),
    people: z.array(SamlPerson).min(1),
  })
  .refine(({ certificate, key }) => belongs(certificate, key), {
    path: ["key"],
    error: "this is no private key of the certificate, or one of the two cannot be read",
  });

function belongs(certificate: string, key: string): boolean {
  try {
    return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

const Provider = z.discriminatedUnion("flavour", [OidcProvider, SamlProvider], {
  error: (issue) =>
    issue.code === "invalid_union" ? `expected one of ${[...flavours, "samlp"].join(", ")}` : undefined,
});

/** Somebody who can sign in at a provider. */
export type Person = z.infer<typeof Person>;

/** A company's provider of OpenID Connect. */
export type OidcProvider = z.infer<typeof OidcProvider>;

/** A company's provider of SAML 2.0: https://docs.oasis-open.org/security/saml/v2.0/saml-profiles-2.0-os.pdf, 4.1 */
export type SamlProvider = z.infer<typeof SamlProvider>;

/** One company's identity provider, with everybody in it. */
export type Provider = z.infer<typeof Provider>;

/** All issuers that lead to it; its own name comes first. */
export function issuersOf(provider: Provider): readonly string[] {
  return [provider.issuer, ...("also" in provider ? (provider.also ?? []) : [])];
}

/** All of them, each under the name that its addresses begin with. */
export const Providers = z.strictObject({
  providers: z
    .record(z.string().regex(/^[a-z][a-z0-9-]*$/), Provider, {
      error: (issue) =>
        issue.code === "invalid_key" ? "the name must be lower-case letters, digits and dashes" : undefined,
    })
    .superRefine((providers, context) => {
      const all = Object.entries(providers);
      const taken = new Map<string, string>();
      for (const [slug, provider] of all) {
        const { people } = provider;
        for (const [n, issuer] of issuersOf(provider).entries()) {
          const plain = issuer.replace(/\/$/, "");
          const other = taken.get(plain);
          const path = n === 0 ? [slug, "issuer"] : [slug, "also", n - 1];
          if (other) context.addIssue({ code: "custom", path, message: `this is ${other}'s already` });
          taken.set(plain, other ?? slug);
        }
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
