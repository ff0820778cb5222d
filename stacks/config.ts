import * as pulumi from "@pulumi/pulumi";

/** The project's configuration as the CLI hands it over: plain texts, objects as JSON. */
export interface RawConfig {
  readonly values: ReadonlyMap<string, string>;
  /** The keys that are encrypted in `Pulumi.<stack>.yaml`. */
  readonly secretKeys: ReadonlySet<string>;
}

/** The only place that reads what the CLI hands to the program. Keys come without the project's name. */
export function readConfig(project: string): RawConfig {
  const prefix = `${project}:`;
  const own = (key: string) => key.startsWith(prefix);
  const bare = (key: string) => key.slice(prefix.length);
  // The SDK tells nobody which keys are secret; the language host hands them over beside the values.
  const secretKeys: string[] = JSON.parse(process.env.PULUMI_CONFIG_SECRET_KEYS ?? "[]");
  return {
    values: new Map(
      Object.entries(pulumi.runtime.allConfig()).flatMap(([key, value]) => (own(key) ? [[bare(key), value]] : [])),
    ),
    secretKeys: new Set(secretKeys.filter(own).map(bare)),
  };
}
