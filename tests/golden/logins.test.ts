import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { readClaimed, writeClaimed } from "../../access/claimed-domains.ts";
import { decide } from "../../actions/post-login/decide.ts";
import { readPeople } from "../../local/commands/people-file.ts";
import { switchesFrom } from "../../local/tenant/switches.ts";
import { next } from "../../login/next.ts";
import { type PlainTenant, tenantOf } from "../../login/plain.ts";
import type { Admission, Known } from "../../login/request.ts";
import { loginAnswers } from "../../login/switches.ts";
import { apps, firstRoles } from "../../stacks/catalog.ts";
import { declareTenant } from "../../stacks/declare.ts";
import { allDomains, domainsOf } from "../../stacks/entry-connections.ts";
import { connectedTenant, type Declared, declare } from "../harness/declare.ts";
import { root, settingsOf } from "../harness/stack-settings.ts";
import { declaredTenant, loginOf, type Visitor } from "./declared-logins.ts";

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

/** All that one person can end at in one app, whatever they choose where they are given a choice. */
function ends(app: string, visitor: Visitor, known: Known = {}, answer = switchesFrom({})): string[] {
  const { step } = next(tenantOf(tenant), { client: app }, known, answer);
  const go = (more: Known) => ends(app, visitor, { ...known, ...more }, answer);
  switch (step.kind) {
    case "name-organization":
      if (step.notFound) return ["no company found"];
      if (visitor.memberships.length === 0) return go({ named: visitor.email });
      return visitor.memberships.flatMap((slug) => go({ named: slug }));
    case "identify":
      return go({ identifier: visitor.email });
    case "password":
      if (visitor.connection !== "users") return ["no password"];
      return go({ identity: { user: visitor.id, connection: step.connection } });
    case "federate":
      return go({ identity: { user: visitor.id, connection: step.connection } });
    case "pick":
      return [
        ...step.organizations.flatMap((organization) => go({ picked: { organization } })),
        ...(step.personal ? go({ picked: "personal" }) : []),
      ];
    case "actions":
      return [byAction(app, visitor, step)];
    case "error":
      return [step.description.startsWith("client requires organization") ? "no company" : step.description];
    default:
      throw new Error(`${app} cannot be asked for ${step.kind}`);
  }
}

function byAction(app: string, visitor: Visitor, step: Admission): string {
  const slug = step.organization?.replace(/-id$/, "");
  const verified = step.connection === "users-id";
  const login = loginOf(declared, app, { ...visitor, verified }, step);
  const decision = decide(login, { ...settings, firstRoles }, claimed);
  if ("refusal" in decision) return `\`${decision.refusal.split(": ")[0]}\`${slug ? ` with \`${slug}\`` : ""}`;
  const factor = decision.secondFactor === "none" ? "" : ", second factor";
  return `**in** ${slug ? `with \`${slug}\`` : "as an individual"}${factor}`;
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
      ends(app, visitor, {}, { ...switchesFrom({}), ONE_ORGANIZATION: answer }).some((end) => end.startsWith("**in**")),
    );
  for (const [name, visitor] of visitors) {
    expect(reached(visitor, "organization"), name).toBe(true);
    expect(reached(visitor, "picker"), name).toBe(true);
  }
});
