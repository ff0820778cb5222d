import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What a terminal shows in the end of all that was written to it, as lines of text: a real one works out where the cursor went.
 * @param folder for its files
 */
export function textOf(
  written: string,
  { width, height }: { readonly width: number; readonly height: number },
  folder: string,
): string {
  const [raw, settings, socket] = ["raw", "tmux.conf", "tmux"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(raw, written);
  writeFileSync(settings, "set -g history-limit 100000\nset -g status off\n");
  const tmux = (...args: string[]) =>
    execFileSync("tmux", ["-S", socket, "-f", settings, ...args], { encoding: "utf8" });
  const show = `cat ${raw}; tmux -S ${socket} wait-for -S shown; exec cat`;
  tmux("new-session", "-d", "-x", String(width), "-y", String(height), show);
  try {
    tmux("wait-for", "shown");
    const lines = tmux("capture-pane", "-p", "-J", "-S", "-", "-E", "-").split("\n");
    return `${lines
      .map((line) => line.trimEnd())
      .join("\n")
      .trim()}\n`;
  } finally {
    tmux("kill-server");
  }
}
