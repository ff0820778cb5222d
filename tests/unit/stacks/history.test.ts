import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { movedDomains, type Previous, readLastUp } from "../../../stacks/history.ts";
import { customer, faults, liveConfig, load, oidc, secret, vendor } from "./project.ts";

const liveSettings = { ...liveConfig, ...secret };
const holding = (...domains: string[]) => ({ state: "live", connections: [], domains });

/** A customer whose one connection `<name>-sso` has these domains; without any, it has no connection. */
function holder(name: string, ...domains: string[]) {
  const connections = domains.length > 0 ? { [`${name}-sso`]: { ...oidc, domains } } : undefined;
  return { ...customer, connections };
}

/** The faults of a stack, without the heading. */
function after(previous: Previous, files: Record<string, unknown>, stack = "prod"): string[] {
  const named = JSON.stringify(files).includes("acme-secret") ? liveSettings : liveConfig;
  return faults({ config: named, stack, files, previous }).slice(1);
}

test.each(["dev", "staging", "prod"])("an entry that is gone from stack %s is named", (stack) => {
  const previous = {
    acme: holding("acme.example"),
    "fresh-table": { state: "suspended", connections: [], domains: [] },
  };
  expect(after(previous, {}, stack)).toEqual([
    `✖ stacks/${stack}/customers/acme.yaml: the entry of acme is gone; allowed: an entry whose state was retired in an earlier up`,
    `✖ stacks/${stack}/customers/fresh-table.yaml: the entry of fresh-table is gone; allowed: an entry whose state was retired in an earlier up`,
  ]);
});

test("a live company does not lose a connection: its domains would be open to passwords before the engine refuses", () => {
  const before = (state: string) => ({
    acme: { state, connections: ["acme-old", "acme-sso"], domains: ["acme.example"] },
  });
  const line = (name: string) =>
    `✖ stacks/prod/customers/acme.yaml: connections: connection ${name} is gone, and its people with it; allowed: with state: suspended in an earlier up`;
  expect(after(before("live"), { "acme.yaml": vendor })).toEqual([line("acme-old"), line("acme-sso")]);
  expect(after(before("live"), { "acme.yaml": customer })).toEqual([line("acme-old")]);
  for (const state of ["suspended", "retired"]) expect(after(before(state), { "acme.yaml": vendor })).toEqual([]);
});

test("an entry whose state was retired by the last up may go", () => {
  expect(after({ acme: { state: "retired", connections: [], domains: ["acme.example"] } }, {})).toEqual([]);
});

test("to retire an entry and to remove it are two changes", () => {
  expect(after({ acme: holding() }, { "acme.yaml": { ...vendor, state: "retired" } })).toEqual([]);
  expect(after({ acme: holding() }, {})).toHaveLength(1);
});

test("an entry that moves from a file to the configuration is not gone", () => {
  const settings = { ...liveConfig, customers: { acme: vendor } };
  expect(faults({ config: settings, stack: "prod", previous: { acme: holding() } })).toEqual([]);
});

test("a renamed entry is one that is gone", () => {
  expect(after({ acme: holding() }, { "acme-2.yaml": vendor })).toEqual([
    "✖ stacks/prod/customers/acme.yaml: the entry of acme is gone; allowed: an entry whose state was retired in an earlier up",
  ]);
});

test("an entry that cannot be read is not called gone", () => {
  expect(after({ acme: holding() }, { "acme.yaml": "a: [" })).toEqual([
    "✖ stacks/prod/customers/acme.yaml: line 1: not YAML that can be read (BAD_INDENT); allowed: plain YAML 1.2",
  ]);
});

test("an entry with another fault is not called gone", () => {
  expect(after({ acme: holding() }, { "acme.yaml": { ...vendor, state: "gone" } })).toEqual([
    '✖ stacks/prod/customers/acme.yaml: state: "gone" cannot be used; allowed: pilot, live, suspended, retired',
  ]);
});

test("on a developer's machine an entry may go at once", () => {
  const { companies } = load({ config: { ...liveConfig }, previous: { acme: holding("acme.example") } });
  expect(companies).toEqual([]);
});

