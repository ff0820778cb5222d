import { findChromium, noBrowser } from "../browser/chromium.ts";
import { failure, type Outcome, type Stage } from "./outcome.ts";

/**
 * A stage that takes a real browser. On a machine without one it says at length what was not tested, and counts as one skipped; with
 * BROWSER=required, as a pipeline sets it, that is a failure.
 */
export function withBrowser(stage: Stage, env: NodeJS.ProcessEnv = process.env): Stage {
  return {
    ...stage,
    async run(): Promise<Outcome> {
      const { BROWSER: wish = "" } = env;
      if (wish !== "" && wish !== "required") return failure(`BROWSER may be "required" or empty, not "${wish}".`);
      if (findChromium(env) !== undefined) return stage.run();
      if (wish === "required") return failure(`BROWSER=required. ${noBrowser}`);
      return { passed: 0, failed: 0, skipped: 1, excused: 1, shown: noBrowser };
    },
  };
}
