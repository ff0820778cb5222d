import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Fault, runCommand } from "../../local/engine/fault.ts";
import { duration, withHeartbeat } from "../../local/engine/progress.ts";
import { deploy } from "../scenarios/deploy.ts";
import { breaks } from "./all.ts";
import { demandSound, type Noticed, noticedBy } from "./suites.ts";

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** One break alone, if BREAK names it. */
function chosen() {
  const { BREAK: only } = process.env;
  const found = breaks.filter(({ name }) => only === undefined || name === only);
  if (found.length === 0) throw new Fault(`No break goes by BREAK="${only}": tests/breaks lists them.`);
  return found;
}

function told(noticed: Noticed | undefined, took: string): string {
  return noticed ? `noticed in ${took} by ${noticed.suite}: ${noticed.test}` : `UNNOTICED in ${took}`;
}

await runCommand(async () => {
  const all = chosen();
  const folder = mkdtempSync(join(tmpdir(), "auth0-b2b-breaks-"));
  const { deployed, close } = await withHeartbeat("deploying stack local", say, deploy);
  try {
    const file = join(folder, "deployed.json");
    writeFileSync(file, JSON.stringify(deployed));
    const sound = { deployed: file, folder };
    await withHeartbeat("the tests without a break", say, () => demandSound(sound, all));
    let unnoticed = 0;
    for (const [at, one] of all.entries()) {
      const start = performance.now();
      const noticed = await noticedBy({ ...sound, broken: one });
      if (!noticed) unnoticed += 1;
      const place = `${at + 1}/${all.length}`.padStart(6);
      say(`${place}  ${one.name} (${one.file})\n        ${told(noticed, duration(performance.now() - start))}`);
    }
    say(`${all.length - unnoticed} noticed, ${unnoticed} unnoticed`);
    if (unnoticed > 0) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
    await close();
  }
});
