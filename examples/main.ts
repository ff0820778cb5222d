import { certificateAuthority, leafCertificate } from "../local/tenant/certificate.ts";
import { serve } from "./serve.ts";
import { ExampleSettings, type Started } from "./settings.ts";
import { sitesOf } from "./sites.ts";

/** Starts one example app a kind, and their API. One whose port is taken is left out, and said to be. */
async function start(message: unknown): Promise<Started> {
  const settings = ExampleSettings.parse(message);
  const leaf = await leafCertificate(await certificateAuthority(settings.caDir));
  const started = Object.entries(await sitesOf(settings)).map(async ([name, { url, answer }]) => {
    try {
      await serve(url, answer, leaf);
      return { name, url };
    } catch (cause) {
      return { name, url, fault: cause instanceof Error ? cause.message : String(cause) };
    }
  });
  return Promise.all(started);
}

process.once("SIGTERM", () => process.exit(0));
process.once("message", (message) => {
  start(message).then(
    (started) => process.send?.(started),
    (cause: unknown) => {
      process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`, () => process.exit(1));
    },
  );
});
