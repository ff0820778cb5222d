import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cliEnvironment, type Setting } from "../engine/environment.ts";
import { Fault } from "../engine/fault.ts";
import type { Say } from "../engine/progress.ts";
import { checkSpace } from "../engine/space.ts";
import { dropCutOffAttributes } from "./backend.ts";
import { Exported, stackState } from "./checkpoint.ts";
import { ask, type Cli, STACK, show } from "./cli.ts";
import { beginRun, endRun, isLockLeftOver, noteCli, RUN_MARK } from "./leftovers.ts";
import { call, list, type Tenant } from "./management.ts";
import { leftOver, searches, withoutPending } from "./recovery.ts";

/** The CLI for that setting; `cwd` is the folder of the program, the project's own by default. */
export function cliFor(setting: Setting, cwd?: string): Cli {
  return { bin: setting.engineBin, env: cliEnvironment(setting), ...(cwd === undefined ? {} : { cwd }) };
}

/** Makes stack `local` where there is none. Its settings file, which holds the committed salt, is not changed. */
export async function ensureStack(setting: Setting, cli: Cli): Promise<void> {
  mkdirSync(setting.local.state, { recursive: true });
  if (stackState(setting.local) === undefined) await ask(cli, ["stack", "select", "--create", STACK]);
}

/**
 * Mends what a killed run left: its processes are ended, its lock is lifted, objects that it created and never
 * recorded are deleted from the local tenant, and its unfinished steps are dropped from the state.
 */
export async function mend(setting: Setting, cli: Cli, say: Say): Promise<void> {
  const { local } = setting;
  const ended = await endRun(local);
  if (ended > 0) say(`An earlier run was cut off: ${count(ended, "process", "processes")} of it ended.`);
  const cutOff = dropCutOffAttributes(local);
  if (cutOff > 0)
    say(
      `An earlier run was cut off: ${count(cutOff, "half-written file", "half-written files")} of the state put right.`,
    );
  if (isLockLeftOver(local)) {
    await ask(cli, ["cancel", "--yes", "--stack", STACK]);
    say("An earlier run was cut off: its lock on the stack is lifted.");
  }
  const pending = stackState(local)?.pending ?? 0;
  if (pending === 0) return;

  const deleted = await dropPending(setting, cli);
  say(
    `An earlier run was cut off: ${count(pending, "unfinished step", "unfinished steps")} dropped from the state, ` +
      `${count(deleted.length, "object", "objects")} that it had not recorded deleted from the local tenant.`,
  );
}

async function dropPending(setting: Setting, cli: Cli): Promise<string[]> {
  const tenant: Tenant = { port: setting.port, ca: setting.local.ca };
  const state = Exported.parse(JSON.parse(await ask(cli, ["stack", "export", "--stack", STACK])));
  const deleted: string[] = [];
  for (const search of searches(state)) {
    for (const path of leftOver(search, await list(tenant, search.list, search.paging))) {
      const { status } = await call(tenant, "DELETE", path);
      if (status >= 300 && status !== 404) throw new Error(`DELETE ${path} answered ${status}`);
      deleted.push(path);
    }
  }
  const file = join(setting.local.folder, "mended-state.json");
  writeFileSync(file, JSON.stringify(withoutPending(state)), { mode: 0o600 });
  try {
    await ask(cli, ["stack", "import", "--stack", STACK, "--file", file]);
  } finally {
    rmSync(file);
  }
  return deleted;
}

/**
 * Runs `pulumi up` or `pulumi destroy` on stack `local` with its output shown.
 * @throws Fault when it fails; its own words stand above
 */
export async function update(setting: Setting, cli: Cli, command: "up" | "destroy"): Promise<void> {
  const run = beginRun(setting.local);
  const marked = { ...cli, env: { ...cli.env, [RUN_MARK]: run.run } };
  const args = [command, "--yes", "--non-interactive", "--suppress-permalink=true", "--stack", STACK];
  const status = await show(marked, args, (mark) => noteCli(setting.local, run, mark));
  await endRun(setting.local);
  if (status === "interrupted") throw new Fault(`pulumi ${command} was interrupted: run the command again to go on.`);
  if (status === 0) return;
  checkSpace(setting.local.folder); // a disk that ran full says it more clearly than the CLI
  throw new Fault(`pulumi ${command} failed (exit status ${status}): what it says stands above.`);
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
