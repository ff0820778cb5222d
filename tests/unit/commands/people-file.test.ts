import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readPeople, stagesOf } from "../../../local/commands/people-file.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "people-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (content: string | Buffer) => writeFileSync(join(root, "people.yaml"), content);
const read = () => readPeople(root, "people.yaml", ["lead", "owner"]);

/** The lines of the fault, without its first one. */
function faults(content: string | Buffer): string[] {
  write(content);
  try {
    read();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "Fault") throw error;
    const [first, ...lines] = error.message.split("\n");
    const count = lines.length === 1 ? "1 fault" : `${lines.length} faults`;
    expect(first).toBe(`The people of stack local cannot be added: ${count}. Nobody was added.`);
    return lines;
  }
  return [];
}

/** A whole file with one person, who has these lines more. */
const withPerson = (...lines: string[]) =>
  ["connection: users", "password: Let-Me-In-1", "people:", "  - name: Ann", "    email: ann@mail.example", ...lines]
    .map((line) => `${line}\n`)
    .join("");

test("everything that the file says is read, and what a person lacks is empty", () => {
  write(
    withPerson(
      "    stage: owner",
      "    roles: [owner, editor]",
      "    memberships: { acme: [editor], beta: [] }",
      "  - { name: Bo, email: bo.b+1@a-b.mail.example }",
    ),
  );
  expect(read()).toEqual({
    file: "people.yaml",
    connection: "users",
    password: "Let-Me-In-1",
    people: [
      {
        name: "Ann",
        email: "ann@mail.example",
        stage: "owner",
        roles: ["owner", "editor"],
        memberships: { acme: ["editor"], beta: [] },
      },
      { name: "Bo", email: "bo.b+1@a-b.mail.example", roles: [], memberships: {} },
    ],
  });
});

test("a file without people is one", () => {
  write("connection: users\npassword: x\npeople: []\n");
  expect(read().people).toEqual([]);
});

test("without a list of stages any word is one", () => {
  write(withPerson("    stage: anything"));
  expect(readPeople(root, "people.yaml").people.map(({ stage }) => stage)).toEqual(["anything"]);
});

const keys = "name, email, stage, roles, memberships";

test.each([
  ["a stage that is none", ["    stage: owned"], 'people[0].stage: "owned" cannot be used; allowed: lead, owner'],
  ["a misspelt key", ["    role: owner"], `people[0]: unknown key role; allowed: ${keys}`],
  [
    "roles that are no list",
    ["    roles: owner"],
    'people[0].roles: "owner" cannot be used; allowed: a list of the names of roles',
  ],
  ["a role that is no name", ["    roles: [1]"], "people[0].roles[0]: 1 cannot be used; allowed: the name of a role"],
  ["a role twice", ["    roles: [owner, owner]"], "people[0].roles: a role stands twice; allowed: each once"],
  [
    "memberships as a list",
    ["    memberships: [acme]"],
    "people[0].memberships: what stands here cannot be used; allowed: a map from the name of an organization to a list of roles",
  ],
  [
    "a membership without a list",
    ["    memberships: { acme: }"],
    "people[0].memberships.acme: what stands here cannot be used; allowed: a list of the names of roles",
  ],
  [
    "an address twice",
    ["  - { name: Bo, email: ann@mail.example }"],
    "people[1].email: ann@mail.example is people[0]'s already; allowed: each once",
  ],
  ["a person without a name", ["  - { email: bo@mail.example }"], "people[1].name: missing; allowed: a name"],
  [
    "a name of spaces",
    ['  - { email: bo@mail.example, name: " " }'],
    'people[1].name: " " cannot be used; allowed: a name',
  ],
  ["a person who is a word", ["  - Bo"], `people[1]: "Bo" cannot be used; allowed: an object with ${keys}`],
  ...["Bo@mail.example", "bo", "bo@mail", "b o@mail.example", "bo@mail.example\\n"].map(
    (email): [string, string[], string] => [
      `the address ${email}`,
      [`  - { name: Bo, email: "${email}" }`],
      `people[1].email: "${email}" cannot be used; allowed: an e-mail address in lower case`,
    ],
  ),
])("%s is a fault at its place", (_, lines, fault) => {
  expect(faults(withPerson(...lines))).toEqual([`✖ people.yaml: ${fault}`]);
});

test("all faults come at once, and the password is not quoted", () => {
  const file = `
connection: [users]
password: 12345678
people:
  - { name: Ann, email: ann@mail.example, stage: gone }
  - { name: Bo, email: ann@mail.example, roles: [owner, owner] }
extra: 1
`;
  expect(faults(file)).toEqual([
    "✖ people.yaml: connection: what stands here cannot be used; allowed: the name of a database connection",
    "✖ people.yaml: password: missing, empty or no text; allowed: a password that the connection's policy takes",
    '✖ people.yaml: people[0].stage: "gone" cannot be used; allowed: lead, owner',
    "✖ people.yaml: people[1].roles: a role stands twice; allowed: each once",
    "✖ people.yaml: unknown key extra; allowed: connection, password, people",
    "✖ people.yaml: people[1].email: ann@mail.example is people[0]'s already; allowed: each once",
  ]);
});

test("an empty password is a fault", () => {
  expect(faults('connection: users\npassword: ""\npeople: []\n')).toEqual([
    "✖ people.yaml: password: missing, empty or no text; allowed: a password that the connection's policy takes",
  ]);
});

test("a file that is none, or cannot be read, is one fault", () => {
  const nothing = "✖ people.yaml: no file is there; allowed: a YAML file in UTF-8";
  expect(() => read()).toThrow(nothing);
  expect(faults(Buffer.from([0x61, 0xff]))).toEqual(["✖ people.yaml: not UTF-8; allowed: a YAML file in UTF-8"]);
  expect(faults("connection: users\nconnection: users\n")).toEqual([
    "✖ people.yaml: line 2: not YAML that can be read (DUPLICATE_KEY); allowed: plain YAML 1.2",
  ]);
  expect(faults("")).toEqual([
    "✖ people.yaml: what stands here cannot be used; allowed: an object with connection, password, people",
  ]);
  rmSync(join(root, "people.yaml"));
  mkdirSync(join(root, "people.yaml"));
  expect(() => read()).toThrow(nothing);
});

test("the stages are those of the stack's settings file, and none where it names none", () => {
  const settings = join(root, "Pulumi.local.yaml");
  expect(stagesOf(settings)).toBeUndefined();
  for (const [content, stages] of [
    ["config:\n  auth0-b2b:stages: [lead, owner]\n  auth0-b2b:other: { secure: v1 }\n", ["lead", "owner"]],
    ["config: {}\n", undefined],
    ["config:\n  auth0-b2b:stages: []\n", undefined],
    ["config: [\n", undefined],
  ] as const) {
    writeFileSync(settings, content);
    expect(stagesOf(settings)).toEqual(stages);
  }
});
