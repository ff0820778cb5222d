import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../../../local/engine/fault.ts";
import { type LocalFolder, localFolder } from "../../../local/engine/folder.ts";
import { exclusively } from "../../../local/engine/lock.ts";
import { findOnPath, isExecutable, run } from "../../../local/engine/program.ts";
import { type Say, withHeartbeat } from "../../../local/engine/progress.ts";

const REQUIREMENTS = join(import.meta.dirname, "requirements.txt");
const NAMES = ["python3", "python3.14", "python3.13", "python3.12", "python3.11"];
// venv brings pip by ensurepip, which Debian keeps in a package of its own
const PROBE = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))";

/** What is not known of a checkout on a machine where moto cannot run. */
export const noPython = `NOT TESTED: there is no Python from 3.11 on with venv on this machine (python3 on PATH, or PYTHON).
Left out is everything that takes a stand-in of AWS: whether AWS's API accepts what the components declare, and what is read back.
To test that too: apt-get install python3 python3-venv (Debian, Ubuntu), or PYTHON=/path/to/python3.`;

/** The Python that moto can run on: what PYTHON names, else the first that fits on PATH. @throws where PYTHON names no program */
export async function findPython(env: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  const { PYTHON, PATH } = env;
  if (PYTHON && !isExecutable(PYTHON)) throw new Error(`PYTHON names no program: ${PYTHON}.`);
  const files = PYTHON ? [PYTHON] : NAMES.map((name) => findOnPath(name, PATH)).filter((file) => file !== undefined);
  for (const file of files) if ((await run(file, ["-c", PROBE], { env })).status === 0) return file;
  return undefined;
}

/**
 * The Python of `.local/moto`, with exactly the packages of requirements.txt: installed when it is not there, or when that file is another.
 * @param say gets a line for what takes time, and none when all is there
 * @throws Fault where there is no Python, or pip fails
 */
export async function ensureMoto(say: Say, local: LocalFolder = localFolder()): Promise<string> {
  const folder = join(local.folder, "moto");
  const made = join(folder, createHash("sha256").update(readFileSync(REQUIREMENTS)).digest("hex").slice(0, 16));
  const python = join(made, "bin", "python");
  const done = join(made, "installed");
  const waiting = () => say("Another process is installing moto for this checkout: waiting for it.");
  if (existsSync(done)) return python;
  return await exclusively(join(local.folder, "moto.lock"), waiting, async () => {
    if (existsSync(done)) return python;
    const base = await findPython();
    if (base === undefined) throw new Fault(noPython);
    mkdirSync(folder, { recursive: true });
    for (const old of readdirSync(folder)) rmSync(join(folder, old), { recursive: true });
    await withHeartbeat("installing moto", say, async () => {
      await must(base, ["-m", "venv", made]);
      const exactly = ["--require-hashes", "--only-binary", ":all:", "-r", REQUIREMENTS];
      await must(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...exactly]);
    });
    writeFileSync(done, "");
    return python;
  });
}

async function must(file: string, args: readonly string[]): Promise<void> {
  const { status, stderr } = await run(file, args);
  if (status !== 0) throw new Fault(`moto cannot be installed: ${[file, ...args].join(" ")} failed.\n${stderr.trim()}`);
}
