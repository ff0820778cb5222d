import type { Engine } from "./engine.ts";

/** Milliseconds between two looks at the parent process and at the engine. */
export interface Pace {
  readonly parent: number;
  readonly engine: number;
}

/**
 * Calls `end` once the engine is gone: a killed engine tells its plugins nothing, and an orphan would keep its port and
 * the tenant's connections for ever. The parent's death shows as another parent id; an engine that did not start this
 * process itself shows by its address.
 */
export function watchEngine(engine: Engine, end: () => void, pace: Pace = { parent: 500, engine: 5_000 }): void {
  const parent = process.ppid;
  let over = false;
  const finish = () => {
    if (over) return;
    over = true;
    clearInterval(parentWatch);
    clearInterval(engineWatch);
    end();
  };
  const parentWatch = setInterval(() => {
    if (process.ppid !== parent) finish();
  }, pace.parent);
  const engineWatch = setInterval(async () => {
    if (!(await engine.isReachable())) finish();
  }, pace.engine);
  parentWatch.unref();
  engineWatch.unref();
}
