import { ensureEngine } from "../engine/engine.ts";
import { foreignNames, localVariables } from "../engine/environment.ts";
import { runCommand, systemCode } from "../engine/fault.ts";
import { localFolder } from "../engine/folder.ts";
import { quote } from "../engine/shell.ts";
import { answers, tokenFor } from "./management.ts";
import { askedOf, expectedPort } from "./tenant-place.ts";

// A reader that has enough, such as `head`, is no fault.
process.stdout.on("error", (error) => {
  if (systemCode(error) !== "EPIPE") throw error;
});

await runCommand(async () => {
  const local = localFolder();
  const note = (line: string) => void process.stderr.write(`${line}\n`);
  const engine = await ensureEngine(note, local);
  const port = expectedPort(local, askedOf(process.env));
  const tenant = { port, ca: local.ca };
  const running = await answers(tenant);
  const token = running ? { token: await tokenFor(tenant) } : {};
  const variables = localVariables({ local, port, ...token, engineBin: engine.bin }, process.env);
  for (const name of foreignNames(process.env).filter(
    (foreign) => !(foreign in variables) && foreign !== "AUTH0_PLUGIN",
  )) {
    process.stdout.write(`unset ${name}\n`);
  }
  for (const [name, value] of Object.entries(variables)) process.stdout.write(`export ${name}=${quote(value)}\n`);
  if (!running) note(`The local tenant does not answer on port ${port}: \`make up\` starts it.`);
});
