import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../../harness/stack-settings.ts";
import { directory } from "./known.ts";

// A back end outside the checkout, in plain JavaScript, with the kit as `make kit` compiles it among its packages.

const tsc = join(root, "node_modules/typescript/bin/tsc");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "back-end-"));
  const kit = join(folder, "node_modules/auth0-b2b-kit");
  expect(run(tsc, "-p", join(root, "kit"), "--outDir", kit)).toEqual({ status: 0, said: "" });
  cpSync(join(root, "kit/package.json"), join(kit, "package.json"));
  writeFileSync(join(folder, "directory.json"), JSON.stringify(directory));
});

afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  return { status, said: `${stdout}${stderr}` };
}

/** What the type checker says of a file in plain JavaScript. */
function checked(file: string, text: string) {
  writeFileSync(join(folder, file), text);
  const rules = ["--noEmit", "--strict", "--checkJs", "--module", "nodenext", "--target", "es2024", "--types", "node"];
  return run(tsc, ...rules, "--typeRoots", join(root, "node_modules/@types"), file);
}

const backEnd = `
import { readFileSync } from "node:fs";
import { guard, readDirectory, resolve, retryAfter } from "auth0-b2b-kit";

const directory = readDirectory(JSON.parse(readFileSync("directory.json", "utf8")));
const answer = resolve({ app: "main", email: "ann@acme.example" }, directory);
if (answer.kind !== "login") throw new Error(answer.kind);
const retry = retryAfter({ clientId: answer.clientId, description: "org_required:acme: Come in.", retried: false }, directory);
const claims = { iss: directory.issuer, aud: "https://api.example", exp: 2, sub: "auth0|1", org_id: "org_acme", scope: "read:bookings" };
const { policy } = directory.apps.portal ?? {};
if (!policy) throw new Error("no portal");
const check = guard({ directory, api: "service", admits: policy, verify: async () => claims, now: () => 1 });
console.log(answer.organization, retry.retry && retry.organization, (await check("any", "read:bookings")).allowed);
`;

test("a back end in plain JavaScript uses the compiled kit, and its types are right", () => {
  expect(checked("back-end.mjs", backEnd)).toEqual({ status: 0, said: "" });
  expect(run("back-end.mjs")).toEqual({ status: 0, said: "org_acme org_acme true\n" });
});

test.each([
  ['app: "main", email:', 'app: "main", mail:', "'mail' does not exist in type 'Visit'"],
  ["answer.clientId, description", "answer.client, description", "Property 'client' does not exist"],
  ["retried: false", 'retried: "no"', "Type 'string' is not assignable to type 'boolean'"],
  ['api: "service", ', "", "Property 'api' is missing"],
])("%j written as %j is an error of types", (right, wrong, error) => {
  const { status, said } = checked("wrong.mjs", backEnd.replace(right, wrong));
  expect(said).toContain(error);
  expect(status).not.toBe(0);
});

test("the package needs no other", () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, "kit/package.json"), "utf8"));
  expect(dependencies).toBeUndefined();
});
