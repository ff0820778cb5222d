import { join } from "node:path";
import { front } from "../front/front.ts";
import { playBeside } from "./identity-providers.ts";
import { startTenant, type TenantOptions } from "./server.ts";
import { switchesFrom } from "./switches.ts";

const project = join(import.meta.dirname, "..", "..");

/** Reads PORT, DATA, CA_DIR and the switches; throws an Error with one sentence where one is unusable. */
function optionsFrom(env: NodeJS.ProcessEnv): TenantOptions {
  const given = env.PORT || "8443";
  const port = Number(given);
  if (!/^\d+$/.test(given) || port > 65_535)
    throw new Error(`PORT must be a whole number from 0 to 65535, not "${given}".`);
  return {
    port,
    data: env.DATA || join(project, ".local", "tenant.db"),
    caDir: env.CA_DIR || join(project, ".local"),
    switches: switchesFrom(env),
  };
}

// Node 22 calls its own SQLite experimental on every start; nobody here can act on that
process.removeAllListeners("warning");
process.on("warning", (warning) => {
  if (!warning.message.startsWith("SQLite")) process.stderr.write(`${warning.name}: ${warning.message}\n`);
});

try {
  const options = optionsFrom(process.env);
  const file = process.env.IDENTITY_PROVIDERS;
  const beside = file ? playBeside(file, options.caDir) : undefined;
  const pages = front({ people: process.env.PEOPLE, identityProviders: file });
  const tenant = await startTenant({ ...options, front: pages, providers: beside?.then(({ at }) => at) ?? {} });
  const end = (): void => {
    void Promise.all([tenant.close(), beside?.then((one) => one.end())]).then(() => process.exit(0));
  };
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
  process.stdout.write(`listening on ${tenant.url}\n`);
} catch (cause) {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exit(1);
}
