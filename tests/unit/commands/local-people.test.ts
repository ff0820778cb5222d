import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readPeople, stagesOf } from "../../../local/commands/people-file.ts";
import { directoryName, roles } from "../../../stacks/catalog.ts";
import { allDomains } from "../../../stacks/entry-connections.ts";
import { root, settingsOf } from "../../harness/stack-settings.ts";

const { people, connection, password } = readPeople(
  root,
  "stacks/local/people.yaml",
  stagesOf(join(root, "Pulumi.local.yaml")),
);
const companies = new Map(settingsOf("local").companies.map(({ slug, entry }) => [slug, entry]));
const page = readFileSync(join(root, "docs/local-people.md"), "utf8");

/** `vendor fresh-table`, `customer dune-crafts`, … of each membership; `individual` for those with a stage of their own. */
const hats = people.map(({ name, stage, memberships }) => ({
  name,
  hats: [
    ...(stage === undefined ? [] : [`individual ${stage}`]),
    ...Object.keys(memberships).map((slug) => `${companies.get(slug)?.type} ${slug}`),
  ],
}));

test("the people of stack local wear every hat that the tenant knows", () => {
  expect(hats).toEqual([
    { name: "Lena Lindqvist", hats: ["individual lead"] },
    { name: "Pavel Novak", hats: ["individual prospect"] },
    { name: "Dana Demir", hats: ["individual prospect-demo"] },
    { name: "Oscar Okafor", hats: ["individual owner"] },
    { name: "Nadia Nasser", hats: ["customer dune-crafts"] },
    { name: "Tarek Tahan", hats: ["customer dune-crafts"] },
    { name: "Carla Costa", hats: ["vendor fresh-table"] },
    { name: "Ravi Rao", hats: ["vendor wheelhouse"] },
    { name: "Bruno Berger", hats: ["vendor fresh-table", "customer dune-crafts"] },
    { name: "Willa Weber", hats: ["individual owner", "vendor wheelhouse"] },
    { name: "Gita Gupta", hats: ["customer cedar"] },
  ]);
});

test("every role is one of the catalog, and the connection is the directory", () => {
  const named = people.flatMap(({ roles: own, memberships }) => [...own, ...Object.values(memberships).flat()]);
  expect([...new Set(named)].sort()).toEqual(Object.keys(roles).sort());
  expect(connection).toBe(directoryName);
});

test("every membership is in a company whose organization has the directory: without single sign-on, or as a guest", () => {
  const without = people.flatMap(({ memberships }) =>
    Object.keys(memberships).filter((slug) => {
      const entry = companies.get(slug);
      return !entry || (entry.connections !== undefined && !entry.guests?.includes(directoryName));
    }),
  );
  expect(without).toEqual([]);
});

test("nobody's address is at a claimed domain", () => {
  const claimed = [...companies.values()].flatMap(allDomains);
  expect(claimed.toSorted()).toEqual(["acme.example", "borealis-group.example", "borealis.example", "cedar.example"]);
  const domains = people.map(({ email }) => email.split("@")[1] ?? "");
  expect(domains.filter((domain) => claimed.includes(domain))).toEqual([]);
});

// https://auth0.com/docs/authenticate/database-connections/password-strength and .../password-options
test("the password satisfies the directory's policy `good`, and says nothing of a person", () => {
  expect(password.length).toBeGreaterThanOrEqual(8);
  expect([/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password))).toHaveLength(4);
  const personal = people.flatMap(({ name, email }) => [...name.split(" "), ...email.split(/[@.]/)]);
  expect(personal.filter((part) => password.toLowerCase().includes(part.toLowerCase()))).toEqual([]);
});

test("the page about them names each with address, stage, companies and roles, and the password", () => {
  expect(page).toContain(`**\`${password}\`**`);
  for (const { name, email, stage, roles: own, memberships } of people) {
    const row = page.split("\n").find((line) => line.startsWith(`| ${name}, \`${email}\` | `)) ?? "";
    const [, is = ""] = row.split(" | ");
    const words = [stage ?? [], own, Object.keys(memberships), Object.values(memberships)].flat(2);
    expect(`${name}: ${words.filter((word) => !is.includes(`\`${word}\``))}`).toBe(`${name}: `);
  }
  for (const slug of companies.keys()) expect(page).toContain(`| \`${slug}\` | `);
});
