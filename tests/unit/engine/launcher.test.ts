import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PROJECT } from "../../../local/engine/folder.ts";
import { findOnPath } from "../../../local/engine/program.ts";

let folder: string;
let launcher: string;
let tools: string;

// A checkout in a folder with an odd name that has the launcher only, and a PATH with what the launcher itself needs.
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "it's a $HOME "));
  launcher = join(folder, "local/node");
  tools = join(folder, "tools");
  mkdirSync(tools);
  cpSync(join(PROJECT, "local/node"), launcher);
  for (const tool of ["dirname", "uname"]) symlinkSync(findOnPath(tool) ?? tool, join(tools, tool));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A `node` on PATH that says which version it is, and else prints what it was given. */
function nodeOnPath(version: string): void {
  const file = join(tools, "node");
  writeFileSync(file, `#!/bin/sh\nif [ "$1" = --version ]; then echo ${version}; else echo "ran: $*"; fi\n`);
  chmodSync(file, 0o755);
}

const launch = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(launcher, args, { encoding: "utf8", env: { PATH: tools }, cwd: "/" });
  return { status, stdout, stderr };
};

test.each(["v22.18.0", "v22.19.1", "v23.0.0", "v24.21.0", "v100.1.0"])("Node %s on PATH is used", (version) => {
  nodeOnPath(version);
  expect(launch("a.ts", "b c")).toEqual({
    status: 0,
    stdout: "ran: --disable-warning=ExperimentalWarning a.ts b c\n",
    stderr: "",
  });
});

const refusal = (found: string) => ({
  status: 1,
  stdout: "",
  stderr:
    `Node 22.18 or newer is needed, but ${found} was found on PATH: ` +
    "run `npm ci` (on Linux it brings Node 24), or install a newer Node.\n",
});

test.each(["v22.17.9", "v20.20.2", "v18.0.0"])("Node %s on PATH is refused with one sentence", (version) => {
  nodeOnPath(version);
  expect(launch("a.ts")).toEqual(refusal(version));
});

test("no Node at all is one sentence", () => {
  expect(launch("a.ts")).toEqual(refusal("none"));
});

if (process.platform === "linux") {
  test("the locked Node of node_modules comes before PATH", () => {
    nodeOnPath("v24.0.0");
    const locked = join(folder, `node_modules/node-linux-${process.arch}/bin/node`);
    mkdirSync(dirname(locked), { recursive: true });
    writeFileSync(locked, '#!/bin/sh\necho "locked: $*"\n');
    chmodSync(locked, 0o755);
    expect(launch("a.ts").stdout).toBe("locked: --disable-warning=ExperimentalWarning a.ts\n");
  });
}
