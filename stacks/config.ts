import * as pulumi from "@pulumi/pulumi";

/** The project's configuration as the CLI hands it over: plain texts, objects as JSON. */
export interface RawConfig {
  readonly values: ReadonlyMap<string, string>;
  /** The keys that are encrypted in `Pulumi.<stack>.yaml`. */
  readonly secretKeys: ReadonlySet<string>;
}

/** How the program signs in to the Management API. */
export type ProviderCredentials =
  | { readonly token: string }
  | { readonly clientId: string; readonly clientSecret: string };

/** The provider's own credentials, where the provider finds them: in the environment first, then in the stack's configuration. */
export function readProviderCredentials(): ProviderCredentials {
  const provider = new pulumi.Config("auth0");
  const read = (variable: string, key: string) => process.env[variable] ?? provider.get(key);
  const token = read("AUTH0_API_TOKEN", "apiToken");
  if (token !== undefined) return { token };
  return {
    clientId: read("AUTH0_CLIENT_ID", "clientId") ?? "",
    clientSecret: read("AUTH0_CLIENT_SECRET", "clientSecret") ?? "",
  };
}

/** The tenant's domain, where the environment or the stack's configuration names it for the provider: https://www.pulumi.com/registry/packages/auth0/installation-configuration/ */
export function readTenantDomain(): string | undefined {
  return process.env.AUTH0_DOMAIN || new pulumi.Config("auth0").get("domain");
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
