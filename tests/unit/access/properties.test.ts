import fc from "fast-check";
import { expect, test } from "vitest";
import { admit } from "../../../access/admit.ts";
import { admitMachine } from "../../../access/machine.ts";
import { readOrganization } from "../../../access/organization.ts";
import { type Policy, readPolicy, writePolicy } from "../../../access/policy.ts";
import { organizationTypes } from "../../../access/words.ts";

const key = fc.stringMatching(/^[a-z][a-z0-9_]{0,9}$/);
const value = fc.stringMatching(/^[a-z0-9-]{1,9}$/);

const policy: fc.Arbitrary<Policy> = fc.record({
  orgTypes: fc.subarray([...organizationTypes]),
  orgRequires: fc.dictionary(key, value, { maxKeys: 4, noNullPrototype: true }),
  individuals: fc.constantFrom("allow", "deny"),
  stageClaim: fc.constantFrom("on", "off"),
  mfa: fc.constantFrom("off", "password"),
});

/** Metadata as an attacker or an accident could leave it. */
const anything = fc.dictionary(fc.oneof(key, fc.constantFrom("type", "status", "policy_version")), fc.anything());

test("every policy is read back as it was written", () => {
  fc.assert(
    fc.property(policy, (written) => {
      expect(readPolicy(writePolicy(written))).toEqual({ ...written, orgTypes: [...written.orgTypes].sort() });
    }),
  );
});

/** An organization that meets a policy, with one thing changed or none. */
const nearly = ({ orgTypes, orgRequires }: Policy) =>
  fc
    .tuple(
      fc.constantFrom(...organizationTypes),
      fc.option(
        fc.tuple(fc.constantFrom("type", "status", ...Object.keys(orgRequires)), fc.oneof(value, fc.anything())),
        {
          freq: 2,
        },
      ),
    )
    .map(([type, change]) => ({
      type: orgTypes[0] ?? type,
      status: "active",
      ...orgRequires,
      ...(change ? { [change[0]]: change[1] } : {}),
    }));

test("no metadata makes the decision throw, and only an active organization of a named type that meets every condition is admitted", () => {
  const answers = { admitted: 0, wrong_type: 0, suspended: 0, not_entitled: 0 };
  fc.assert(
    fc.property(
      policy.chain((given) =>
        fc.tuple(fc.constant(given), fc.oneof(anything, { weight: 3, arbitrary: nearly(given) })),
      ),
      ([given, metadata]) => {
        const meets = (name: string, wanted: unknown) => Object.is(metadata[name as never], wanted);
        const expected =
          Object.values(metadata).every((text) => typeof text === "string") &&
          meets("status", "active") &&
          given.orgTypes.some((type) => meets("type", type)) &&
          Object.entries(given.orgRequires).every(([name, wanted]) => meets(name, wanted));
        const verdict = admit(given, readOrganization({ id: "org_1", metadata }));
        expect(verdict.admitted).toBe(expected);
        answers[verdict.admitted ? "admitted" : (verdict.refusal.code as keyof typeof answers)] += 1;
      },
    ),
    { numRuns: 1000 },
  );
  expect(Math.min(...Object.values(answers))).toBeGreaterThan(10);
});

test("metadata that is no policy admits nobody and no machine, whatever it is", () => {
  fc.assert(
    fc.property(anything, (clientMetadata) => {
      expect(readPolicy(clientMetadata)).toBeUndefined();
      const verdict = admitMachine({ clientMetadata, audience: "https://api.example", organization: undefined });
      expect(verdict).toMatchObject({ admitted: false, refusal: { code: "no_policy" } });
    }),
    { numRuns: 500 },
  );
});
