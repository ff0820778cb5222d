import { registerHooks } from "node:module";
import type { TenantOptions } from "../../local/tenant/server.ts";

/** The tenant with one line of its program changed, in a process of its own. */
export interface Unguarded {
  /** A file of the tenant's, by its path in the project. */
  readonly source: string;
  readonly line: string;
  readonly becomes: string;
  readonly options: TenantOptions;
}

const { source, line, becomes, options } = JSON.parse(process.argv[2] ?? "{}") as Unguarded;
const wanted = new URL(`../../${source}`, import.meta.url).href;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (url !== wanted) return loaded;
    const [before, after, ...more] = String(loaded.source).split(line);
    if (before === undefined || after === undefined || more.length > 0)
      throw new Error(`${source} does not have this once: ${line}`);
    return { ...loaded, source: `${before}${becomes}${after}` };
  },
});

const { startTenant } = await import("../../local/tenant/server.ts");
const running = await startTenant(options);
process.once("disconnect", async () => {
  await running.close();
  process.exit(0);
});
process.send?.(running.url);
