import fc from "fast-check";
import { families } from "../../../../local/tenant/entities/index.ts";
import type { Schema } from "../../../../local/tenant/management/fields.ts";
import { routesOf } from "../../../../local/tenant/management/routes.ts";
import type { Route } from "../../../../local/tenant/management/tables.ts";
import { anyJson, damaged, fitting, idMark } from "./values.ts";

/** One request as it goes over the wire; `living:…` marks in path and body stand for ids that the sender puts in. */
export interface Generated {
  readonly method: string;
  readonly target: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string | Buffer;
  /** The operation into which it goes, past routing and authentication; absent where it may end before. */
  readonly into?: string;
}

export const operations: readonly Route[] = routesOf(families);
export const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

const json = { Authorization: "Bearer any", "Content-Type": "application/json" };
const strange = [
  "x",
  "auth0|1",
  "con_0000000000000000",
  "a b",
  "%",
  "é",
  "..",
  "\u0000",
  ...["constructor", "__proto__", "toString"],
  "https://api.example.com/",
  "a".repeat(400),
];

/** A path of the route: mostly with ids of living objects. */
function pathOf({ path }: Route): fc.Arbitrary<string> {
  const parts = path.split("/").slice(1);
  const filled = parts.map((part, at) => {
    if (!part.startsWith(":")) return fc.constant(part);
    const collection = parts[at + 1] === "scim-configuration" ? "provisioned" : (parts[at - 1] ?? "");
    const living = fc.constant(idMark(collection));
    const junk = fc.constantFrom(...strange).map(encodeURIComponent);
    return fc.oneof({ weight: 5, arbitrary: living }, { weight: 1, arbitrary: junk });
  });
  return fc.tuple(...filled).map((all) => `/api/v2/${all.join("/")}`);
}

function queryOf(route: Route): fc.Arbitrary<string> {
  const known = Object.entries(route.query ?? {});
  const value = (schema: Schema) =>
    fc.oneof({ weight: 3, arbitrary: fitting(schema) }, { weight: 1, arbitrary: anyJson }).map(asQuery);
  const parameter = fc.oneof(
    ...known.map(([name, schema]) => value(schema).map((text) => `${name}=${text}`)),
    fc.constantFrom("unknown=1", "page", "=", "per_page=50&per_page=51", "fields=id,name&include_fields=true", "%ff=1"),
  );
  return fc.oneof(
    { weight: known.length === 0 ? 9 : 2, arbitrary: fc.constant("") },
    { weight: 1, arbitrary: fc.array(parameter, { minLength: 1, maxLength: 3 }).map((all) => `?${all.join("&")}`) },
  );
}

function asQuery(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return encodeURIComponent(text.toWellFormed());
}

function bodyOf({ fields }: Route): fc.Arbitrary<string | undefined> {
  if (!fields) return fc.constantFrom(undefined, undefined, "{}", "null");
  const good = fitting(fields);
  return fc.oneof(
    { weight: 5, arbitrary: good.map((body) => JSON.stringify(body)) },
    { weight: 4, arbitrary: good.chain(damaged).map((body) => JSON.stringify(body)) },
    { weight: 1, arbitrary: anyJson.map((body) => JSON.stringify(body)) },
  );
}

/** Requests that go into this operation. */
export function requestsInto(route: Route): fc.Arbitrary<Generated> {
  return fc.tuple(pathOf(route), queryOf(route), bodyOf(route)).map(([path, query, body]) => ({
    method: route.method,
    target: `${path}${query}`,
    headers: json,
    into: nameOf(route),
    ...(body === undefined ? {} : { body }),
  }));
}

const methods = ["GET", "POST", "PATCH", "PUT", "DELETE", "OPTIONS", "HEAD", "TRACE", "PROPFIND"];
const contentTypes = [
  ...[
    "application/json",
    "application/json; charset=utf-16",
    "text/plain",
    "application/x-www-form-urlencoded",
    "",
    "x",
  ],
  ...["multipart/form-data; boundary=b", "application/vnd.api+json", "application/json;".repeat(50)],
];
const authorizations = [
  "Bearer any",
  "Bearer",
  "Bearer ",
  "bearer any",
  "Basic YTpi",
  "Bearer a b",
  "Bearer a.b.c",
  "",
];
const broken: readonly (string | Buffer)[] = [
  ...[
    "{",
    "[",
    '{"a":',
    '{"a":1}}',
    "nul",
    '"',
    "\ufeff{}",
    '{"a":1e400}',
    '{"__proto__":{"x":1}}',
    '{"a":1,"a":2}',
    "﻿",
  ],
  ...[
    "[".repeat(5000),
    `{"a":"${"x".repeat(200_000)}"}`,
    `{"name":"${"\\u0000".repeat(50)}"}`,
    "grant_type=client_credentials",
  ],
  ...[
    Buffer.from([0xff, 0xfe, 0x7b, 0x00]),
    Buffer.from([0xc3, 0x28]),
    Buffer.alloc(1024 * 1024 + 1, 0x20),
    Buffer.alloc(0),
  ],
];
const targets = [
  ...[
    "/",
    "/api/v2",
    "/api/v2/",
    "/api/v2//clients",
    "/api/v2/clients/",
    "/api/v3/clients",
    "/api/v2/CLIENTS",
    "/api/v2/%63lients",
  ],
  ...[
    "/api/v2/clients/%",
    "/api/v2/clients/%ff",
    "/api/v2/clients/%00",
    "/api/v2/clients/..%2f..",
    "/api/v2/../v2/clients",
  ],
  ...[
    "/oauth/token",
    "/.well-known/jwks.json",
    "/.local/requests?after=x",
    "/.local/requests?after=99999999",
    "/.local/actions",
  ],
  ...[
    "/.local/nothing",
    "/api/v2/clients?%zz",
    "/api/v2/clients?a[b]=c",
    `/api/v2/clients?fields=${"a,".repeat(4000)}`,
  ],
  ...[
    "/api/v2/organizations/name/%F0%9F%A6%8A",
    "/api/v2/resource-servers/https:%2F%2Fapi.example.com",
    "/authorize",
    "/login",
  ],
];

/** Requests of any kind: strange methods, targets, headers and bodies in any combination. */
export const anyRequest: fc.Arbitrary<Generated> = fc
  .record({
    method: fc.constantFrom(...methods),
    target: fc.oneof(fc.constantFrom(...targets), fc.constantFrom(...operations).chain(pathOf)),
    type: fc.constantFrom(...contentTypes),
    authorization: fc.constantFrom(...authorizations),
    encoding: fc.constantFrom("", "gzip", "br", "chunked, gzip"),
    host: fc.constantFrom("localhost", "localhost", "127.0.0.1:1", "example.com", "[::1]", "localhost:99999"),
    body: fc.oneof(
      fc.constantFrom(...broken),
      anyJson.map((value) => JSON.stringify(value)),
      fc.constant(undefined),
    ),
  })
  .map(({ method, target, type, authorization, encoding, host, body }) => ({
    method,
    target,
    headers: {
      Host: host,
      ...(authorization === "" ? {} : { Authorization: authorization }),
      ...(type === "" ? {} : { "Content-Type": type }),
      ...(encoding === "" ? {} : { "Content-Encoding": encoding }),
    },
    ...(body === undefined ? {} : { body }),
  }));
