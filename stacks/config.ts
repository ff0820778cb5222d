import { existsSync, readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { type Chosen, chosen } from "./told.ts";

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

/** The environment variable that names the file that says which one company a run is about. */
export const chosenVariable = "AUTH0_B2B_CUSTOMER";

/**
 * The company that a run is about, where it is about one. `npm run customer preview` and `up` write it into a file, which is there as long as
 * they run: a variable that a shell has kept would make an `up` without their targets delete every other company.
 * @throws pulumi.RunError where the file is not there
 */
export function readChosen(): Chosen | undefined {
  const file = process.env[chosenVariable];
  if (file === undefined) return undefined;
  if (existsSync(file)) return chosen.parse(JSON.parse(readFileSync(file, "utf8")));
  throw new pulumi.RunError(
    `${chosenVariable} is set, and not by npm run customer; allowed: unset ${chosenVariable}, then the same again.`,
  );
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
