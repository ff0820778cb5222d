import { format, inspect } from "node:util";
import { parentPort, workerData } from "node:worker_threads";
import { TriggerCache } from "./cache.ts";
import { concealed } from "./conceal.ts";
import { closeRealm, copiedInto, exportsOf, scopeOf } from "./context.ts";
import { fetchThroughParent } from "./fetch.ts";
import type { DeployedAction, Effects, Job, WorkerMessage } from "./protocol.ts";
import { triggers } from "./triggers.ts";

/** Characters of console output kept of an Action: https://auth0.com/docs/customize/actions/limitations */
const mostSaid = 256;

const tell = (message: WorkerMessage): void => parentPort?.postMessage(message);

/** Runs one Action; true where the next one may run. */
async function runAction(job: Job, index: number, action: DeployedAction, effects: Effects, cache: TriggerCache) {
  const { handler, api } = triggers[job.trigger];
  let left = mostSaid;
  const say = (...values: unknown[]): void => {
    // before the cut, which would leave the half of a secret
    const text = concealed(`${format(...values)}\n`, action.secrets).slice(0, left);
    left -= text.length;
    if (text !== "") tell({ kind: "said", index, text });
  };
  tell({ kind: "started", index });
  try {
    const scope = scopeOf({ say, fetch: fetchThroughParent });
    const exported = exportsOf(action.code, `${action.name}.js`, scope);
    const handle = exported[handler];
    if (typeof handle !== "function") throw new Error(`The code exports no function ${handler}`);
    const event = { ...Object(job.event), secrets: action.secrets };
    await handle(copiedInto(scope, eventAfter(event, effects)), api(effects, cache));
    return effects.denied === undefined && effects.secondFactor === undefined;
  } catch (thrown) {
    tell({ kind: "threw", index, error: textOf(thrown) });
    return false;
  }
}

/** A later Action sees the claims that earlier ones set, where the event has a place for them. */
function eventAfter(event: { accessToken?: object }, { accessToken }: Effects): object {
  return event.accessToken ? { ...event, accessToken: { ...event.accessToken, customClaims: accessToken } } : event;
}

/** What was thrown, with the lines of its trace that are the Action's own. */
function textOf(thrown: unknown): string {
  try {
    return inspect(thrown, { depth: 2 }).replaceAll(/\n +at [^\n]*(?:file|node):[^\n]*?( \{)?(?=\n|$)/g, "$1");
  } catch {
    return "An exception that cannot be shown";
  }
}

async function run(job: Job): Promise<void> {
  const effects = job.before;
  const cache = new TriggerCache(job.cache);
  for (const [index, action] of job.actions.entries()) {
    if (!(await runAction(job, index, action, effects, cache))) break;
  }
  tell({ kind: "done", effects, cache: cache.records() });
}

closeRealm();
await run(workerData);
