import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFailed, test } from "vitest";
import { certificateAuthority } from "../../../local/tenant/certificate.ts";
import type { Body } from "../../../local/tenant/management/json.ts";
import { Store } from "../../../local/tenant/store.ts";
import { readDataFile } from "./durability/data-file.ts";
import { firstTables } from "./durability/first-tables.ts";
import { MortalTenant } from "./durability/tenant.ts";
import { dice } from "./durability/writers.ts";
import { ownFolder, TestTenant } from "./harness.ts";

/** Which steps are taken where not every one is: other seeds take others. */
const seed = Number(process.env.SEED || 5);

const dataFile = (folder: string): string => join(folder, "data", "tenant.db");

/** Starts tenants that die before a step, a later one each time, until one lives to serve; answers how many died. */
async function die(stride: number, folderOf: () => string, after: (folder: string) => Promise<void> | void) {
  let step = stride === 1 ? 1 : 1 + dice(seed)(stride);
  onTestFailed(() => {
    process.stderr.write(`The last one was to die before step ${step}, with SEED=${seed}.\n`);
  });
  for (let deaths = 0; ; deaths += 1, step += stride) {
    const folder = folderOf();
    const tenant = MortalTenant.dying(dataFile(folder), folder, step);
    const served = await tenant.ready();
    if (served) tenant.kill();
    expect(await tenant.gone()).toBe("SIGKILL");
    if (served) return deaths;
    await after(folder);
  }
}

/** What a brand-new tenant holds, but for what is random. */
async function contents(tenant: TestTenant): Promise<unknown> {
  const names = async (path: string) => (await tenant.call("GET", path)).body.map(({ name }: Body) => name);
  const { keys } = (await tenant.local("GET", "/.well-known/jwks.json")).body;
  return [await names("/clients"), await names("/resource-servers"), await names("/connections"), keys.length];
}

test("a tenant that was killed at a step of its first start is a brand-new one at the next", async () => {
  const brandNew = await contents(await TestTenant.fresh());
  const left = { nothing: 0, noTables: 0, tables: 0 };
  const deaths = await die(5, ownFolder, async (folder) => {
    const file = dataFile(folder);
    const found = existsSync(file) ? readDataFile(file) : undefined;
    expect(found?.faults ?? []).toEqual([]);
    left[found ? "tables" : existsSync(file) ? "noTables" : "nothing"] += 1;
    const next = await TestTenant.start(folder, { data: file });
    expect(await contents(next)).toEqual(brandNew);
    await next.running.close();
    expect(readdirSync(join(folder, "data"))).toEqual(["tenant.db"]);
  });
  expect(left.nothing + left.noTables + left.tables).toBe(deaths);
  expect(Math.min(left.nothing, left.noTables, left.tables)).toBeGreaterThan(0);
});

test("at no step of the making of an authority a half file lies under its name, and whoever trusts it goes on to", async () => {
  const left: string[] = [];
  for (let step = 1; ; step += 1) {
    const folder = ownFolder();
    const tenant = MortalTenant.dying(dataFile(folder), folder, step);
    expect(await tenant.ready()).toBe(false);
    await tenant.gone();
    if (existsSync(join(folder, "data"))) break;
    const [key = "", trusted = ""] = ["ca.key", "ca.pem"].map((name) =>
      existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8") : undefined,
    );
    const { certificate } = await certificateAuthority(folder);
    expect([certificate, ""]).toContain(trusted);
    if (key !== "") expect(key).toBe(readFileSync(join(folder, "ca.key"), "utf8"));
    left.push(`${key === "" ? "no" : "a"} key, ${trusted === "" ? "no" : "a"} certificate`);
  }
  expect([...new Set(left)]).toEqual(["no key, no certificate", "a key, no certificate", "a key, a certificate"]);
});

test("a tenant that is killed at any step of a later start loses nothing of what it had to recover", async () => {
  const folder = ownFolder();
  const first = await MortalTenant.start(dataFile(folder), folder);
  const { connections } = await first.world();
  const enabled_connections = connections.map((connection_id) => ({ connection_id }));
  for (let n = 0; n < 20; n += 1) {
    const content = { name: `acme-${n}`, display_name: `${n}`, metadata: { counter: "0" }, enabled_connections };
    expect((await first.send("POST", "/organizations", content)).status).toBe(201);
  }
  const { stored } = await first.organizations();
  expect(stored.size).toBe(20);
  first.kill();
  await first.gone();
  const deaths = await die(
    1,
    () => folder,
    () => {
      const found = readDataFile(dataFile(folder));
      expect(found?.faults).toEqual([]);
      expect(found?.organizations).toEqual(stored);
    },
  );
  expect(deaths).toBeGreaterThan(5);
  const { store } = Store.open(dataFile(folder));
  expect(store.count({ family: "organizations" })).toBe(20);
  store.close();
});

test("a data file of the first version whose upgrade is killed at a step is one of that version still, or of the newer", async () => {
  const left = { older: 0, newer: 0 };
  await die(
    4,
    () => older(ownFolder()),
    (folder) => {
      const faults = readDataFile(dataFile(folder))?.faults;
      left[faults?.length === 0 ? "newer" : "older"] += 1;
      expect([[], ["tables keys,objects"]]).toContainEqual(faults);
      const { store } = Store.open(dataFile(folder));
      expect(store.select({ family: "things", scope: "a" }).map(({ id }) => id)).toEqual(["x", "y"]);
      expect(store.owner("things", "name", "n")?.id).toBe("x");
      expect(store.count({ family: "things" })).toBe(2);
      store.close();
      expect(readDataFile(dataFile(folder))?.faults).toEqual([]);
    },
  );
  expect(Math.min(left.older, left.newer)).toBeGreaterThan(0);
});

/** A folder with a data file of the first version, of a tenant that signed nothing yet. */
function older(folder: string): string {
  mkdirSync(join(folder, "data"));
  const database = new DatabaseSync(dataFile(folder));
  database.exec(firstTables);
  database.exec(`INSERT INTO objects VALUES (1, 'service', '', 'signing-keys', '{"certificate":"c"}')`);
  database.close();
  return folder;
}
