import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { Fault, runCommand } from "../engine/fault.ts";
import { localFolder, PROJECT } from "../engine/folder.ts";
import { choosePort, keptPort, loopbackPorts } from "./port.ts";
import { askedOf } from "./tenant-place.ts";
import { identityProviders, peopleFile, runningTenant } from "./tenant-process.ts";

await runCommand(async () => {
  const local = localFolder();
  const asked = askedOf(process.env);
  const running = runningTenant(local);
  if (running !== undefined && (asked.data ?? local.data) === running.data) {
    throw new Fault(`The local tenant already runs on port ${running.port}, in the background: \`make down\` ends it.`);
  }
  const { port, note } = await choosePort(asked.port, keptPort(local), loopbackPorts);
  if (note !== undefined) process.stderr.write(`${note}\n`);
  const data = asked.data ?? local.data;
  mkdirSync(dirname(data), { recursive: true });
  mkdirSync(local.folder, { recursive: true });

  // Replaced by the tenant itself, so that a signal for this process reaches it and nothing stays behind.
  const main = join(PROJECT, "local/tenant/main.ts");
  const env = {
    ...process.env,
    PORT: String(port),
    DATA: data,
    CA_DIR: local.folder,
    IDENTITY_PROVIDERS: identityProviders(),
    PEOPLE: peopleFile(),
  };
  process.execve?.(process.execPath, [process.execPath, "--disable-warning=ExperimentalWarning", main], env);
  throw new Error("this Node cannot replace itself by another program");
});
