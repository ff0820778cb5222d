import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { Command, CommanderError } from "commander";
import { looksSecret } from "../stacks/schema/looks-secret.ts";
import { spelt } from "../stacks/schema/strict.ts";
import { Faults } from "./customer/asked.ts";
import type { Place } from "./customer/place.ts";

/** Says one line. Names and ids in it may come from an identity provider: what a terminal would obey is spelt out. */
export const say = (line: string): void => void process.stdout.write(`${spelt(line)}\n`);

/** Collects an option that may be repeated. */
export const many = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** A command that works on one stack of one checkout. */
export function command(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option("--env <stack>", "the stack", "local")
    .option("--root <folder>", "the folder that holds stacks/", fileURLToPath(new URL("..", import.meta.url)))
    .configureOutput({ outputError: (text, write) => write(withoutValues(text)) })
    .exitOverride();
}

/** What commander says of a line that it cannot read, without what was given there: it may be a secret in the wrong place. */
function withoutValues(text: string): string {
  return text
    .replace(/'([^'=]*)=[^\n]*'/, "'$1'")
    .replace(/( but got \d+): [^\n]*/, "$1.")
    .replace(/'[^\n]*'/, (word) => (looksSecret(word) ? "[not shown]" : word));
}

export function placeOf(program: Command): Place {
  const { env, root } = program.opts<{ env: string; root: string }>();
  return { stack: env, root };
}

/** Runs what was typed. What a person can mend is said in its own words, without a trace. */
export async function run(program: Command): Promise<void> {
  try {
    await program.parseAsync();
  } catch (thrown) {
    // commander has said what is wrong by itself
    if (thrown instanceof CommanderError) process.exitCode = thrown.exitCode;
    else if (thrown instanceof Faults || thrown instanceof pulumi.RunError) {
      process.stderr.write(`${thrown.message.split("\n").map(spelt).join("\n")}\n`);
      process.exitCode = 1;
    } else throw thrown;
  }
}
