import * as pulumi from "@pulumi/pulumi";
import type { RawConfig } from "./config.ts";
import { checkOwnership, checkSecrets, checkStages } from "./cross-checks.ts";
import { type Company, configEntries, readCompanies } from "./entries.ts";
import { entryFiles } from "./entry-files.ts";
import { type Environment, environments } from "./environments.ts";
import { type Fault, faultsOf, refusal } from "./faults.ts";
import { settingsSchema, type TenantSettings } from "./schema/settings.ts";
import { plain } from "./schema/strict.ts";

/** Everything a stack is declared from. */
export interface Settings extends TenantSettings {
  readonly environment: Environment;
  readonly companies: readonly Company[];
  /** A secret by its name; secret from here on. */
  readonly secret: (name: string) => pulumi.Output<string>;
}

/**
 * Reads and checks all that a stack is set to: its configuration, and the entries under `stacks/<stack>/customers`.
 * @param root the folder that holds `stacks/`
 * @throws pulumi.RunError with every fault at once: file, place, what is wrong, what is allowed
 */
export function loadSettings(config: RawConfig, stack: string, root: string): Settings {
  const environment = environmentOf(stack);
  const file = `Pulumi.${stack}.yaml`;
  const schema = settingsSchema(environment);
  const known = [...Object.keys(schema.shape), "customers"];

  const { customers = {}, ...values } = plainValues(config, known);
  const settings = schema.safeParse(values);
  const stages = schema.shape.stages.safeParse(values.stages); // by itself: another fault must not hide an entry's
  const inFiles = entryFiles(root, stack);
  const inConfig = configEntries(file, customers);
  const written = [...inFiles.written, ...inConfig.written];
  const { companies, faults } = readCompanies(written);

  const all: Fault[] = [
    ...(settings.error ? faultsOf(file, settings.error).filter(({ path }) => !config.secretKeys.has(path)) : []),
    ...inFiles.faults,
    ...inConfig.faults,
    ...faults,
    ...checkOwnership(written),
    ...(stages.success ? checkStages(stages.data, written) : []),
    ...checkSecrets(config, file, known, written, inFiles.faults.length + inConfig.faults.length > 0),
  ];
  if (all.length > 0 || !settings.success) throw refusal(stack, all);
  return { ...settings.data, environment, companies, secret: (name) => secretOf(config, name) };
}

function secretOf({ values }: RawConfig, name: string): pulumi.Output<string> {
  const value = values.get(name);
  if (value === undefined) throw new Error("a secret is asked for that no entry names"); // checked above
  return pulumi.secret(value);
}

function environmentOf(stack: string): Environment {
  const known: Readonly<Record<string, Environment>> = environments;
  const environment = Object.hasOwn(known, stack) ? known[stack] : undefined;
  if (environment) return environment;
  throw new pulumi.RunError(
    `There is no environment for stack ${plain(stack)}; known stacks: ${Object.keys(known).join(", ")}.`,
  );
}

/** The known settings as values. Objects come as JSON; a text that only looks like one stays a text. */
function plainValues(config: RawConfig, known: readonly string[]): Record<string, unknown> {
  const present = known.flatMap((key) => {
    const value = config.values.get(key);
    return value === undefined || config.secretKeys.has(key) ? [] : [[key, parsedText(value)] as const];
  });
  return Object.fromEntries(present);
}

function parsedText(text: string): unknown {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text; // the schema says what is allowed instead
  }
}
