import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test, vi } from "vitest";
import { front } from "../../../local/front/front.ts";
import { ownFolder, TestTenant } from "../tenant/harness.ts";
import { addressOfPlay, app, board, person } from "./furnish.ts";
import { get, words } from "./reading.ts";

/** An empty folder for what is temporary. */
function ownTemporary(): string {
  const folder = join(ownFolder(), "temporary");
  mkdirSync(folder);
  return folder;
}

test("a process that ends in the middle of a play leaves no copy, for all secrets of the tenant lie in it", () => {
  const TMPDIR = ownTemporary();
  const copies = pathToFileURL(join(import.meta.dirname, "../../../local/front/play/copies.ts"));
  const program = `
    import { readdirSync, writeFileSync } from "node:fs";
    import { Copies } from ${JSON.stringify(copies.href)};
    new Copies({ copyInto: (file) => writeFileSync(file, "secrets") });
    process.stdout.write(String(readdirSync(${JSON.stringify(TMPDIR)}).length));
    process.exit(0);
  `;
  const env = { TMPDIR, PATH: process.env.PATH };
  const options = ["--disable-warning=ExperimentalWarning", "--input-type=module", "--eval", program];
  expect(execFileSync(process.execPath, options, { env, encoding: "utf8" })).toBe("1");
  expect(readdirSync(TMPDIR)).toEqual([]);
});

test("a tenant that cannot be copied says so in each play, and leaves nothing", async () => {
  const tenant = await TestTenant.start(ownFolder(), {
    front: (open, closing) => {
      const copyInto = (file: string) => {
        open.copyInto(file);
        throw new Error("the disk is full");
      };
      front({})({ ...open, copyInto }, closing);
    },
  });
  const [client, lena] = [await app(tenant), await person(tenant, "Lena")];
  const temporary = ownTemporary();
  vi.stubEnv("TMPDIR", temporary);
  const [rows, play] = [await board(tenant), await get(tenant, addressOfPlay({ person: lena, app: client }))];
  vi.unstubAllEnvs();
  expect(rows.slice(2, -1)).toEqual(["Person", "Shop", "Lena lena@mail.example", "cannot be played the disk is full"]);
  expect(play.status).toBe(200);
  expect(words(play.text).slice(2, 4)).toEqual(["cannot be played", "the disk is full"]);
  expect(readdirSync(temporary)).toEqual([]);
});
