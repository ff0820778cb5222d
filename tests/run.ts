import { ensureEngine } from "../local/engine/engine.ts";
import { runCommand } from "../local/engine/fault.ts";
import { localFolder } from "../local/engine/folder.ts";
import { ensurePlugin } from "../local/engine/plugin.ts";
import { ensureMoto } from "./harness/aws/python.ts";
import { checks } from "./stages/checks.ts";
import { Deployment } from "./stages/deployment.ts";
import { withBrowser, withMoto } from "./stages/needing.ts";
import { isGreen } from "./stages/outcome.ts";
import { replay } from "./stages/replay.ts";
import { chosen, runAll } from "./stages/sequence.ts";
import { vitest } from "./stages/vitest.ts";

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** The end-to-end tests run the real CLI: it is got here, with progress shown, and not inside a test's time limit. */
async function engineReady(): Promise<void> {
  const local = localFolder();
  const engine = await ensureEngine(say, local);
  await ensurePlugin(local, engine.bin, say);
}

/** What the stand-in of AWS runs on is installed here, like the CLI. */
async function awsReady(): Promise<void> {
  await ensureMoto(say);
  await engineReady();
}

const deployment = new Deployment(engineReady);
const deployed = () => deployment.up();

const stages = [
  ...checks(),
  vitest("unit"),
  vitest("golden"),
  vitest("properties"),
  vitest("scenarios", deployed),
  vitest("attacks", deployed),
  withMoto(vitest("aws", awsReady)),
  withBrowser(vitest("browser", deployed)),
  vitest("clients", engineReady),
  vitest("e2e", engineReady),
  ...replay(),
];

await runCommand(async () => {
  try {
    const outcome = await runAll(chosen(stages, process.env.STAGE), say);
    if (!isGreen(outcome)) process.exitCode = 1;
  } finally {
    await deployment.close();
  }
});
