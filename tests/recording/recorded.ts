import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../harness/stack-settings.ts";

/** What was recorded: each command, and what came of it. */
export const recorded: readonly string[] = readFileSync(join(root, "docs/recordings/onboard-a-customer.txt"), "utf8")
  .split(/^\$ /m)
  .slice(1);
