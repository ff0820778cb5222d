import { spawn } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Store } from "../../../local/tenant/store.ts";
import { outcome, ownFolder, spawnTenant } from "./harness.ts";

/** Fills a data file with so many things, and closes it or leaves its log beside it. */
function make(file: string, things: number): Store {
  const { store } = Store.open(file);
  store.transaction(() => {
    for (let n = 0; n < things; n += 1) {
      const name = { name: "name", value: `thing ${n}`, unique: true };
      store.insert("things", "", `${n}`, { name: name.value, text: "x".repeat(300) }, [name]);
    }
  });
  return store;
}

const bytes = (folder: string): [string, string][] =>
  readdirSync(folder)
    .sort()
    .map((name) => [name, readFileSync(join(folder, name), "base64")]);

/** What a tenant in a process of its own says of a data file. */
async function refusal(data: string): Promise<{ err: string; code: number | null }> {
  const { err, code } = await outcome(spawnTenant({ PORT: "0", DATA: data, CA_DIR: ownFolder() }));
  return { err: err.replace(data, "FILE"), code };
}

test("a data file that was cut off anywhere is one sentence, in whichever of SQLite's words", () => {
  const whole = join(ownFolder(), "tenant.db");
  make(whole, 200).close();
  const size = readFileSync(whole).length;
  fc.assert(
    fc.property(fc.oneof(fc.integer({ min: 1, max: size - 1 }), fc.integer({ min: 1, max: 5000 })), (length) => {
      const file = join(ownFolder(), "tenant.db");
      copyFileSync(whole, file);
      truncateSync(file, length);
      const cut = readFileSync(file);
      const sentence = `The tenant's data file ${file} cannot be used: `;
      const reasons = ["it is damaged", "database disk image is malformed", "file is not a database"];
      let said = "";
      try {
        Store.open(file);
      } catch (cause) {
        said = cause instanceof Error ? cause.message : "";
      }
      expect(reasons.map((reason) => `${sentence}${reason}.`)).toContain(said);
      expect(readFileSync(file)).toEqual(cut);
    }),
    { numRuns: 60 },
  );
});

test("a data file with a hole in it is one sentence and exit status 1, and stays as it is", async () => {
  const folder = ownFolder();
  const file = join(folder, "tenant.db");
  make(file, 200).close();
  const hole = readFileSync(file).fill(0, 3 * 4096, 4 * 4096);
  writeFileSync(file, hole);
  expect(await refusal(file)).toEqual({ err: "The tenant's data file FILE cannot be used: it is damaged.\n", code: 1 });
  expect(readFileSync(file)).toEqual(hole);
});

test("a data file beside the -wal of another one is one sentence and exit status 1, and both stay as they are", async () => {
  const folder = ownFolder();
  const alive = make(join(folder, "alive.db"), 50);
  make(join(folder, "restored.db"), 100).close();
  const both = join(folder, "both");
  mkdirSync(both);
  copyFileSync(join(folder, "restored.db"), join(both, "tenant.db"));
  copyFileSync(join(folder, "alive.db-wal"), join(both, "tenant.db-wal"));
  alive.close();
  const before = bytes(both);
  expect(await refusal(join(both, "tenant.db"))).toEqual({
    err: "The tenant's data file FILE cannot be used: the -wal beside it belongs to another data file.\n",
    code: 1,
  });
  expect(bytes(both)).toEqual(before);
});

/** Opens a data file in a process that may do no more than anybody, and answers its complaint. */
async function complaintOfAnybody(file: string): Promise<string> {
  const store = join(import.meta.dirname, "../../../local/tenant/store.ts");
  // permissions do not bind root, who steps down once the program is loaded
  const program = `
    const { Store } = await import(${JSON.stringify(store)});
    if (process.getuid() === 0) process.seteuid(65534);
    try { Store.open(${JSON.stringify(file)}); } catch (cause) { process.stdout.write(cause.message + "\\n"); }`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["ignore", "pipe", "pipe"] });
  return (await outcome(child)).out.replaceAll(file, "FILE");
}

test("a folder or a data file that may only be read is one sentence, and stays as it is", async () => {
  const folder = ownFolder();
  for (const [name, mode] of [
    ["kept.db", 0o444],
    ["open.db", 0o666],
  ] as const) {
    make(join(folder, name), 1).close();
    chmodSync(join(folder, name), mode);
  }
  chmodSync(folder, 0o555);
  const before = bytes(folder);
  const reasons: string[] = [];
  for (const name of ["new.db", "kept.db", "open.db"]) reasons.push(await complaintOfAnybody(join(folder, name)));
  chmodSync(folder, 0o755);
  const denied = "EACCES: permission denied, open 'FILE'";
  expect(reasons).toEqual(
    [denied, denied, "attempt to write a readonly database"].map(
      (why) => `The tenant's data file FILE cannot be used: ${why}.\n`,
    ),
  );
  expect(bytes(folder)).toEqual(before);
});
