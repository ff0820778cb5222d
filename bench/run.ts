import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { duration } from "../local/engine/progress.ts";
import { closeAll, counts, customerTimes } from "./customers/run.ts";
import { fill, type Size } from "./fill.ts";
import { type Effort, medianTime } from "./measure.ts";
import { bareRates, operationRates } from "./operations.ts";
import { pageTimes, type World } from "./pages.ts";
import { Served } from "./server.ts";
import { growth, markdown, type Row, ratio, type Table } from "./table.ts";

const parts = ["tenant", "customers"].filter((part) => process.argv.includes(part));
const runs = (part: string) => parts.length === 0 || parts.includes(part);
const quick = process.argv.includes("--quick");
const effort: Effort = quick ? { time: 150, starts: 2 } : { time: 1000, starts: 7 };
const many = quick ? 10_000 : 100_000;
const tenantSize: Size = { organizations: many / 10, users: many, members: 0 };
const fewRows: Size = { organizations: 100, users: 100, members: 100 };
const manyRows: Size = { organizations: many, users: many, members: many };

const begun = performance.now();
const say = (line: string): void => {
  process.stdout.write(`${duration(performance.now() - begun).padStart(12)}  ${line}\n`);
};

const folders: string[] = [];
const servers: Served[] = [];

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "bench-"));
  folders.push(made);
  return made;
}

async function serve(program: "tenant" | "bare", where: string): Promise<Served> {
  const server = await Served.start(program, where);
  servers.push(server);
  return server;
}

const size = ({ organizations, users }: Size): string => `${organizations} organizations, ${users} users`;
const megabytes = (bytes: number): number => bytes / 1024 / 1024;

/** From the start of the process to its first answer, in milliseconds. */
function startTime(program: "tenant" | "bare", whereOf: () => string): Promise<number> {
  return medianTime(async () => {
    const server = await serve(program, whereOf());
    await server.send("GET", program === "bare" ? "/one" : "/api/v2/tenants/settings");
    await server.stop();
  }, effort.starts);
}

async function startUp(filled: string): Promise<Table> {
  const own = folder();
  const base = await startTime("bare", () => own);
  const rows: Row[] = [];
  const add = (name: string, value: number): void => {
    rows.push({ name, value, base });
    say(`start, ${name}: ${value.toFixed(0)} ms`);
  };
  add("a new data file", await startTime("tenant", folder));
  await fill(own, { organizations: 0, users: 0, members: 0 });
  add("a brand-new tenant's", await startTime("tenant", () => own));
  add(size(tenantSize), await startTime("tenant", () => filled));
  return { title: "start to first answer, with", columns: ["bare, ms", "tenant, ms"], rows };
}

async function ratesAndMemory(filled: string): Promise<Table[]> {
  const [tenant, bare] = [await serve("tenant", filled), await serve("bare", folder())];
  await tenant.send("GET", "/api/v2/tenants/settings");
  await bare.send("GET", "/one");
  const memory: Row[] = [];
  const weigh = (name: string): void => {
    memory.push({ name, value: megabytes(tenant.memory().now), base: megabytes(bare.memory().now) });
  };
  weigh("after the first answer");
  const base = await bareRates(bare, effort);
  say(
    `bare handler: ${Object.values(base)
      .map((rate) => rate.toFixed(0))
      .join(", ")} requests a second`,
  );
  const rows = await operationRates(tenant, effort, base, (row) =>
    say(`${row.name}: ${row.value.toFixed(0)} requests a second, ${ratio(row, true).toFixed(1)} times a bare one`),
  );
  weigh("after all operations");
  const [most, bareMost] = [tenant.memory().most, bare.memory().most];
  if (most !== undefined && bareMost !== undefined)
    memory.push({ name: "the most it ever was", value: megabytes(most), base: megabytes(bareMost) });
  await tenant.stop();
  await bare.stop();
  return [
    { title: "operation", columns: ["bare, requests/s", "tenant, requests/s"], rows, rates: true },
    { title: `memory at ${size(tenantSize)}`, columns: ["bare, MiB", "tenant, MiB"], rows: memory },
  ];
}

async function pages(): Promise<Table> {
  const worlds: World[] = [];
  for (const rows of [fewRows, manyRows]) {
    const own = folder();
    const first = await fill(own, rows);
    say(`filled: ${rows.organizations} organizations, users and members of one`);
    worlds.push({ tenant: await serve("tenant", own), rows: rows.users, first });
  }
  const [few, much] = worlds;
  if (!few || !much) throw new Error("two tenants are compared");
  const rows = await pageTimes(few, much, { ...effort, time: effort.time * 0.7 }, (row) =>
    say(`${row.name}: ${row.base.toFixed(2)} ms, then ${row.value.toFixed(2)} ms`),
  );
  return { title: "a page of 50", columns: ["of 100, ms", `of ${many}, ms`], rows, digits: 2 };
}

async function cleanUp(): Promise<void> {
  await closeAll();
  for (const server of servers) await server.stop();
  for (const made of folders) rmSync(made, { recursive: true, force: true });
}

for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void cleanUp().then(() => process.exit(130)));

async function tenantTables(): Promise<Table[]> {
  const filled = folder();
  await fill(filled, tenantSize);
  say(`filled: ${size(tenantSize)}`);
  return [await startUp(filled), ...(await ratesAndMemory(filled)), await pages()];
}

try {
  const tables = runs("tenant") ? await tenantTables() : [];
  const customers = runs("customers")
    ? [await customerTimes(quick ? counts.slice(0, 3) : counts, quick ? 1 : 3, say)]
    : [];
  const file = join(import.meta.dirname, "../.local/bench.json");
  mkdirSync(join(import.meta.dirname, "../.local"), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ node: process.version, quick, effort, tables, customers }, null, 2)}\n`);
  process.stdout.write(
    `\n${[...tables.map(markdown), ...customers.map(growth)].join("\n\n")}\n\nThe same as JSON: ${file}\n`,
  );
} finally {
  await cleanUp();
}
