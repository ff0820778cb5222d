import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { quote } from "../../local/engine/shell.ts";

const TOKEN = "aws:secretsmanager/getSecretVersion:getSecretVersion";
const require = createRequire(import.meta.url);
const { version } = require("@pulumi/aws/package.json") as { version: string };

/**
 * Places a provider plugin of the name aws into a `PULUMI_HOME`, which knows one thing: what Secrets Manager has under an ARN.
 * @param secrets the texts, by ARN
 */
export function placeAwsReader(home: string, secrets: Readonly<Record<string, string>>): void {
  const folder = join(home, "plugins", `resource-aws-v${version}`);
  mkdirSync(folder, { recursive: true });
  const kept = join(folder, "secrets.json");
  writeFileSync(kept, JSON.stringify(secrets));
  const file = join(folder, "pulumi-resource-aws");
  const command = [process.execPath, "--disable-warning=ExperimentalWarning", fileURLToPath(import.meta.url), kept];
  writeFileSync(file, `#!/bin/sh\nexec ${command.map(quote).join(" ")} "$@"\n`);
  chmodSync(file, 0o755);
}

/** Answers the engine, which hands over its address. */
async function serve(kept: string, args: string[]): Promise<void> {
  const { main } = await import("@pulumi/pulumi/provider/index.js");
  const secrets = JSON.parse(readFileSync(kept, "utf8")) as Record<string, string>;
  const invoke = async (token: string, inputs: { secretId?: string }) => {
    if (token !== TOKEN) throw new Error(`this reader does not know ${token}`);
    return { outputs: { ...inputs, secretString: secrets[inputs.secretId ?? ""] } };
  };
  await main({ version, schema: JSON.stringify({ name: "aws", version }), invoke }, args);
}

const [, script = "", kept, ...args] = process.argv;
if (import.meta.url === pathToFileURL(script).href && kept !== undefined) await serve(kept, args);
