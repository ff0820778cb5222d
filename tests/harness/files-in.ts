import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { constants, gunzipSync } from "node:zlib";

/** All files below a folder as one text, unpacked; plugins are programs. */
export function filesIn(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const kept = files.filter((entry) => entry.isFile() && !entry.parentPath.includes("/plugins"));
  return kept.map(({ parentPath, name }) => unpacked(readFileSync(join(parentPath, name)))).join("\n");
}

/** The CLI keeps a log of each of its runs: packed, and of a stack's updates encrypted as the stack's secrets are. */
function unpacked(file: Buffer): string {
  const packed = file[0] === 0x1f && file[1] === 0x8b;
  return (packed ? gunzipSync(file, { finishFlush: constants.Z_SYNC_FLUSH }) : file).toString();
}
