import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import type { Directory } from "../../access/directory.ts";
import { connectedTenant, declare, generatedSecret } from "../../cli/declared/declare.ts";
import { readDirectory } from "../../kit/directory.ts";
import { declareTenant } from "../../stacks/declare.ts";
import { environments } from "../../stacks/environments.ts";
import { secretStandIn } from "../../stacks/stack-file.ts";
import { settingsOf } from "../harness/stack-settings.ts";

/** What a stack exports for back ends, and whether the engine would hide it. */
async function exported(stack: string): Promise<{ readonly directory: Directory; readonly secret: boolean }> {
  const found: { directory: Directory; secret: boolean }[] = [];
  await declare(
    async () => {
      const { directory, apps } = await declareTenant(settingsOf(stack), connectedTenant);
      // Whether a secret would show here: the clients' are.
      expect(await pulumi.isSecret(pulumi.output(apps))).toBe(true);
      const secret = await pulumi.isSecret(directory);
      directory.apply((value) => found.push({ directory: value as Directory, secret }));
    },
    { stack },
  );
  const [only] = found;
  if (!only) throw new Error("no directory is exported");
  return only;
}

test.each(Object.keys(environments))(
  "stack %s exports a directory that is plain, sound and without a secret",
  async (stack) => {
    const { directory, secret } = await exported(stack);
    expect(secret).toBe(false);
    const text = JSON.stringify(directory);
    expect(text).not.toContain(generatedSecret);
    expect(text).not.toContain(secretStandIn);
    expect(readDirectory(JSON.parse(text))).toEqual(directory);
  },
);

test("the directory of stack local is as it was reviewed", async () => {
  const { directory } = await exported("local");
  await expect(`${JSON.stringify(directory, undefined, 2)}\n`).toMatchFileSnapshot("directory.txt");
});
