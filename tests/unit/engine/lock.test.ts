import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PROJECT } from "../../../local/engine/folder.ts";
import { exclusively } from "../../../local/engine/lock.ts";

const HOLDER = `
  const { exclusively } = await import(process.argv[1]);
  await exclusively(process.argv[2], () => process.stdout.write("waiting"), async () => {
    process.stdout.write("held");
    await new Promise((settle) => process.stdin.once("data", settle));
  });
  process.exit(0);
`;

let folder: string;
let lock: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
  lock = join(folder, "deeper/a.lock");
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
  }
  rmSync(folder, { recursive: true });
});

/** Another process that holds the lock until it is told to go on. */
async function aHolder() {
  const module = join(PROJECT, "local/engine/lock.ts");
  const args = ["--input-type=module", "-e", HOLDER, module, lock];
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "ignore"] });
  children.push(child);
  const [said] = await once(child.stdout, "data");
  return { child, said: String(said) };
}

test("work runs at once when nobody holds the lock, and its result comes back", async () => {
  const waiting: string[] = [];
  expect(
    await exclusively(
      lock,
      () => waiting.push("waited"),
      async () => 42,
    ),
  ).toBe(42);
  expect(waiting).toEqual([]);
});

test("a second process waits, says so once, and goes on when the first has ended in good order", async () => {
  const { child, said } = await aHolder();
  expect(said).toBe("held");
  const order: string[] = [];
  const waited = new Promise<void>((settle) => {
    void exclusively(
      lock,
      () => {
        order.push("waiting");
        child.stdin?.write("go on");
      },
      async () => {
        order.push("working");
      },
    ).then(settle);
  });
  await waited;
  expect(order).toEqual(["waiting", "working"]);
});

test("a lock ends with its process, also when that is killed", async () => {
  const { child } = await aHolder();
  const done = exclusively(
    lock,
    () => void child.kill("SIGKILL"),
    async () => "working",
  );
  expect(await done).toBe("working");
});

test("a failure of the work comes through and frees the lock", async () => {
  const failing = exclusively(
    lock,
    () => {},
    async () => {
      throw new Error("no luck");
    },
  );
  await expect(failing).rejects.toThrow("no luck");
  const waiting: string[] = [];
  await exclusively(
    lock,
    () => waiting.push("waited"),
    async () => {},
  );
  expect(waiting).toEqual([]);
});
