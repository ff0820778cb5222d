import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { readClaimed, writeClaimed } from "../../access/claimed-domains.ts";
import { connectedTenant, type Declared, declare } from "../../cli/declared/declare.ts";
import { endsOf } from "../../cli/declared/ends.ts";
import { declaredTenant, type Visitor } from "../../cli/declared/logins.ts";
import { readPeople } from "../../local/commands/people-file.ts";
import type { PlainTenant } from "../../login/plain.ts";
import { defaultAnswers, loginAnswers } from "../../login/switches.ts";
import { apps, firstRoles } from "../../stacks/catalog.ts";
import { declareTenant } from "../../stacks/declare.ts";
import { allDomains, domainsOf } from "../../stacks/entry-connections.ts";
import { root, settingsOf } from "../harness/stack-settings.ts";

const page = readFileSync(join(root, "docs/logins.md"), "utf8");
const settings = settingsOf("local");
const { people } = readPeople(root, "stacks/local/people.yaml");
const connections = settings.companies.flatMap(({ entry }) => Object.entries(entry.connections ?? {}));
const claimed = readClaimed(writeClaimed(settings.companies.flatMap(({ entry }) => allDomains(entry))));

/** By the name that the page's table has. */
const visitors = new Map<string, Visitor>([
  ...people.map(({ name, email, memberships }): [string, Visitor] => [
    name.split(" ")[0] ?? "",
    { id: email, email, connection: "users", memberships: Object.keys(memberships) },
  ]),
  ...connections.map(([name, connection]) => anybodyAt(domainsOf(connection)[0] ?? "", name)),
]);

function anybodyAt(domain: string, connection: string): [string, Visitor] {
  return [`anybody at \`${domain}\``, { id: domain, email: `anybody@${domain}`, connection, memberships: [] }];
}

let declared: readonly Declared[];
let tenant: PlainTenant;

beforeAll(async () => {
  declared = await declare(() => declareTenant(settings, connectedTenant));
  tenant = declaredTenant(declared, [...visitors.values()]);
});

/** All that one person can end at in one app, in the words of the page's table. */
function ends(app: string, visitor: Visitor, answers = defaultAnswers): string[] {
  const world = { declared, tenant, settings: { ...settings, firstRoles }, claimed, answers };
  return endsOf(world, app, visitor).map((end) => {
    switch (end.kind) {
      case "in": {
        const factor = end.secondFactor ? ", second factor" : "";
        return `**in** ${end.organization ? `with \`${end.organization}\`` : "as an individual"}${factor}`;
      }
      case "refused":
        return `\`${end.code}\`${end.organization ? ` with \`${end.organization}\`` : ""}`;
      case "error":
        return end.description.startsWith("client requires organization") ? "no company" : end.description;
      default:
        return end.kind;
    }
  });
}

const rows = page
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .map((line) => line.split("|").map((cell) => cell.trim()));
const head = rows.findIndex((cells) => cells[1] === "who");
const columns = (rows[head] ?? []).slice(2, -1).map((cell) => cell.replaceAll("`", ""));
const table = rows.slice(head + 2).filter((cells) => cells.length === columns.length + 3);

test("the page says of each person and each app of stack local where a login ends", () => {
  expect(columns).toEqual(Object.keys(apps));
  const said = Object.fromEntries(
    table.flatMap(([, names = "", ...cells]) =>
      names.split(", ").map((name) => [name, cells.slice(0, -1).map((cell) => cell.split("; "))]),
    ),
  );
  const found = Object.fromEntries(
    [...visitors].map(([name, visitor]) => [name, columns.map((app) => ends(app, visitor))]),
  );
  expect(said).toEqual(found);
});

test("the page has every open question of logins, with its answers in order", () => {
  for (const [name, answers] of Object.entries(loginAnswers))
    expect(page).toContain(`| \`${name}\` | ${answers.map((one) => `\`${one}\``).join(", ")}:`);
});

test("who is a customer in any way reaches the main app, whatever Auth0 does for members of one organization", () => {
  const reached = (visitor: Visitor, answer: "organization" | "picker") =>
    ["main", "main-personal"].some((app) =>
      ends(app, visitor, { ...defaultAnswers, ONE_ORGANIZATION: answer }).some((end) => end.startsWith("**in**")),
    );
  for (const [name, visitor] of visitors) {
    expect(reached(visitor, "organization"), name).toBe(true);
    expect(reached(visitor, "picker"), name).toBe(true);
  }
});
