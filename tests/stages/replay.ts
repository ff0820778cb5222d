import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loopbackPorts } from "../../local/commands/port.ts";
import { startTenant, stopTenant } from "../../local/commands/tenant-process.ts";
import { localFolder, PROJECT } from "../../local/engine/folder.ts";
import { findOnPath, run } from "../../local/engine/program.ts";
import { failure, PASSED, type Stage } from "./outcome.ts";

const RECORDINGS = join(PROJECT, "../shared/recordings");
const SUITE = join(RECORDINGS, "terraform-provider.jsonl.gz");

/** The line with the three figures, `status 63.0%, keys 7.0%, values 6.0%`, or undefined. */
export function figures(printed: string): string | undefined {
  return /^\d+ recordings, [1-9]\d* steps.*: status [\d.]+%, keys [\d.]+%, values [\d.]+%$/m.exec(printed)?.[0];
}

/** Plays recorded traffic of the real service against a tenant of its own; there is no stage where no recordings are. */
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
          const line = figures(ended.stdout);
          if (ended.status !== 0 || line === undefined) return failure(`${ended.stdout}${ended.stderr}`.trim());
          return { ...PASSED, shown: line };
        } finally {
          await stopTenant(local);
          rmSync(local.folder, { recursive: true });
        }
      },
    },
  ];
}
