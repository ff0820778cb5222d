import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { choosePort, keepPort, keptPort, loopbackPorts, parsePort } from "../../../local/commands/port.ts";
import { localFolder } from "../../../local/engine/folder.ts";

type State = Awaited<ReturnType<typeof loopbackPorts.state>>;

const machine = (states: Record<number, State>) => ({
  state: async (port: number): Promise<State> => states[port] ?? "free",
  free: async () => 50_001,
});

test("the first tenant of a checkout listens on 8443", async () => {
  expect(await choosePort(undefined, undefined, machine({}))).toEqual({ port: 8443 });
});

test("PORT comes before the kept port, and the kept port before 8443", async () => {
  expect(await choosePort(9000, 9001, machine({}))).toEqual({ port: 9000 });
  expect(await choosePort(undefined, 9001, machine({}))).toEqual({ port: 9001 });
});

test.each([
  [undefined, 8443],
  [9001, 9001],
])(
  "when nobody asked for a port and the usual one (kept: %s) is taken, a free one is used and said",
  async (kept, taken) => {
    expect(await choosePort(undefined, kept, machine({ [taken]: "taken" }))).toEqual({
      port: 50_001,
      note: `Port ${taken} is taken by another program: the local tenant uses 50001, from now on in this checkout.`,
    });
  },
);

test("a PORT that is taken is refused with one sentence that names it", async () => {
  await expect(choosePort(9000, undefined, machine({ 9000: "taken" }))).rejects.toMatchObject({
    name: "Fault",
    message: "Port 9000 is taken by another program: end that one, or give another port.",
  });
});

test("a port that the system keeps for itself is refused with one sentence", async () => {
  await expect(choosePort(443, undefined, machine({ 443: "denied" }))).rejects.toMatchObject({
    name: "Fault",
    message: "Port 443 cannot be used without more rights: give one above 1023, as in `PORT=8444 make up`.",
  });
});

test.each([
  [undefined, undefined],
  ["", undefined],
  ["1", 1],
  ["65535", 65_535],
])("PORT=%s is read as %s", (given, port) => {
  expect(parsePort(given)).toBe(port);
});

test.each(["0", "65536", "-1", "80.5", "8e3", "http", " 8443"])("PORT=%j is refused with one sentence", (given) => {
  expect(() => parsePort(given)).toThrow(`PORT must be a whole number from 1 to 65535: "${given}" is not.`);
});

const servers: Server[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.close();
    await once(server, "close");
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

test("a port on which any program listens on loopback is taken, and free again after it", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  expect(await loopbackPorts.state(address.port)).toBe("taken");
  server.close();
  await once(server, "close");
  servers.pop();
  expect(await loopbackPorts.state(address.port)).toBe("free");
});

test("a free port is one that can be listened on", async () => {
  expect(await loopbackPorts.state(await loopbackPorts.free())).toBe("free");
});

test("a checkout keeps its port; a damaged note counts as none", () => {
  const local = localFolder(mkdtempSync(join(tmpdir(), "port-")));
  folders.push(local.folder);
  expect(keptPort(local)).toBeUndefined();
  keepPort(local, 50_001);
  expect(keptPort(local)).toBe(50_001);
  writeFileSync(join(local.folder, "port"), "no number");
  expect(keptPort(local)).toBeUndefined();
});