test("companies that wait for each other's domains are refused, each at its own place", () => {
  const circle =
    "gets and gives domains in a circle; allowed: one change that takes them away, then one that gives them";
  const previous = {
    a: holding("a.example", "more.example"),
    b: holding("b.example"),
    c: holding("c.example"),
    d: holding("d.example"),
  };
  const files = {
    "a.yaml": holder("a", "b.example"),
    "b.yaml": holder("b", "c.example"),
    "c.yaml": holder("c", "a.example", "d.example"),
    "d.yaml": holder("d"),
    "waits.yaml": holder("waits", "more.example"), // for the circle, but not in it
  };
  expect(after(previous, files)).toEqual(
    ["a", "b", "c"].map((slug) => `✖ stacks/prod/customers/${slug}.yaml: connections: ${slug} ${circle}`),
  );
  expect(after(previous, { ...files, "c.yaml": holder("c", "d.example") })).toEqual([]);
});

test("a domain does not move in the change that removes the company that had it", () => {
  const previous = { old: { state: "retired", connections: [], domains: ["acme.example"] } };
  expect(after(previous, { "acme.yaml": holder("acme", "new.example", "acme.example") })).toEqual([
    "✖ stacks/prod/customers/acme.yaml: connections.acme-sso.domains[1]: this domain leaves with old; allowed: one change that removes old, then one that gives its domains",
  ]);
  expect(after({}, { "acme.yaml": holder("acme", "new.example", "acme.example") })).toEqual([]);
});

test("who gets a domain waits for all who had it, unless they are gone or it is its own", () => {
  const previous = { a: holding("a.example", "x.example"), b: holding("b.example"), gone: holding("g.example") };
  const moves = movedDomains(previous, [
    { slug: "a", domains: ["a.example"] },
    { slug: "b", domains: ["b.example"] },
    { slug: "c", domains: ["x.example", "b.example", "g.example", "new.example"] },
  ]);
  expect(moves).toEqual(new Map([["c", new Set(["a", "b"])]]));
});

const companies = { acme: { ...holding("acme.example"), organizationId: "org_1", type: "customer" } };

test.each<[title: string, outputs: Record<string, unknown>, secretNames: string[], previous: Previous]>([
  ["is empty before the first up", {}, [], {}],
  ["has state and domains of each company", { companies }, [], { acme: holding("acme.example") }],
  // One company's client secret makes the whole output secret.
  ["is read where the output is secret", { companies }, ["companies"], { acme: holding("acme.example") }],
  ["takes what has no state as live, without domains", { companies: { acme: {} } }, [], { acme: holding() }],
  [
    "keeps what it can read beside what it cannot",
    { companies: { acme: null, beta: { state: "retired", connections: [], domains: "x" } } },
    [],
    { acme: holding(), beta: { state: "retired", connections: [], domains: [] } },
  ],
])("what the last up exported %s", async (_, outputs, secretOutputNames, expected) => {
  await exported(outputs, secretOutputNames);
  expect((await readLastUp()).previous).toEqual(expected);
});

test("in one company's part of a state, what the last up said of the others is told beside it", async () => {
  const applied = { gates: "x", companies: {} };
  await exported({ companies: { acme: companies.acme }, applied: { gates: "y", companies: {} } }, []);
  const whole = { acme: holding("acme.example"), beta: holding("beta.example") };
  const last = await readLastUp({ previous: whole, applied });
  expect({ previous: last.previous, applied: last.applied }).toEqual({ previous: whole, applied });
  expect(last.exported.companies).toEqual({ acme: companies.acme });
});

test("an export that is no map of companies is refused: without it nobody can tell who is gone", async () => {
  await exported({ companies: "x" }, []);
  await expect(readLastUp()).rejects.toThrow(
    "The stack's output companies is not a map of companies, so nobody can tell which of them are gone; allowed: what this program exported",
  );
});

/** Lets the stack's own reference answer as the engine does. */
async function exported(outputs: Record<string, unknown>, secretOutputNames: string[]): Promise<void> {
  await pulumi.runtime.setMocks(
    {
      newResource: ({ id, inputs }) => ({ id: id ?? "", state: { ...inputs, outputs, secretOutputNames } }),
      call: () => ({}),
    },
    "auth0-b2b",
    "prod",
    false,
    "organization",
  );
}
