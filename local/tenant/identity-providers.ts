import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { ProvidersAt } from "./authentication/upstream/providers.ts";

/** Identity providers that run beside the tenant, in a process of their own. */
export interface BesideProviders {
  readonly at: ProvidersAt;
  /** Ends the process, and waits until it is gone. */
  end(): Promise<void>;
}

const program = join(import.meta.dirname, "..", "idp", "main.ts");

/**
 * Plays the identity providers of a file. They end by themselves when this process is gone, however it went.
 * Throws an Error with one sentence where they cannot be played; the process itself has said why by then.
 */
export async function playBeside(file: string, caDir: string, main = program): Promise<BesideProviders> {
  // nothing else is handed on: neither secrets nor the mark by which this process is found
  const env = { IDENTITY_PROVIDERS: file, CA_DIR: caDir };
  const execArgv = ["--disable-warning=ExperimentalWarning"];
  const child = fork(main, [], { env, execArgv, stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const gone = once(child, "exit");
  const said = await Promise.race([once(child, "message"), gone.then(() => undefined)]);
  const at = said === undefined ? undefined : placesIn(said[0]);
  const end = async () => {
    child.kill();
    await gone;
  };
  if (at === undefined) {
    await end();
    throw new Error(`The identity providers of ${file} cannot be played.`);
  }
  return { at, end };
}

function placesIn(message: unknown): ProvidersAt | undefined {
  if (typeof message !== "object" || message === null || !("at" in message)) return undefined;
  const { at } = message;
  if (typeof at !== "object" || at === null) return undefined;
  return Object.fromEntries(
    Object.entries(at).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
