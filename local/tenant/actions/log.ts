import { BoundedLog } from "../bounded-log.ts";
import { masked } from "../mask.ts";
import { concealed } from "./conceal.ts";
import type { DeployedAction, Effects, TriggerName } from "./protocol.ts";

/** One run of one Action. */
export interface LoggedRun {
  /** When the trigger began: ISO 8601, UTC. */
  readonly time: string;
  readonly trigger: TriggerName;
  readonly action: string;
  /** The deployed version that ran. */
  readonly version: number;
  readonly outcome: "passed" | "denied" | "failed";
  /** Console output, secrets masked, 256 characters at most: as much as Auth0 keeps. */
  readonly said: string;
  /** Of a denial. */
  readonly code?: string;
  readonly reason?: string;
  /** Of a failure: what was thrown, or what ended it. */
  readonly error?: string;
}

/** What is known of an Action's run, as it goes on. */
export interface Run {
  readonly action: DeployedAction;
  said: string;
  /** What it threw. */
  error?: string;
}

/** The runs of Actions, for a person to read; secrets are masked before they are kept. */
export class ActionLog extends BoundedLog<LoggedRun> {
  /** Adds the runs of one trigger. `failure` is what ended the last of them from outside. */
  add(time: string, trigger: TriggerName, runs: readonly Run[], end: { failure?: string; effects?: Effects }): void {
    for (const [place, { action, said, error: thrown }] of runs.entries()) {
      const isLast = place === runs.length - 1;
      const error = thrown ?? (isLast ? end.failure : undefined);
      const denied = isLast ? end.effects?.denied : undefined;
      const clean = (text: string): string => String(masked(concealed(text, action.secrets)));
      const run = { time, trigger, action: action.name, version: action.number };
      if (error !== undefined) this.append({ ...run, outcome: "failed", said: clean(said), error: clean(error) });
      else if (denied === undefined) this.append({ ...run, outcome: "passed", said: clean(said) });
      else {
        const { code, reason } = denied;
        this.append({ ...run, outcome: "denied", said: clean(said), code, reason: clean(reason) });
      }
    }
  }
}
