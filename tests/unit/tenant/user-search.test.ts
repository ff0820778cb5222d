import { expect, test } from "vitest";
import { readQuery } from "../../../local/tenant/entities/user-query.ts";
import type { Body } from "../../../local/tenant/management/json.ts";
import { TestTenant } from "./harness.ts";

const connection = "Username-Password-Authentication";

const people: readonly Body[] = [
  { user_id: "ann", email: "ann@acme.com", name: "Ann Lee", app_metadata: { plan: "gold", seats: 9 } },
  { user_id: "bob", email: "bob@acme.com", name: "Bob Roe", user_metadata: { cities: ["Paris", "Rome"] } },
  { user_id: "cyd", email: "cyd@beta.org", name: "Cyd Lee", app_metadata: { plan: "Gold" }, blocked: true },
];

async function populated(): Promise<TestTenant> {
  const tenant = await TestTenant.fresh();
  for (const person of people) await tenant.make("/users", { connection, password: "Secret-1", ...person });
  return tenant;
}

const names = (body: { name: string }[]): string[] => body.map(({ name }) => name.slice(0, 3).toLowerCase());

const found: readonly [string, readonly string[]][] = [
  ["email:ann@acme.com", ["ann"]],
  ['email:"ANN@ACME.COM"', ["ann"]],
  ['name:"ann lee"', ["ann"]],
  ["name:*lee", ["ann", "cyd"]],
  ["name:b*", ["bob"]],
  ["email:*acme*", ["ann", "bob"]],
  ['email.domain:"beta.org"', ["cyd"]],
  ["user_id:auth0|bob", ["bob"]],
  [`identities.connection:"${connection}"`, ["ann", "bob", "cyd"]],
  ["identities.connection:other", []],
  ["app_metadata.plan:gold", ["ann"]],
  ["app_metadata.plan:g*", ["ann"]],
  ['user_metadata.cities:"Rome"', ["bob"]],
  ["_exists_:app_metadata.plan", ["ann", "cyd"]],
  ["NOT _exists_:app_metadata.plan", ["bob"]],
  ["blocked:true", ["cyd"]],
  ['name:("Ann Lee" OR "Bob Roe")', ["ann", "bob"]],
  ["email:ann@acme.com AND NOT blocked:true", ["ann"]],
  ["email:ann@acme.com AND blocked:true", []],
  ["(name:ann* OR name:bob*) AND name:*lee", ["ann"]],
  ["name:ann* OR name:bob* AND blocked:true", ["ann"]],
  ["app_metadata.seats:[9 TO 10}", ["ann"]],
  ["app_metadata.seats:{9 TO *]", []],
  ["app_metadata.seats:[* TO 9}", []],
  ["created_at:[2020-01-01 TO *]", ["ann", "bob", "cyd"]],
  ["created_at:[* TO 2020-12-31]", []],
];

test("user search finds what its query asks for", async () => {
  const tenant = await populated();
  for (const [q, expected] of found) {
    const { status, body } = await tenant.call("GET", `/users?search_engine=v3&q=${encodeURIComponent(q)}`);
    expect({ q, status, found: status === 200 ? names(body) : body }).toEqual({ q, status: 200, found: expected });
  }
});

test("a range takes whole days and the ends that its brackets include", async () => {
  const tenant = await populated();
  const today = new Date().toISOString().slice(0, 10);
  const count = async (q: string) => (await tenant.call("GET", `/users?q=${encodeURIComponent(q)}`)).body.length;
  expect(await count(`created_at:[${today} TO ${today}]`)).toBe(3);
  expect(await count(`created_at:{${today} TO *]`)).toBe(0);
});

const refused = [
  ...["ann", "name:", "name:ann name:bob", "(name:ann", "name:ann)", "AND name:ann", 'name:"ann', "name:a:b"],
  ...["name:*le", "user_metadata.cities:R*", "user_metadata.age:[1 TO 2]", "name:[1 2]"],
];

test("a query that is not understood is refused, and not answered with something else", async () => {
  const tenant = await populated();
  for (const q of refused) {
    expect({ q, ...(await tenant.call("GET", `/users?q=${encodeURIComponent(q)}`)) }).toEqual({
      q,
      status: 400,
      body: {
        statusCode: 400,
        error: "Bad Request",
        message: `The query ${q} is not supported here.`,
        errorCode: "invalid_query_string",
      },
    });
  }
});

test("a query nested deeper than 100 levels is refused, however long, and so is a field that no user has of its own", async () => {
  const tenant = await populated();
  const search = async (q: string) => (await tenant.call("GET", `/users?q=${encodeURIComponent(q)}`)).status;
  const nested = (levels: number) => `${"(".repeat(levels)}name:ann${")".repeat(levels)}`;
  expect(
    await Promise.all([nested(100), nested(101), `${"NOT ".repeat(101)}name:ann`, nested(3000)].map(search)),
  ).toEqual([200, 400, 400, 400]);
  const found = async (q: string) => (await tenant.call("GET", `/users?q=${encodeURIComponent(q)}`)).body;
  expect([await found("_exists_:constructor"), await found("_exists_:__proto__.toString")]).toEqual([[], []]);
});

test("only the third search engine is there", async () => {
  const tenant = await populated();
  const message = async (engine: string) => (await tenant.call("GET", `/users?search_engine=${engine}`)).body.message;
  expect(await message("v1")).toBe("You are not allowed to use search_engine=v1.");
  expect(await message("v2")).toBe("You are not allowed to use search_engine=v2. Use search_engine=v3 instead.");
  expect(await message("v4")).toBe("Query validation error: 'No enum match for: v4' on property search_engine.");
});

test("users are sorted by any field, those without it last, and pages count what was found", async () => {
  const tenant = await populated();
  const sorted = async (sort: string) => names((await tenant.call("GET", `/users?sort=${sort}`)).body);
  expect(await sorted("email:-1")).toEqual(["cyd", "bob", "ann"]);
  expect(await sorted("app_metadata.plan:1")).toEqual(["cyd", "ann", "bob"]);
  expect(await sorted("app_metadata.plan:-1")).toEqual(["ann", "cyd", "bob"]);
  const page = await tenant.call(
    "GET",
    "/users?q=name:*lee&sort=name:-1&per_page=1&page=1&include_totals=true&fields=name",
  );
  expect(page.body).toEqual({ users: [{ name: "Ann Lee" }], start: 1, limit: 1, length: 1, total: 2 });
});

test("NOT binds closest, then AND, then OR", () => {
  const a = { kind: "text", field: "a", text: "1", quoted: false };
  const b = { kind: "text", field: "b", text: '2 " 3', quoted: true };
  expect(readQuery('NOT a:1 AND b:"2 \\" 3" OR a:1')).toEqual({
    kind: "or",
    parts: [{ kind: "and", parts: [{ kind: "not", part: a }, b] }, a],
  });
});
