import { fileURLToPath } from "node:url";
import type { RawConfig } from "../../stacks/config.ts";
import { loadSettings, type Settings } from "../../stacks/load.ts";
import { readStackFile, withSecrets } from "../../stacks/stack-file.ts";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** What a person sets by `pulumi config set --secret`, with keys of their own: the checkout has none of it. */
const setByHand: Readonly<Record<string, readonly string[]>> = {
  local: [],
  dev: ["mail-password"],
  staging: ["mail-password"],
  prod: ["mail-access-key-id", "mail-secret-access-key"],
};

/** Values and keys as the CLI would hand over `Pulumi.<stack>.yaml`; a secret's value is a stand-in. */
function stackConfig(stack: string): RawConfig {
  return withSecrets(readStackFile(root, stack).config, setByHand[stack] ?? []);
}

/** The settings of a stack as the checkout has them. */
export function settingsOf(stack: string): Settings {
  return loadSettings({ config: stackConfig(stack), stack, root });
}
