import { describe, Fault } from "../../local/engine/fault.ts";
import { duration, type Say } from "../../local/engine/progress.ts";
import { counts, failure, isSound, type Outcome, type Stage, total } from "./outcome.ts";

/** The stages that `STAGE` asks for, all by default. Several are separated by commas. @throws Fault for an unknown one */
export function chosen(stages: readonly Stage[], asked: string | undefined): readonly Stage[] {
  if (asked === undefined || asked === "") return stages;
  const names = asked.split(",").map((name) => name.trim());
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length === 0) return stages.filter((stage) => names.includes(stage.name));
  throw new Fault(`There is no stage ${unknown.join(", ")}; stages: ${stages.map((stage) => stage.name).join(", ")}.`);
}

/**
 * Runs all stages in order, also after a failure, and ends with the counts alone on a line.
 * @returns what they came to together
 */
export async function runAll(stages: readonly Stage[], say: Say): Promise<Outcome> {
  const done: { readonly stage: Stage; readonly outcome: Outcome }[] = [];
  for (const [index, stage] of stages.entries()) {
    const place = `[${index + 1}/${stages.length}] ${stage.name}`;
    say(place);
    const start = performance.now();
    const outcome = await stage.run().catch((error: unknown) => failure(describe(error)));
    done.push({ stage, outcome });
    if (outcome.shown !== undefined) say(indent(outcome.shown));
    say(`${place}: ${counts(outcome)}, ${duration(performance.now() - start)}`);
  }
  const broken = done.filter(({ outcome }) => !isSound(outcome));
  for (const { stage, outcome } of broken) {
    say(`✖ ${stage.name}: ${counts(outcome)}; again by hand: ${stage.command}`);
    for (const one of outcome.failures ?? []) say(`  ${one}`);
  }
  const all = total(done.map(({ outcome }) => outcome));
  say(counts(all));
  return all;
}

const indent = (text: string): string => text.replaceAll(/^/gm, "  ");
