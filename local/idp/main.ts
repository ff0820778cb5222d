import { readProviders } from "./file.ts";
import { startProviders } from "./server.ts";

// The tenant starts this program beside itself, is told where the providers are, and takes it along wherever it goes: the channel
// between the two ends with either of them, also when the tenant is killed.
process.once("disconnect", () => process.exit(0));

const { IDENTITY_PROVIDERS: file = "", CA_DIR: caDir = "", PORT: port = "0" } = process.env;
try {
  const running = await startProviders({ port: Number(port), caDir, providers: readProviders(file) });
  // false where it was gone before anybody here listened for that
  if (process.connected === false) process.exit(0);
  if (process.send) process.send({ at: running.at });
  else
    process.stdout.write(
      Object.entries(running.at)
        .map(([issuer, base]) => `${issuer} is at ${base}\n`)
        .join(""),
    );
} catch (cause) {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`, () => process.exit(1));
}
