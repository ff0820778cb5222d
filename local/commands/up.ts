import { localFolder, PROJECT } from "../engine/folder.ts";
import { withHeartbeat } from "../engine/progress.ts";
import { startExamples } from "./examples.ts";
import { PEOPLE, readyMachine, runAlone, SETTINGS, say } from "./machine.ts";
import { addPeople } from "./people.ts";
import { readPeople, stagesOf } from "./people-file.ts";
import { cliFor, ensureStack, mend, update } from "./stack.ts";
import { Steps } from "./steps.ts";
import { askedOf } from "./tenant-place.ts";

const local = localFolder();

await runAlone(local, async () => {
  const asked = askedOf(process.env);
  const steps = new Steps();
  const people = readPeople(PROJECT, PEOPLE, stagesOf(SETTINGS)); // its faults before any work
  const { setting, plugin } = await readyMachine(local, asked, steps);
  const cli = cliFor(setting);
  await steps.step("stack", async () => {
    await mend(setting, cli, say);
    await ensureStack(setting, cli);
  });
  await steps.step("pulumi up", () => update(setting, cli, "up"));
  const tenant = { port: setting.port, ca: local.ca };
  await steps.step("people", () => withHeartbeat("adding people", say, () => addPeople(tenant, people, say)));

  say("The example apps:");
  await steps.step("example apps", () => startExamples(local, cli, SETTINGS, say));

  say(`The tenant is up: https://localhost:${setting.port} (its certificate: ${local.ca}; plugin: ${plugin.kind}).`);
  say(`Time: ${steps.summary()}.`);
  say(
    'Next: `eval "$(make -s env)"` readies this shell for any pulumi command, such as `pulumi preview --stack local`;',
  );
  say("      `make up` again applies what you change; `make down` takes everything away.");
  say(
    `Open https://localhost:${setting.port}/.local/ in a browser: who and what is there, who can sign in where, and everybody's password.`,
  );
});
