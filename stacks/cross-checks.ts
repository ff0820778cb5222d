import type { RawConfig } from "./config.ts";
import type { Company, Written } from "./entries.ts";
import { type Fault, placeOf } from "./faults.ts";

/** What no entry can know by itself: slugs, connection names and domains belong to one company each. */
export function checkOwnership(written: readonly Written[], companies: readonly Company[]): Fault[] {
  const slugs = new Owners<Written>("slug");
  const names = new Owners<Company>("connection name");
  const domains = new Owners<Company>("domain");
  return [
    ...written.flatMap((entry) => slugs.claim(entry.slug, entry, [])),
    ...companies.flatMap((company) =>
      Object.entries(company.entry.connections ?? {}).flatMap(([name, connection]) => [
        ...names.claim(name, company, ["connections", name]),
        ...connection.domains.flatMap((domain, n) =>
          domains.claim(domain, company, ["connections", name, "domains", n]),
        ),
      ]),
    ),
  ];
}

class Owners<Entry extends Omit<Written, "value">> {
  private readonly owners = new Map<string, Entry>();
  private readonly what: string;

  constructor(what: string) {
    this.what = what;
  }

  claim(value: string, entry: Entry, place: readonly PropertyKey[]): Fault[] {
    const owner = this.owners.get(value);
    if (!owner) {
      this.owners.set(value, entry);
      return [];
    }
    const message = `${this.what} ${value} already belongs to ${owner.slug} (${owner.file}); allowed: each once`;
    return [{ file: entry.file, path: placeOf([...entry.path, ...place]), message }];
  }
}

/** Stages that the entries name must be on the environment's list. */
export function checkStages(stages: readonly string[], companies: readonly Company[]): Fault[] {
  return companies.flatMap(({ entry, file, path }) =>
    entry.stage === undefined || stages.includes(entry.stage)
      ? []
      : [
          {
            file,
            path: placeOf([...path, "stage"]),
            message: `unknown stage ${entry.stage}; allowed: ${stages.join(", ")}`,
          },
        ],
  );
}

/**
 * Secrets that the entries name must be set and encrypted, settings must not be; and a setting that
 * nothing knows or names is a misspelling.
 */
export function checkSecrets(
  config: RawConfig,
  file: string,
  known: readonly string[],
  written: readonly Written[],
  companies: readonly Company[],
): Fault[] {
  const named = new Set(written.flatMap(({ value }) => secretsNamedIn(value)));
  const encrypted = known.filter((key) => config.secretKeys.has(key));
  const unknown = [...config.values.keys()].filter((key) => !known.includes(key) && !named.has(key));
  return [
    ...companies.flatMap((company) => missingSecrets(config, known, company)),
    ...encrypted.map((path) => ({
      file,
      path,
      message: "encrypted; allowed: plain values, secrets have a setting of their own",
    })),
    ...unknown.map((path) => ({
      file,
      path,
      message: `unknown setting; allowed: ${known.join(", ")}, and secrets that an entry names`,
    })),
  ];
}

function missingSecrets(config: RawConfig, known: readonly string[], { entry, file, path }: Company): Fault[] {
  return Object.entries(entry.connections ?? {}).flatMap(([name, { clientSecret }]) => {
    const key = clientSecret.config;
    const wrong = known.includes(key)
      ? `${key} is a setting of the program`
      : !config.values.has(key)
        ? `no secret ${key} is set`
        : !config.secretKeys.has(key)
          ? `${key} is not encrypted`
          : undefined;
    if (!wrong) return [];
    const place = placeOf([...path, "connections", name, "clientSecret", "config"]);
    return [{ file, path: place, message: `${wrong}; allowed: a secret set with "pulumi config set --secret ${key}"` }];
  });
}

/** Also of entries that have other faults, so that one fault does not bring a false second one. */
function secretsNamedIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "config" && typeof inner === "string" ? [inner] : secretsNamedIn(inner),
  );
}
