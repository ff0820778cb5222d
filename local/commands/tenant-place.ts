import { resolve } from "node:path";
import type { Variables } from "../engine/environment.ts";
import type { LocalFolder } from "../engine/folder.ts";
import { PROJECT } from "../engine/folder.ts";
import type { Say } from "../engine/progress.ts";
import { answers } from "./management.ts";
import { choosePort, DEFAULT_PORT, keepPort, keptPort, loopbackPorts, parsePort } from "./port.ts";
import { logFile, playedNow, recordedTenant, runningTenant, startTenant, stopTenant } from "./tenant-process.ts";

/** What a person asked for by `PORT` and `DATA`; what they left out is undefined. */
export interface Asked {
  readonly port: number | undefined;
  readonly data: string | undefined;
}

/** Reads `PORT` and `DATA`; a relative `DATA` starts at the project's folder. @throws Fault for a PORT that is none */
export function askedOf(variables: Variables): Asked {
  const data = variables.DATA;
  return {
    port: parsePort(variables.PORT),
    data: data === undefined || data === "" ? undefined : resolve(PROJECT, data),
  };
}

/** The port at which this checkout's tenant is or would be: asked for, running, kept, or 8443. */
export function expectedPort(local: LocalFolder, asked: Asked): number {
  return asked.port ?? recordedTenant(local)?.port ?? keptPort(local) ?? DEFAULT_PORT;
}

/**
 * Makes sure that this checkout's tenant answers: the one that runs, when it is where the person wants it, else a new one.
 * @returns its port
 */
export async function ensureTenant(local: LocalFolder, asked: Asked, say: Say): Promise<number> {
  const recorded = recordedTenant(local);
  const running = runningTenant(local);
  const port = expectedPort(local, asked);
  const data = asked.data ?? recorded?.data ?? local.data;
  const inPlace =
    running === undefined || (running.port === port && running.data === data && running.plays === playedNow());
  if (inPlace && (await answers({ port, ca: local.ca }))) return port; // also one of `make tenant`, in the foreground

  // The port first: a refused one must not cost the person the tenant that runs.
  const place = running?.port === port ? port : await freePort(local, asked, recorded?.port, say);
  await stopTenant(local); // elsewhere, dead, deaf, or with other identity providers
  const tenant = await startTenant(local, { port: place, data });
  say(`The local tenant listens on https://localhost:${tenant.port} (its log: ${logFile(local)}).`);
  return tenant.port;
}

async function freePort(local: LocalFolder, asked: Asked, last: number | undefined, say: Say): Promise<number> {
  const { port, note } = await choosePort(asked.port, last ?? keptPort(local), loopbackPorts);
  if (note !== undefined) {
    keepPort(local, port);
    say(note);
  }
  return port;
}
