import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { quote } from "../../../local/engine/shell.ts";

/** Of the package `@pulumi/aws`: under it the CLI looks for the plugin. */
export const { version } = createRequire(import.meta.url)("@pulumi/aws/package.json") as { version: string };

/**
 * Places a program where a CLI with that `PULUMI_HOME` looks for the provider plugin of the name aws.
 * @param url of the program's module
 * @param setting kept in a file, whose name the program gets as its first argument
 */
export function placeAwsPlugin(home: string, url: string, setting: unknown = {}): void {
  const folder = join(home, "plugins", `resource-aws-v${version}`);
  mkdirSync(folder, { recursive: true });
  const kept = join(folder, "setting.json");
  writeFileSync(kept, JSON.stringify(setting));
  const file = join(folder, "pulumi-resource-aws");
  const command = [process.execPath, "--disable-warning=ExperimentalWarning", fileURLToPath(url), kept];
  writeFileSync(file, `#!/bin/sh\nexec ${command.map(quote).join(" ")} "$@"\n`);
  chmodSync(file, 0o755);
}
