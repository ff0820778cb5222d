import * as pulumi from "@pulumi/pulumi";
import { checkAws } from "./checks/aws.ts";
import { checkCertificates, warnOfCertificates } from "./checks/certificates.ts";
import { checkConnections } from "./checks/connections.ts";
import { checkDiscovery } from "./checks/discovery.ts";
import { checkDomainNames, warnOfDomains } from "./checks/domains.ts";
import { checkEndpoints } from "./checks/endpoints.ts";
import { checkFeatures } from "./checks/features.ts";
import { checkRotations } from "./checks/machines.ts";
import { checkMetadata } from "./checks/metadata.ts";
import { warnOfNames } from "./checks/names.ts";
import { checkDomains, checkGuests, checkOwnership, checkStages } from "./checks/ownership.ts";
import { checkSecrets, secretsIn } from "./checks/secrets.ts";
import { checkStates } from "./checks/states.ts";
import { checkBreakGlass, checkEntryApps, checkSubdomains } from "./checks/terms.ts";
import type { RawConfig } from "./config.ts";
import { type Company, claimsOf, configEntries, readCompanies, type Written } from "./entries.ts";
import { entryFiles } from "./entry-files.ts";
import { type Environment, environments } from "./environments.ts";
import { type Fault, faultsOf, refusal } from "./faults.ts";
import { checkHistory, type Previous } from "./history.ts";
import type { Others } from "./others.ts";
import { type PlacedAws, placed } from "./schema/aws.ts";
import { settingsSchema, type TenantSettings } from "./schema/settings.ts";
import { isMap, plain } from "./schema/strict.ts";

/** Everything a stack is declared from. */
export interface Settings extends Omit<TenantSettings, "aws"> {
  readonly environment: Environment;
  readonly companies: readonly Company[];
  /** What surrounds the tenant in AWS. @default nothing */
  readonly aws?: PlacedAws | undefined;
  /** A secret by its name; secret from here on. */
  readonly secret: (name: string) => pulumi.Output<string>;
  /** What the last `up` declared; empty before the first. */
  readonly previous: Previous;
  /** What is no fault and wants a second look. */
  readonly warnings: readonly Fault[];
  /** What is known of the companies that are not declared. @default none: every company is */
  readonly others?: Others;
}

/** What settings are read from. */
export interface Sources {
  readonly config: RawConfig;
  /** The stack's name. */
  readonly stack: string;
  /** The folder that holds `stacks/`. */
  readonly root: string;
  /** @default nothing: a stack before its first `up` */
  readonly previous?: Previous;
  /** Entries that are not written yet. @default none */
  readonly more?: readonly Written[];
  /** By which certificates are judged. @default none: no date is judged */
  readonly now?: Date | undefined;
  /** The tenant's own domain. @default not known: nothing is compared with it */
  readonly tenant?: string | undefined;
  /** @default the environments of this program */
  readonly known?: Readonly<Record<string, Environment>>;
}

/**
 * Reads and checks all that a stack is set to: its configuration, and the entries under `stacks/<stack>/customers`.
 * @throws pulumi.RunError with every fault at once: file, place, what is wrong, what is allowed
 */
export function loadSettings({
  config,
  stack,
  root,
  previous = {},
  more = [],
  now,
  tenant,
  known: all = environments,
}: Sources): Settings {
  const environment = environmentOf(stack, all);
  const file = `Pulumi.${stack}.yaml`;
  const schema = settingsSchema(environment);
  const known = [...Object.keys(schema.shape), "customers"];

  const { customers = {}, ...values } = plainValues(config, known);
  const settings = schema.safeParse(values);
  const stages = schema.shape.stages.safeParse(values.stages); // by itself: another fault must not hide an entry's
  const aws = schema.shape.aws.safeParse(values.aws);
  const sites = schema.shape.sites.safeParse(values.sites);
  const inFiles = entryFiles(root, stack);
  const inConfig = configEntries(file, customers);
  const written = [...inFiles.written, ...inConfig.written, ...more];
  const claimed = written.map(claimsOf);
  const { companies, faults } = readCompanies(written);
  const unread = inFiles.faults.length + inConfig.faults.length > 0;
  const secretUses = [...written, { file, path: ["mail"], value: values.mail }].flatMap((place) => {
    return secretsIn(place.file, place.path, place.value);
  });

  const found: Fault[] = [
    ...(settings.error ? faultsOf(file, settings.error).filter(({ path }) => !config.secretKeys.has(path)) : []),
    ...inFiles.faults,
    ...inConfig.faults,
    ...faults,
    ...checkOwnership(claimed),
    ...checkSubdomains(claimed),
    ...checkEntryApps(claimed),
    ...checkBreakGlass(claimed),
    ...checkGuests(claimed),
    ...checkDomains(claimed),
    ...checkDiscovery(claimed),
    ...checkDomainNames(claimed),
    ...checkConnections(claimed),
    ...checkEndpoints(environment, tenant, claimed),
    ...checkCertificates(now, previous, claimed),
    ...checkMetadata(claimed),
    ...(stages.success ? checkStages(stages.data, claimed) : []),
    ...checkSecrets(config, file, known, secretUses, unread),
    ...checkFeatures(environment, claimed),
    ...checkAws(aws.data, { file, tenant, sites: sites.data ?? {}, companies }),
    ...checkStates(environment, values.claimNamespace, previous, claimed),
    ...checkRotations(previous, claimed),
    ...(unread ? [] : checkHistory(environment, stack, previous, claimed)),
  ];
  if (found.length > 0 || !settings.success) throw refusal(stack, found);
  const warnings = [...warnOfCertificates(now, previous, claimed), ...warnOfDomains(claimed), ...warnOfNames(claimed)];
  const placedAws = settings.data.aws && placed(settings.data.aws, stack);
  const secret = (name: string) => secretOf(config, name);
  return { ...settings.data, aws: placedAws, environment, companies, previous, warnings, secret };
}

function secretOf({ values }: RawConfig, name: string): pulumi.Output<string> {
  const value = values.get(name);
  if (value === undefined) throw new Error("a secret is asked for that nothing names"); // checked above
  return pulumi.secret(value);
}

function environmentOf(stack: string, known: Readonly<Record<string, Environment>>): Environment {
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
  // Pulumi.yaml has a default for every key, or the CLI would ask for it: an empty object is one not set.
  return Object.fromEntries(present.filter(([key, value]) => !optional.includes(key) || !isEmpty(value)));
}

const optional = ["mail", "aws"];

function isEmpty(value: unknown): boolean {
  return isMap(value) && Object.keys(value).length === 0;
}

function parsedText(text: string): unknown {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text; // the schema says what is allowed instead
  }
}
