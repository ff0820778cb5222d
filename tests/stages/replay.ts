import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loopbackPorts } from "../../local/commands/port.ts";
import { startTenant, stopTenant } from "../../local/commands/tenant-process.ts";
import { localFolder, PROJECT } from "../../local/engine/folder.ts";
import { findOnPath, run } from "../../local/engine/program.ts";
import { failure, PASSED, type Stage } from "./outcome.ts";
import { reached, shortfalls } from "./replay-figures.ts";
import floor from "./replay-floor.json" with { type: "json" };

const RECORDINGS = join(PROJECT, "../shared/recordings");
const SUITE = join(RECORDINGS, "terraform-provider.jsonl.gz");

/**
 * Plays recorded traffic of the real service against a tenant of its own, and refuses a fall below what was reached before
 * (replay-floor.json, raised by hand); there is no stage where no recordings are.
 */
export function replay(): Stage[] {
  if (!existsSync(SUITE)) return [];
  const args = [join(RECORDINGS, "replay.py"), SUITE];
  return [
    {
      name: "replay",
      command:
        "make tenant, and beside it: python3 ../shared/recordings/replay.py ../shared/recordings/terraform-provider.jsonl.gz",
      async run() {
        const python = findOnPath("python3");
        if (python === undefined) return failure("The replay of recordings needs python3, which is not on PATH.");
        const local = localFolder(mkdtempSync(join(tmpdir(), "auth0-b2b-replay-")));
        try {
          const { port } = await startTenant(local, { port: await loopbackPorts.free(), data: local.data });
          const ended = await run(python, [...args, "--base", `https://localhost:${port}`, "--ca", local.ca]);
          const now = reached(ended.stdout);
          if (ended.status !== 0 || !now) return failure(`${ended.stdout}${ended.stderr}`.trim());
          const fallen = shortfalls(now, floor);
          return fallen.length > 0 ? failure([now.line, ...fallen].join("\n")) : { ...PASSED, shown: now.line };
        } finally {
          await stopTenant(local);
          rmSync(local.folder, { recursive: true });
        }
      },
    },
  ];
}
