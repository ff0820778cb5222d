import { directoryName } from "./catalog.ts";
import type { RawConfig } from "./config.ts";
import { claimsOf, type Written } from "./entries.ts";
import { type Fault, placeOf } from "./faults.ts";
import { plain, said } from "./schema/strict.ts";
import { secretName } from "./schema/values.ts";

/** What no entry can know by itself: slugs, connection names and domains belong to one company each. */
export function checkOwnership(written: readonly Written[]): Fault[] {
  const slugs = new Owners("slug");
  const names = new Owners("connection name", new Map([[directoryName, "the shared directory"]]));
  const domains = new Owners("domain");
  return written.flatMap((entry) => [
    ...slugs.claim(entry.slug, entry, []),
    ...Object.entries(claimsOf(entry).connections).flatMap(([name, connection]) => [
      ...names.claim(name, entry, ["connections", name]),
      ...connection.domains.flatMap((domain, n) =>
        typeof domain === "string" ? domains.claim(domain, entry, ["connections", name, "domains", n]) : [],
      ),
    ]),
  ]);
}

class Owners {
  private readonly what: string;
  private readonly owners: Map<string, string>;

  constructor(what: string, owners = new Map<string, string>()) {
    this.what = what;
    this.owners = owners;
  }

  claim(value: string, { slug, file, path }: Written, place: readonly PropertyKey[]): Fault[] {
    const owner = this.owners.get(value);
    if (owner !== undefined) {
      const message = `${this.what} ${plain(value)} already belongs to ${owner}; allowed: each once`;
      return [{ file, path: placeOf([...path, ...place]), message }];
    }
    this.owners.set(value, `${plain(slug)} (${file})`);
    return [];
  }
}

/** Stages that the entries name must be on the environment's list. */
export function checkStages(stages: readonly string[], written: readonly Written[]): Fault[] {
  return written.flatMap((entry) => {
    const { stage } = claimsOf(entry);
    if (stage === undefined || stages.includes(stage)) return [];
    return [{ file: entry.file, path: placeOf([...entry.path, "stage"]), message: said(stage, stages.join(", ")) }];
  });
}

/**
 * Secrets that the entries name must be set and encrypted, settings must not be; and a setting that
 * nothing knows or names is a misspelling. A name is never quoted: it may be the secret itself.
 * @param unread whether some entry could not be read: then it may be the one that names a setting
 */
export function checkSecrets(
  config: RawConfig,
  file: string,
  known: readonly string[],
  written: readonly Written[],
  unread: boolean,
): Fault[] {
  const named = new Set<string>();
  const faults = written.flatMap((entry) =>
    Object.entries(claimsOf(entry).connections).flatMap(([name, { clientSecret }]) => {
      if (clientSecret.config === undefined) return [];
      named.add(clientSecret.config);
      const wrong = wrongWith(clientSecret.config, config, known);
      if (wrong === undefined) return [];
      const path = placeOf([...entry.path, "connections", name, "clientSecret", "config"]);
      const allowed = 'a secret set with "pulumi config set --secret NAME"';
      return [{ file: entry.file, path, message: `${wrong}; allowed: ${allowed}` }];
    }),
  );
  const encrypted = known.filter((key) => config.secretKeys.has(key));
  const unknown = [...config.values.keys()].filter((key) => !known.includes(key) && !named.has(key) && !unread);
  return [
    ...faults,
    ...encrypted.map((path) => ({
      file,
      path,
      message: "encrypted; allowed: plain values, secrets have a setting of their own",
    })),
    ...unknown.map((key) => ({
      file,
      path: plain(key),
      message: `unknown setting; allowed: ${known.join(", ")}, and secrets that an entry names`,
    })),
  ];
}

function wrongWith(name: string, config: RawConfig, known: readonly string[]): string | undefined {
  if (!secretName.test(name)) return undefined; // the schema says so
  if (known.includes(name)) return "the name of a setting of the program";
  if (!config.values.has(name)) return "no such secret is set";
  if (!config.secretKeys.has(name)) return "not encrypted";
  return config.values.get(name) === "" ? "empty" : undefined;
}
