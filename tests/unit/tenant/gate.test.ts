import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { connect, type TLSSocket } from "node:tls";
import { expect, test, vi } from "vitest";
import { bodyLimit, gate } from "../../../local/tenant/gate.ts";
import { RequestLog } from "../../../local/tenant/request-log.ts";
import { TestTenant } from "./harness.ts";

const authorized = "Authorization: Bearer any\r\nContent-Type: application/json\r\n";
const misdirected = {
  statusCode: 421,
  error: "Misdirected Request",
  message: "This tenant answers as localhost, 127.0.0.1 or [::1] only",
};
const tooLarge = {
  statusCode: 413,
  error: "Payload Too Large",
  message: "The request body may hold 1048576 bytes at most",
};

async function open({ running, folder }: TestTenant): Promise<TLSSocket> {
  const ca = readFileSync(join(folder, "ca.pem"));
  const socket = connect({ host: "127.0.0.1", port: running.port, ca, servername: "localhost" });
  await once(socket, "secureConnect");
  return socket;
}

/** Sends the text as it is, and answers status and JSON of what comes back before the server closes. */
async function sendRaw(tenant: TestTenant, text: string): Promise<{ status: number; body: unknown }> {
  const socket = await open(tenant);
  let said = "";
  socket.on("data", (part: Buffer) => {
    said += part.toString();
  });
  socket.write(text);
  await once(socket, "close");
  const [head = "", body = ""] = said.split("\r\n\r\n");
  const json = /^\{.*\}$/m.exec(body)?.[0];
  return { status: Number(head.split(" ")[1]), body: json === undefined ? undefined : JSON.parse(json) };
}

async function lastSeq(tenant: TestTenant): Promise<number> {
  return (await tenant.local("GET", "/.local/requests")).body.at(-1)?.seq ?? 0;
}

async function loggedAfter(tenant: TestTenant, seq: number): Promise<unknown[]> {
  const { body } = await tenant.local("GET", `/.local/requests?after=${seq}`);
  return body.map(({ method, path, status, query }: { [name: string]: unknown }) => ({ method, path, status, query }));
}

test("a body nested deeper than 100 is refused and logged, and one of 100 is validated", async () => {
  const tenant = await TestTenant.fresh();
  const last = await lastSeq(tenant);
  const refused = {
    status: 400,
    body: {
      statusCode: 400,
      error: "Bad Request",
      message: "Payload validation error: 'Objects and lists nested more than 100 deep'.",
      errorCode: "invalid_body",
    },
  };
  const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
  const lists = (levels: number) => `{"name":"acme","metadata":${nested(levels - 1)}}`;
  expect(await tenant.call("POST", "/organizations", nested(200_000))).toEqual(refused);
  expect(await tenant.call("POST", "/connections", `{"options":${nested(9_000)}}`)).toEqual(refused);
  expect(await tenant.call("POST", "/organizations", lists(101))).toEqual(refused);
  expect(await tenant.call("POST", "/organizations", lists(100))).toEqual({
    status: 400,
    body: {
      ...refused.body,
      message: "Payload validation error: 'Expected type object but found type array' on property metadata.",
    },
  });
  expect((await tenant.call("POST", "/organizations", "[".repeat(200_000))).status).toBe(400);
  const post = { method: "POST", path: "/api/v2/organizations", status: 400, query: {} };
  expect(await loggedAfter(tenant, last)).toEqual([post, { ...post, path: "/api/v2/connections" }, post, post, post]);
});

test("a body of 1 MiB is read, and one byte more is refused and logged", async () => {
  const tenant = await TestTenant.fresh();
  const last = await lastSeq(tenant);
  const body = (bytes: number) => `{"name":"acme"${" ".repeat(bytes - 15)}}`;
  expect((await tenant.call("POST", "/organizations", body(bodyLimit))).status).toBe(201);
  expect(await tenant.call("POST", "/organizations", body(bodyLimit + 1))).toEqual({ status: 413, body: tooLarge });
  const post = { method: "POST", path: "/api/v2/organizations", query: {} };
  expect(await loggedAfter(tenant, last)).toEqual([
    { ...post, status: 201 },
    { ...post, status: 413 },
  ]);
});

