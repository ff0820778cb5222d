import { existsSync } from "node:fs";
import { join } from "node:path";
import { PROJECT } from "../../local/engine/folder.ts";
import { run } from "../../local/engine/program.ts";
import { failure, PASSED, type Stage } from "./outcome.ts";

const ROOMS = [
  "index.ts",
  "access",
  "actions",
  "bench",
  "cli",
  "components",
  "examples",
  "kit",
  "local",
  "login",
  "stacks",
  "tests",
];

/** A stage that runs one program of node_modules and passes when that ends with 0. */
function check(name: string, program: string, args: readonly string[]): Stage {
  return {
    name,
    command: `npx ${program} ${args.join(" ")}`,
    async run() {
      const ended = await run(process.execPath, [join("node_modules/.bin", program), ...args], { cwd: PROJECT });
      return ended.status === 0 ? PASSED : failure(`${ended.stdout}${ended.stderr}`.trim());
    },
  };
}

/** The checks that run no test: each counts as one. */
export function checks(): Stage[] {
  const rooms = ROOMS.filter((room) => existsSync(join(PROJECT, room)));
  return [
    check("format", "biome", ["ci", "--colors=off", "."]),
    check("types", "tsc", ["--noEmit"]),
    check("imports", "depcruise", ["--config", ".dependency-cruiser.cjs", ...rooms]),
    check("unused", "knip", ["--no-progress"]),
    // Tests are left out: cases in a table look alike on purpose.
    check("duplicates", "jscpd", ["--config", ".jscpd.json", "--fail-on-empty", "."]),
  ];
}
