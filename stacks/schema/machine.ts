import type { z } from "zod";
import { apis } from "../catalog.ts";
import { publicKey } from "./public-key.ts";
import { counting, distinct, isMap, named, saidQuietly, strict, word } from "./strict.ts";

const scopes = word(Object.keys(apis.service.scopes) as [string, ...string[]]);

/** One client of the company's own, whose tokens carry its organization. */
const machine = strict({
  scopes: distinct(scopes, "a list of scopes, at least one", 1000).describe("What it may do with the service API."),
  authentication: word(["secret", "private_key_jwt"])
    .optional()
    .describe("How it proves itself. secret, which Auth0 makes, where nothing is written."),
  publicKeys: distinct(publicKey, "a list of 1 or 2 public keys", 2, saidQuietly)
    .optional()
    .describe(
      "With authentication: private_key_jwt. RSA public keys as PEM; the second one is the next, while both are in use.",
    ),
  rotation: counting(9999, "a whole number from 1 to 9999, one more for each new secret")
    .optional()
    .describe(
      "With a secret: another number makes another secret, and the old one ends with that up. 1 where nothing is written.",
    ),
})
  .refine(({ authentication, publicKeys }) => authentication !== "private_key_jwt" || publicKeys !== undefined, {
    path: ["publicKeys"],
    error: "missing; allowed: a list of 1 or 2 public keys",
    when: ({ value }) => isMap(value), // also beside other faults
  })
  .refine(({ authentication, publicKeys }) => authentication === "private_key_jwt" || publicKeys === undefined, {
    path: ["publicKeys"],
    error: "nothing asks for a key; allowed: with authentication: private_key_jwt",
    when: ({ value }) => isMap(value),
  })
  .refine(({ authentication, rotation }) => authentication !== "private_key_jwt" || rotation === undefined, {
    path: ["rotation"],
    error: "there is no secret to make anew; allowed: with authentication: secret (another key goes into publicKeys)",
    when: ({ value }) => isMap(value),
  })
  .meta({
    if: { required: ["authentication"], properties: { authentication: { const: "private_key_jwt" } } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { required: ["publicKeys"], properties: { rotation: false } },
    else: { properties: { publicKeys: false } },
  });

export type Machine = z.infer<typeof machine>;

/**
 * The most that one company may have. Auth0 allows 100 grants an organization, but the provider reads 50 of them: a
 * grant past those would be made anew at every `up`.
 * https://github.com/auth0/terraform-provider-auth0/blob/main/internal/auth0/organization/resource_client_grant.go
 */
export const mostMachines = 50;

/** A company's machines, by name. */
export const machines = named(machine, {
  name: /^[a-z][a-z0-9-]{0,29}$/,
  rule: "a name of 1 to 30 lower-case letters, digits and hyphens that begins with a letter",
  map: "a map from name to machine",
  all: "machines",
  most: mostMachines,
});
