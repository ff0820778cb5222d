import { z } from "zod";
import { overLimit } from "../components/aws/bootstrap/role-policies.ts";
import type { RawConfig } from "../stacks/config.ts";
import { type Fault, faultsOf, refusal } from "../stacks/faults.ts";
import { accountPattern, awsPrefix, hostedZone, roleArn } from "../stacks/schema/aws-values.ts";
import { counting, distinct, said, strict, text, word } from "../stacks/schema/strict.ts";
import { awsRegion, domain } from "../stacks/schema/values.ts";
import { scopeOf } from "./scope.ts";

/** The environments that workflows deploy; each has a stack of the bootstrap that is called as it is. */
const environments = ["dev", "staging", "prod"] as const;

const account = text(accountPattern, "the 12 digits of an AWS account, in quotes");

const secrets = text(
  /^arn:aws:secretsmanager:[a-z]{2}(-[a-z]+)+-\d:\d{12}:secret:[\w/+=.@!-]+\*?$/,
  "the ARN of a secret, or of many with one * at its end, such as arn:aws:secretsmanager:eu-central-1:123456789012:secret:customers/*",
);

/** https://docs.github.com/en/get-started/using-github/github-flavored-markdown: letters, digits, `-`, `_` and `.`. */
const nameOnGithub = text(/^[\w.-]{1,100}$/, "a name as GitHub writes it, such as auth0-b2b");

const idOnGithub = counting(Number.MAX_SAFE_INTEGER, "a number as GitHub's API gives it, such as 1234567");

const part = strict({ domain, zone: hostedZone });

const schema = strict({
  account,
  region: awsRegion,
  /** As in the stack's own settings. @default auth0-b2b-<stack> */
  prefix: awsPrefix.optional(),
  repository: strict({ owner: nameOnGithub, ownerId: idOnGithub, name: nameOnGithub, id: idOnGithub }),
  branch: text(/^[\w./-]{1,200}$/, "a branch such as main, without a pattern").default("main"),
  identityProvider: word(["new", "existing"]),
  state: strict({
    administrators: distinct(roleArn("administrator"), "a list of 1 to 20 ARNs of roles", 20),
    oldVersionsDays: counting(3_650, "a whole number of days from 1 to 3650"),
  }),
  mail: part.optional(),
  loginDomain: part.optional(),
  customerSecrets: distinct(secrets, "a list of 1 to 20 ARNs of secrets, or leave it out", 20).default([]),
});

/** What an environment's bootstrap is declared from. */
export type BootstrapSettings = z.output<typeof schema> & { readonly environment: string };

/**
 * Reads and checks what a stack of the bootstrap is set to.
 * @throws pulumi.RunError with every fault at once: file, place, what is wrong, what is allowed
 */
export function readSettings({ values }: RawConfig, stack: string): BootstrapSettings {
  const file = `bootstrap/Pulumi.${stack}.yaml`;
  const given = Object.fromEntries([...values].map(([key, value]) => [key, parsed(value)]));
  const settings = schema.safeParse(given);
  const named = z.enum(environments).safeParse(stack);
  const wrongName: Fault[] = named.success
    ? []
    : [{ file, path: "", message: said(stack, `a stack that is called ${environments.join(", ")}`) }];
  const found = [...wrongName, ...(settings.error ? faultsOf(file, settings.error) : [])];
  if (found.length > 0 || !settings.success) throw refusal(stack, found);
  const read = { ...settings.data, environment: stack };
  const tooLong = overLimit(scopeOf(read));
  if (tooLong !== undefined) throw refusal(stack, [{ file, path: "customerSecrets", message: tooLong }]);
  return read;
}

/** The CLI hands objects and lists over as JSON. */
function parsed(value: string): unknown {
  return /^[[{]/.test(value) ? JSON.parse(value) : value;
}