test("a body without a length is kept to the limit and no further, and no answer waits for one that announces too much", async () => {
  const tenant = await TestTenant.fresh();
  const head = `POST /api/v2/roles HTTP/1.1\r\nHost: localhost\r\n${authorized}`;
  const chunk = `10000\r\n${" ".repeat(0x10000)}\r\n`;
  const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n`;
  expect(await sendRaw(tenant, `${chunked}${chunk.repeat(17)}`)).toEqual({ status: 413, body: tooLarge });
  expect(await sendRaw(tenant, `${head}Content-Length: 1048577\r\n\r\n`)).toEqual({ status: 413, body: tooLarge });
});

test.each([
  "evil.example",
  "evil.example:443",
  "localhost.evil.example",
  "127.0.0.1.evil.example",
  "localhost:99999",
  "localhost:999999",
  "user@localhost",
  "localhost/x",
])("a request whose Host is %s is refused and logged", async (host) => {
  const tenant = await TestTenant.fresh();
  const last = await lastSeq(tenant);
  const raw = `POST /.local/reset?client_secret=x&a=1 HTTP/1.1\r\nHost: ${host}\r\n${authorized}Content-Length: 0\r\n\r\n`;
  expect(await sendRaw(tenant, raw)).toEqual({ status: 421, body: misdirected });
  expect(await loggedAfter(tenant, last)).toEqual([
    { method: "POST", path: "/.local/reset", status: 421, query: { client_secret: "[masked]", a: "1" } },
  ]);
});

test.each(["localhost", "LOCALHOST:8443", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:8443"])(
  "a request whose Host is %s is answered",
  async (host) => {
    const tenant = await TestTenant.fresh();
    const raw = `GET /api/v2/organizations HTTP/1.1\r\nHost: ${host}\r\n${authorized}Connection: close\r\n\r\n`;
    expect((await sendRaw(tenant, raw)).status).toBe(200);
  },
);

test.each([
  ["no Host", "GET /a HTTP/1.1\r\n", "/a", "Missing Host header"],
  ["the target *", "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n", "*", "The request target must be a path"],
  ["a whole URL", "GET https://x/ HTTP/1.1\r\nHost: localhost\r\n", "https://x/", "The request target must be a path"],
  ["a backslash", "GET /\\x HTTP/1.1\r\nHost: localhost\r\n", "/\\x", "The request target must be a path"],
])("a request with %s is refused and logged", async (_, head, path, message) => {
  const tenant = await TestTenant.fresh();
  const last = await lastSeq(tenant);
  const body = { statusCode: 400, error: "Bad Request", message };
  expect(await sendRaw(tenant, `${head}\r\n`)).toEqual({ status: 400, body });
  expect(await loggedAfter(tenant, last)).toEqual([{ method: head.split(" ")[0], path, status: 400, query: {} }]);
});

test("a page of another origin can neither reset the tenant nor read its log, and one of this machine can", async () => {
  const tenant = await TestTenant.fresh();
  await tenant.make("/organizations", { name: "acme" });
  const refused = {
    status: 403,
    body: { statusCode: 403, error: "Forbidden", message: "Pages of other origins may not use /.local" },
  };
  for (const Origin of ["https://evil.example", "null", "http://localhost", "https://localhost.evil.example"]) {
    expect(await tenant.local("POST", "/.local/reset", undefined, { Origin })).toEqual(refused);
    expect(await tenant.local("POST", "/%2elocal/reset", undefined, { Origin })).toEqual(refused);
    expect(await tenant.local("GET", "/.local/requests", undefined, { Origin })).toEqual(refused);
  }
  expect((await tenant.call("GET", "/organizations")).body).toHaveLength(1);
  for (const Origin of ["https://localhost", "https://127.0.0.1:8443", "https://[::1]:1"]) {
    expect((await tenant.local("POST", "/.local/reset", undefined, { Origin })).status).toBe(204);
  }
});

test("a request whose client goes away half-way is dropped: not answered, not logged, not reported", async () => {
  const log = new RequestLog();
  const answer = vi.fn();
  const stderr = vi.spyOn(process.stderr, "write");
  const stream = new PassThrough();
  const incoming = Object.assign(stream, { url: "/api/v2/roles", method: "POST", headers: { host: "localhost" } });
  const done = gate(log, answer)(incoming as unknown as IncomingMessage, {} as ServerResponse);
  stream.write('{"na');
  stream.destroy(Object.assign(new Error("aborted"), { code: "ECONNRESET" }));
  await done;
  const said = stderr.mock.calls;
  stderr.mockRestore();
  expect([said, answer.mock.calls, log.since(0)]).toEqual([[], [], "[]"]);
});
