import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { localFolder } from "../../local/engine/folder.ts";
import { root } from "./stack-settings.ts";

/** Makes a checkout of the project as it is now, whatever of it is committed, with what `make up` would install. */
export function copyCheckout(to: string): void {
  const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], { cwd: root, encoding: "utf8" });
  for (const file of files.split("\0").filter((name) => name !== "")) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(root, file), join(to, file));
  }
  cpSync(join(root, "node_modules"), join(to, "node_modules"), { recursive: true, verbatimSymlinks: true });
  const local = localFolder(join(to, ".local"));
  mkdirSync(local.folder, { recursive: true });
  symlinkSync(join(root, ".local/engine"), join(local.folder, "engine"));
}
