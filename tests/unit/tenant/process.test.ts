import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { certificateAuthority } from "../../../local/tenant/certificate.ts";
import { Store } from "../../../local/tenant/store.ts";
import { askToken, makeMachine, outcome, ownFolder, portOf, send, spawnTenant, TestTenant } from "./harness.ts";

const env = (folder: string, more: { [name: string]: string } = {}) => ({
  PORT: "0",
  DATA: join(folder, "tenant.db"),
  CA_DIR: folder,
  ...more,
});

test("a tenant prints one ready line, keeps its key to its owner, and ends with code 0 when told to", async () => {
  const folder = ownFolder();
  const child = spawnTenant(env(folder));
  const { out, err } = await outcome(child);
  expect(out).toMatch(/^listening on https:\/\/localhost:\d+\n$/);
  expect(err).toBe("");
  expect(statSync(join(folder, "ca.key")).mode & 0o777).toBe(0o600);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});

test("the data file and those beside it are for their owner only", async () => {
  const { folder } = await TestTenant.start();
  const modes = readdirSync(folder)
    .filter((name) => name.startsWith("tenant.db"))
    .map((name) => [name, statSync(join(folder, name)).mode & 0o777]);
  expect(modes).toEqual([
    ["tenant.db", 0o600],
    ["tenant.db-wal", 0o600],
  ]);
});

test("what was acknowledged before a SIGKILL is there after it", async () => {
  const folder = ownFolder();
  const killed = spawnTenant(env(folder));
  const first = portOf((await outcome(killed)).out);
  const made = await send(first, folder, "POST", "/api/v2/organizations", { name: "acme" });
  killed.kill("SIGKILL");
  await once(killed, "exit");

  const again = spawnTenant(env(folder));
  const second = portOf((await outcome(again)).out);
  const found = await send(second, folder, "GET", `/api/v2/organizations/${made.body.id}`);
  expect(found).toEqual({ status: 200, body: made.body });
});

test("a client that goes on writing a body of 8 MiB still reads the refusal", async () => {
  const folder = ownFolder();
  const child = spawnTenant(env(folder));
  const port = portOf((await outcome(child)).out);
  const message = "The request body may hold 1048576 bytes at most";
  for (let n = 0; n < 5; n += 1)
    expect(await send(port, folder, "POST", "/api/v2/roles", " ".repeat(2 ** 23))).toEqual({
      status: 413,
      body: { statusCode: 413, error: "Payload Too Large", message },
    });
});

test("a restart keeps every object and the tenant's signing certificate", async () => {
  const folder = ownFolder();
  const before = await TestTenant.start(folder);
  const { encrypted: _onlyOnCreate, ...client } = await before.make("/clients", { name: "Main" });
  await before.running.close();
  const after = await TestTenant.start(folder);
  expect(await after.call("GET", `/clients/${client.client_id}`)).toEqual({ status: 200, body: client });
});

test("a data file of before there were signed tokens keeps its objects and gets a key", async () => {
  const folder = ownFolder();
  const before = await TestTenant.start(folder);
  const machine = await makeMachine(before);
  await before.running.close();
  const { store } = Store.open(join(folder, "tenant.db"));
  const kept = store.get("service", "signing-keys");
  if (kept) store.transaction(() => store.update(kept, { keys: [{ cert: "old", subject: "/CN=localhost" }] }, []));
  store.close();
  const after = await TestTenant.start(folder);
  expect((await askToken(after, machine)).status).toBe(200);
  const { body } = await after.local("GET", "/.well-known/jwks.json");
  await after.running.close();
  const again = await TestTenant.start(folder);
  expect((await again.local("GET", "/.well-known/jwks.json")).body).toEqual(body);
});

test("an occupied port is one sentence and leaves nothing behind", async () => {
  const folder = join(ownFolder(), "fresh");
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const address = other.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const { out, err, code } = await outcome(spawnTenant(env(folder, { PORT: String(port) })));
  other.close();
  expect({ out, err, code }).toEqual({
    out: "",
    err: `Port ${port} is occupied by another program; set PORT to a free one.\n`,
    code: 1,
  });
  expect(existsSync(folder)).toBe(false);
});

test("a PORT that is none is one sentence", async () => {
  const { err, code } = await outcome(spawnTenant(env(ownFolder(), { PORT: "84o3" })));
  expect({ err, code }).toEqual({ err: 'PORT must be a whole number from 0 to 65535, not "84o3".\n', code: 1 });
});

test("a data file that is damaged or of something else is one sentence and stays as it is", async () => {
  const folder = ownFolder();
  const data = join(folder, "tenant.db");
  writeFileSync(data, "this is not a database, but long enough to look like one ".repeat(20));
  const before = readFileSync(data, "utf8");
  const { err, code } = await outcome(spawnTenant(env(folder)));
  expect({ err, code }).toEqual({
    err: `The tenant's data file ${data} cannot be used: file is not a database.\n`,
    code: 1,
  });
  expect(readFileSync(data, "utf8")).toBe(before);
});

test("a data file in use by another tenant is one sentence", async () => {
  const { folder } = await TestTenant.start();
  const { err, code } = await outcome(spawnTenant(env(folder)));
  expect({ err, code }).toEqual({
    err: `The tenant's data file ${join(folder, "tenant.db")} cannot be used: another process has it open.\n`,
    code: 1,
  });
});

test("a folder that cannot be made is one sentence", async () => {
  const folder = ownFolder();
  writeFileSync(join(folder, "file"), "");
  const caDir = join(folder, "file", "ca");
  const { err, code } = await outcome(spawnTenant(env(folder, { CA_DIR: caDir })));
  expect(err.split("\n")).toHaveLength(2);
  expect(err).toContain(`The certificate authority in ${caDir} cannot be used: ENOTDIR`);
  expect(code).toBe(1);
});

test("a data file that cannot be made is one sentence and leaves none behind", async () => {
  const folder = ownFolder();
  const { err, code } = await outcome(spawnTenant(env(folder, { DATA: "/proc/tenant/tenant.db" })));
  expect({ err: err.split(":")[0], lines: err.split("\n").length, code }).toEqual({
    err: "The folder /proc/tenant of the tenant's data file cannot be made",
    lines: 2,
    code: 1,
  });
  const taken = await outcome(spawnTenant(env(folder, { DATA: folder })));
  expect({ err: taken.err, code: taken.code }).toEqual({
    err: `The tenant's data file ${folder} cannot be used: unable to open database file.\n`,
    code: 1,
  });
});

test("a damaged key of the authority is named, with the way out", async () => {
  const folder = ownFolder();
  writeFileSync(join(folder, "ca.key"), "broken");
  await expect(certificateAuthority(folder)).rejects.toThrow(
    `The key of the certificate authority, ${join(folder, "ca.key")}, is damaged; delete it and a new authority is made.`,
  );
});

test("tenants that start at once end with one authority, and one that lost its ca.pem gets the same back", async () => {
  const folder = join(ownFolder(), "ca");
  mkdirSync(folder);
  const pairs = await Promise.all(Array.from({ length: 8 }, () => certificateAuthority(folder)));
  expect(new Set(pairs.map(({ certificate }) => certificate)).size).toBe(1);
  const kept = readFileSync(join(folder, "ca.pem"), "utf8");
  expect(kept).toBe(pairs[0]?.certificate);
  chmodSync(join(folder, "ca.pem"), 0o600);
  writeFileSync(join(folder, "ca.pem"), "");
  expect(await certificateAuthority(folder)).toEqual(pairs[0]);
  expect(readFileSync(join(folder, "ca.pem"), "utf8")).toBe(kept);
});
