import { localFolder } from "../engine/folder.ts";
import { readyMachine, runAlone, say } from "./machine.ts";
import { cliFor, ensureStack, mend, update } from "./stack.ts";
import { Steps } from "./steps.ts";
import { askedOf } from "./tenant-place.ts";

const local = localFolder();

await runAlone(local, async () => {
  const asked = askedOf(process.env);
  const steps = new Steps();
  const { setting, plugin } = await readyMachine(local, asked, steps);
  const cli = cliFor(setting);
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
