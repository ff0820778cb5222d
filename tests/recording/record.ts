/**
 * Runs the commands of docs/onboard-a-customer.md in a pseudo-terminal, in a fresh checkout with an empty home folder, and writes
 * what was seen to docs/recordings/: as a film (asciicast, version 2) and as a text. Takes `script` (util-linux) and `tmux`.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureEngine } from "../../local/engine/engine.ts";
import { quote } from "../../local/engine/shell.ts";
import { copyCheckout } from "../harness/checkout.ts";
import { root } from "../harness/stack-settings.ts";
import { castOf, readTypescript, type Seen } from "./cast.ts";
import { commands } from "./page.ts";
import { textOf } from "./screen.ts";

/** In signs; as wide as the project's own lines mostly are. */
const size = { width: 132, height: 40 };
const shown = "~/auth0-b2b";

const folder = mkdtempSync(join(tmpdir(), "recording-"));
const [home, checkout] = [join(folder, "home"), join(folder, "auth0-b2b")];
const down = () => execFileSync("make", ["down"], { cwd: checkout, stdio: "ignore" });

/** Types each command behind a prompt, and ends where one fails. */
const session = [
  `stty cols ${size.width} rows ${size.height}`,
  ...commands.flatMap((command) => [`printf '\\033[1m$ %s\\033[0m\\n' ${quote(command)}`, command, "echo"]),
];

/** The lines of one command, without the middle where they are many: the film has it. */
function shortened(part: string): string {
  const lines = part.split("\n");
  const [first, last] = [lines.slice(0, 20), lines.slice(-30)];
  const between = lines.length - first.length - last.length;
  return between < 10 ? part : [...first, `… ${between} lines …`, ...last].join("\n");
}

try {
  await ensureEngine(console.log);
  for (const made of [home, checkout]) mkdirSync(made);
  copyCheckout(checkout);
  const [file, log, timing] = ["session.sh", "log", "timing"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(file, session.join("\n"));
  const env = { PATH: process.env.PATH, HOME: home, TERM: "xterm-256color", LANG: "C.UTF-8", SHELL: "/bin/sh" };
  const command = `sh -e ${quote(file)}`;
  execFileSync("script", ["-q", "-e", "-f", "--log-out", log, "--log-timing", timing, "-c", command], {
    cwd: checkout,
    env,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const hidden = ({ at, text }: Seen): Seen => ({ at, text: text.replaceAll(checkout, shown) });
  const seen = readTypescript(readFileSync(log), readFileSync(timing, "utf8")).map(hidden);
  const to = join(root, "docs/recordings");
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, "onboard-a-customer.cast"), castOf(seen, size));
  const text = textOf(seen.map(({ text }) => text).join(""), size, folder);
  writeFileSync(
    join(to, "onboard-a-customer.txt"),
    text
      .split(/^(?=\$ )/m)
      .map(shortened)
      .join(""),
  );
  console.log(`Recorded: ${to}`);
} finally {
  down();
  rmSync(folder, { recursive: true });
}
