import type { z } from "zod";
import { apis } from "../catalog.ts";
import { publicKey } from "./public-key.ts";
import { counting, distinct, isMap, named, strict, text, word } from "./strict.ts";

const scopes = word(Object.keys(apis.service.scopes) as [string, ...string[]]);

/** One client of the company's own, whose tokens carry its organization. */
const machine = strict({
  scopes: distinct(scopes, "a list of scopes, at least one", 1000),
  /** How it proves itself. @default secret, which Auth0 makes */
  authentication: word(["secret", "private_key_jwt"]).optional(),
  /** For `private_key_jwt`: the second one is the next, while both are in use. */
  publicKeys: distinct(publicKey, "a list of 1 or 2 public keys", 2).optional(),
  /** For `secret`: another number is another secret, and the old one ends with that `up`. @default 1 */
  rotation: counting(9999, "a whole number from 1 to 9999, one more for each new secret").optional(),
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
  });

export type Machine = z.infer<typeof machine>;

const nameRule = "a name of 1 to 30 lower-case letters, digits and hyphens that begins with a letter";
const name = text(/^[a-z][a-z0-9-]{0,29}$/, nameRule);

/**
 * The most that one company may have. Auth0 allows 100 grants an organization, but the provider reads 50 of them: a
 * grant past those would be made anew at every `up`.
 * https://github.com/auth0/terraform-provider-auth0/blob/main/internal/auth0/organization/resource_client_grant.go
 */
export const mostMachines = 50;

/** A company's machines, by name. */
export const machines = named(machine, {
  name,
  rule: nameRule,
  map: "a map from name to machine",
  all: "machines",
  most: mostMachines,
});
