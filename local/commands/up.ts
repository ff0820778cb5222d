import { existsSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../engine/fault.ts";
import { localFolder, PROJECT } from "../engine/folder.ts";
import { readyMachine, runAlone, say } from "./machine.ts";
import { cliFor, ensureStack, mend, update } from "./stack.ts";
import { Steps } from "./steps.ts";
import { askedOf } from "./tenant-place.ts";

const local = localFolder();
const SETTINGS = join(PROJECT, "Pulumi.local.yaml");

await runAlone(local, async () => {
  const asked = askedOf(process.env);
  const steps = new Steps();
  const { setting, plugin } = await readyMachine(local, asked, steps);
  const cli = cliFor(setting);
  // `pulumi stack rm` deletes it, and then every setting would be said to be missing.
  if (!existsSync(SETTINGS))
    throw new Fault("Pulumi.local.yaml is not there: restore it with `git checkout Pulumi.local.yaml`.");
  await steps.step("stack", async () => {
    await mend(setting, cli, say);
    await ensureStack(setting, cli);
  });
  await steps.step("pulumi up", () => update(setting, cli, "up"));

  say(`The tenant is up: https://localhost:${setting.port} (its certificate: ${local.ca}; plugin: ${plugin.kind}).`);
  say(`Time: ${steps.summary()}.`);
  say(
    'Next: `eval "$(make -s env)"` readies this shell for any pulumi command, such as `pulumi preview --stack local`;',
  );
  say("      `make up` again applies what you change; `make down` takes everything away.");
});
