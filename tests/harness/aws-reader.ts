import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { placeAwsPlugin, version } from "./aws/placed-plugin.ts";

const TOKEN = "aws:secretsmanager/getSecretVersion:getSecretVersion";

/**
 * Places a provider plugin of the name aws into a `PULUMI_HOME`, which knows one thing: what Secrets Manager has under an ARN.
 * @param secrets the texts, by ARN
 */
export function placeAwsReader(home: string, secrets: Readonly<Record<string, string>>): void {
  placeAwsPlugin(home, import.meta.url, secrets);
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
