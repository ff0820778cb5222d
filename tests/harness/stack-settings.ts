import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import type { RawConfig } from "../../stacks/config.ts";
import { loadSettings, type Settings } from "../../stacks/load.ts";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Stands for every encrypted value: no test needs a real one. */
export const secretStandIn = "a secret of the stack";

/** What a person sets by `pulumi config set --secret`, with keys of their own: the checkout has none of it. */
const setByHand: Readonly<Record<string, readonly string[]>> = {
  local: [],
  dev: ["mail-password"],
  staging: ["mail-password"],
  prod: ["mail-access-key-id", "mail-secret-access-key"],
};

/** Values and keys as the CLI would hand over `Pulumi.<stack>.yaml`; a secret's value is a stand-in. */
function stackConfig(stack: string): RawConfig {
  const { config } = parse(readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8")) as {
    config: Record<string, unknown>;
  };
  const secrets = (setByHand[stack] ?? []).map((key) => [key, { secure: "v1:…" }] as const);
  return rawConfig({ ...config, ...Object.fromEntries(secrets) });
}

/** The same of values that a test writes down; `{ secure: … }` marks a secret. */
export function rawConfig(config: Readonly<Record<string, unknown>>): RawConfig {
  const values = new Map<string, string>();
  const secretKeys = new Set<string>();
  for (const [full, value] of Object.entries(config)) {
    const key = full.replace(/^auth0-b2b:/, "");
    const secret = typeof value === "object" && value !== null && "secure" in value;
    if (secret) secretKeys.add(key);
    values.set(
      key,
      secret ? (value.secure === "" ? "" : secretStandIn) : typeof value === "string" ? value : JSON.stringify(value),
    );
  }
  return { values, secretKeys };
}

/** The settings of a stack as the checkout has them. */
export function settingsOf(stack: string): Settings {
  return loadSettings({ config: stackConfig(stack), stack, root });
}
