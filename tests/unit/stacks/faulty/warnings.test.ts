import { domainToASCII } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { afterEach, expect, test, vi } from "vitest";
import { announceWarnings } from "../../../../stacks/announce.ts";
import { lineOf } from "../../../../stacks/faults.ts";
import { until2030 } from "../certificates.ts";
import { config, customer, liveConfig, load, type Project, samlp, secret, vendor } from "../project.ts";
import { company } from "./case.ts";

afterEach(() => void vi.restoreAllMocks());

const saml = { "acme.yaml": { ...customer, connections: { "acme-sso": { ...samlp, certificate: until2030 } } } };
const named = (...names: string[]) =>
  Object.fromEntries(names.map((displayName, n) => [`company-${n}.yaml`, { ...vendor, displayName }]));

/** What is said of entries that are accepted, without the folder. */
function warnings(files: Record<string, unknown>, more: Partial<Project> = {}): string[] {
  const set = JSON.stringify(files).includes("acme-secret") ? { ...config, ...secret } : config;
  return load({ config: set, files, ...more })
    .warnings.map(lineOf)
    .map((line) => line.replace(/^stacks\/local\/customers\//, ""));
}

const place = "acme.yaml: connections.acme-sso.certificate:";
const next = "ask the company for the next one";
const days: [now: string | undefined, lines: string[]][] = [
  [undefined, []],
  ["2030-05-01T00:00:00Z", []],
  ["2030-05-01T00:00:01Z", [`${place} it ends on 2030-06-30, in 59 days; ${next}`]],
  ["2030-06-28T12:00:00Z", [`${place} it ends on 2030-06-30, in 1 day; ${next}`]],
  ["2030-06-30T00:00:00Z", [`${place} it ends on 2030-06-30, in 0 days; ${next}`]],
];

test.each(days)("a certificate that ends on 30 June 2030, on %s", (now, lines) => {
  expect(warnings(saml, { now: now === undefined ? undefined : new Date(now) })).toEqual(lines);
});

test("a certificate that is past stops no other company where the last up had its connection, and no new one goes up with it", () => {
  const now = new Date("2030-07-01");
  const before = (connections: string[]) => ({ acme: { state: "live", connections, domains: ["acme.example"] } });
  expect(warnings(saml, { now, previous: before(["acme-sso"]) })).toEqual([`${place} it ended on 2030-06-30; ${next}`]);
  for (const previous of [{}, before([]), before(["acme-old"])])
    expect(() => warnings(saml, { now, previous })).toThrow(`${place} it ended on 2030-06-30; allowed`);
});

const one = "each routes its own addresses alone: make sure that the owner means both companies";
const alike: [title: string, files: Record<string, unknown>, lines: string[]][] = [
  [
    "a domain below another company's",
    { ...company("acme", ["acme.example"]), ...company("branch", ["eu.acme.example"]) },
    [
      `branch.yaml: connections.branch-sso.domains[0]: eu.acme.example and acme.example of acme (stacks/local/customers/acme.yaml) are of one owner, acme.example; ${one}`,
    ],
  ],
  [
    "two domains below a third that nobody has",
    { ...company("acme", ["us.acme.co.uk"]), ...company("branch", ["eu.acme.co.uk"]) },
    [
      `branch.yaml: connections.branch-sso.domains[0]: eu.acme.co.uk and us.acme.co.uk of acme (stacks/local/customers/acme.yaml) are of one owner, acme.co.uk; ${one}`,
    ],
  ],
  ["a domain and one below it, both of one company", company("acme", ["acme.example", "eu.acme.example"]), []],
  ["two owners below a public suffix", { ...company("acme", ["acme.co.uk"]), ...company("beta", ["beta.co.uk"]) }, []],
  ["two names at one host", { ...company("acme", ["acme.github.io"]), ...company("beta", ["beta.github.io"]) }, []],
  [
    "two of Microsoft's tenants",
    { ...company("acme", ["acme.onmicrosoft.com"]), ...company("beta", ["beta.onmicrosoft.com"]) },
    [],
  ],
  [
    "two letters that look like one",
    { ...company("barn", ["barn.example"]), ...company("north", ["bam.example"]) },
    [
      "north.yaml: connections.north-sso.domains[0]: bam.example looks like barn.example of barn (stacks/local/customers/barn.yaml); make sure whose it is",
    ],
  ],
  [
    "a digit that looks like a letter",
    { ...company("hello", ["hello.example"]), ...company("north", ["he1l0.example"]) },
    [
      "north.yaml: connections.north-sso.domains[0]: he1l0.example looks like hello.example of hello (stacks/local/customers/hello.yaml); make sure whose it is",
    ],
  ],
  ["both of them of one company", company("hello", ["hello.example", "he1l0.example"]), []],
  [
    "letters with marks, which a reader sees",
    { ...company("a", ["bucher.example"]), ...company("b", ["xn--bcher-kva.example"]) },
    [],
  ],
  ["Japanese in three scripts, with Latin letters", company("a", [domainToASCII("abc日本のテスト.example")]), []],
  ["Korean with Latin letters", company("a", [domainToASCII("k팝.example")]), []],
];

test.each(alike)("%s", (_, files, lines) => {
  expect(warnings(files)).toEqual(lines);
});

const reads = (n: number, name: string, of: string) =>
  `company-${n}.yaml: displayName: "${name}" reads like "${of}" of company-0 (stacks/local/customers/company-0.yaml); people choose by it: give one of them another`;
const names: [title: string, given: string[], lines: string[]][] = [
  ["the same", ["Acme", "Acme"], [reads(1, "Acme", "Acme")]],
  ["case, spaces and points", ["Acme Inc", "ACME,  inc."], [reads(1, "ACME,  inc.", "Acme Inc")]],
  ["wide letters", ["Acme", "Ａｃｍｅ"], [reads(1, "Ａｃｍｅ", "Acme")]],
  ["letters in two parts", ["Café", "Cafe\u0301"], [reads(1, "Cafe\u0301", "Café")]],
  ["letters of another script", ["Acme", "Асme"], [reads(1, "Асme", "Acme")]],
  ["each is said of the first", ["Acme", "ACME", "acme"], [reads(1, "ACME", "Acme"), reads(2, "acme", "Acme")]],
  ["a word more", ["Acme", "Acme Europe"], []],
];

test.each(names)("names that a person cannot tell apart: %s", (_, given, lines) => {
  expect(warnings(named(...given))).toEqual(lines);
});

test("what browsers alone open may be inside a company's network", () => {
  const inside = { signInUrl: "https://idp.acme.internal/in", signOutUrl: "https://idp.acme.internal/out" };
  const entry = { ...customer, connections: { "acme-sso": { ...samlp, certificate: until2030, ...inside } } };
  expect(warnings({ "acme.yaml": entry }, { config: liveConfig, stack: "prod" })).toEqual([]);
});

test("slugs that a person cannot tell apart", () => {
  expect(warnings({ ...company("fresh-table"), ...company("freshtable"), ...company("freshtables") })).toEqual([
    "freshtable.yaml: slug freshtable reads like fresh-table (stacks/local/customers/fresh-table.yaml); make sure that it is another company",
  ]);
});

test("the program says each warning once, with its file", () => {
  const said = vi.spyOn(pulumi.log, "warn").mockResolvedValue();
  announceWarnings(load({ config, files: named("Acme", "ACME") }));
  expect(said.mock.calls).toEqual([[`stacks/local/customers/${reads(1, "ACME", "Acme")}`]]);
});
