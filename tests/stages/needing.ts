import { findChromium, noBrowser } from "../browser/chromium.ts";
import { findPython, noPython } from "../harness/aws/python.ts";
import { failure, type Outcome, type Stage } from "./outcome.ts";

/** A thing that not every machine has. */
interface Need {
  /** The variable by which a pipeline says that it has to be there, as `BROWSER=required`. */
  readonly variable: string;
  found(env: NodeJS.ProcessEnv): unknown;
  /** What is not tested without it. */
  readonly missing: string;
}

/**
 * A stage that takes such a thing. On a machine without it the stage says at length what was not tested, and counts as one skipped; where
 * the thing is required, as a pipeline does, that is a failure.
 */
function needing({ variable, found, missing }: Need, stage: Stage, env: NodeJS.ProcessEnv): Stage {
  return {
    ...stage,
    async run(): Promise<Outcome> {
      const wish = env[variable] ?? "";
      if (wish !== "" && wish !== "required") return failure(`${variable} may be "required" or empty, not "${wish}".`);
      if ((await found(env)) !== undefined) return stage.run();
      if (wish === "required") return failure(`${variable}=required. ${missing}`);
      return { passed: 0, failed: 0, skipped: 1, excused: 1, shown: missing };
    },
  };
}

/** A stage that takes a real browser. */
export const withBrowser = (stage: Stage, env: NodeJS.ProcessEnv = process.env): Stage =>
  needing({ variable: "BROWSER", found: findChromium, missing: noBrowser }, stage, env);

/** A stage that takes moto, and so a Python. */
export const withMoto = (stage: Stage, env: NodeJS.ProcessEnv = process.env): Stage =>
  needing({ variable: "MOTO", found: findPython, missing: noPython }, stage, env);
