import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type RunningTenant, startTenant, type TenantOptions } from "../../local/tenant/server.ts";
import type { Guard } from "./attack.ts";
import type { Scene } from "./scene.ts";
import type { Unguarded } from "./unguarded-tenant.ts";

/** Starts the tenant without a guard that is in its own program. */
export function startWithout(guard: Guard): typeof startTenant {
  return async (options) => ("source" in guard ? forked({ ...guard, options }) : startTenant(options));
}

async function forked(unguarded: Unguarded & { readonly options: TenantOptions }): Promise<RunningTenant> {
  const child = fork(join(import.meta.dirname, "unguarded-tenant.ts"), [JSON.stringify(unguarded)], {
    execArgv: ["--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const gone = once(child, "exit");
  const said = await Promise.race([once(child, "message"), gone.then(() => undefined)]);
  if (said === undefined) throw new Error(`the tenant did not start without ${unguarded.line}`);
  return {
    url: String(said[0]),
    port: unguarded.options.port,
    close: async () => {
      child.disconnect();
      await gone;
    },
  };
}

/** Takes away a guard that is deployed to the tenant. */
export async function switchOff(guard: Guard, scene: Scene): Promise<void> {
  if ("setting" in guard) for (const call of guard.setting) await scene.hands.change(call);
  if ("unbound" in guard) await scene.bind(guard.unbound, false);
  if ("action" in guard) await redeploy(guard, scene);
}

async function redeploy({ action, line, becomes }: Extract<Guard, { action: unknown }>, scene: Scene): Promise<void> {
  const { id, code } = await scene.action(action);
  const [before, after, ...more] = code.split(line);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`Action ${action} does not have this once: ${line}`);
  const changed = `${before}${becomes}${after}`;
  await scene.hands.change({ method: "PATCH", path: `actions/actions/${id}`, body: { code: changed } });
  await scene.hands.read(`actions/actions/${id}`);
  await scene.hands.change({ method: "POST", path: `actions/actions/${id}/deploy` });
}
