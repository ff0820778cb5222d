import { localFolder } from "../engine/folder.ts";
import { stackState } from "./checkpoint.ts";
import { stopExamples } from "./examples.ts";
import { readyMachine, runAlone, say } from "./machine.ts";
import { answers } from "./management.ts";
import { cliFor, mend, update } from "./stack.ts";
import { Steps } from "./steps.ts";
import { askedOf, expectedPort } from "./tenant-place.ts";
import { recordedTenant, stopTenant } from "./tenant-process.ts";

const local = localFolder();

await runAlone(local, async () => {
  const asked = askedOf(process.env);
  const data = asked.data ?? recordedTenant(local)?.data ?? local.data;
  const steps = new Steps();
  const state = stackState(local);
  if (state !== undefined && state.resources + state.pending > 0) {
    const { setting } = await readyMachine(local, asked, steps); // the tenant too: a destroy speaks to it
    const cli = cliFor(setting);
    await steps.step("stack", () => mend(setting, cli, say));
    await steps.step("pulumi destroy", () => update(setting, cli, "destroy"));
    // The stack stays, empty: pulumi's own advice above would take the settings file along.
    say("Leave out what pulumi says of `stack rm`: it would delete Pulumi.local.yaml, which is committed.");
    say(`Time: ${steps.summary()}.`);
  } else {
    say("Stack local holds nothing to destroy.");
  }

  if ((await stopExamples(local)) > 0) say("The example apps are stopped.");
  const port = expectedPort(local, asked);
  if ((await stopTenant(local)) > 0) say("The local tenant is stopped.");
  else if (await answers({ port, ca: local.ca })) say(`The tenant on port ${port} is \`make tenant\`'s: end it there.`);
  say("The tenant's settings, prompt and branding, which no provider deletes, stay as they last were;");
  say(`delete ${data} to begin from nothing.`);
});
