import * as pulumi from "@pulumi/pulumi";
import { afterEach, expect, test, vi } from "vitest";
import { announceSuspensions } from "../../../stacks/announce.ts";
import { proofOf } from "../../../stacks/domain-proof.ts";
import { environments } from "../../../stacks/environments.ts";
import type { Previous } from "../../../stacks/history.ts";
import { checkLeavers } from "../../../stacks/leavers.ts";
import { companyStates } from "../../../stacks/states.ts";
import {
  config,
  customer,
  entryFaults,
  faults,
  liveConfig,
  load,
  oidc,
  secret,
  vendor,
  withConnection,
} from "./project.ts";

const noSignOn = { ...customer, connections: undefined };
const after = (state: string, people?: string): Previous => ({
  acme: { state, people, connections: ["acme-sso"], domains: ["acme.example"] },
});

afterEach(() => void vi.restoreAllMocks());

/** The faults of one entry `acme` of stack prod, without heading and file. */
function inProd(entry: object, previous: Previous = {}, unproven = false): string[] {
  const set = JSON.stringify(entry).includes("acme-secret") ? secret : {};
  const files = { "acme.yaml": entry };
  const [, ...lines] = faults({ config: { ...liveConfig, ...set }, stack: "prod", files, previous, unproven });
  return lines.map((line) => line.replace("✖ stacks/prod/customers/acme.yaml: ", ""));
}

const straight = (to: string, from: string, first: string) =>
  `state: ${to} straight after ${from} would open its domains to passwords while its people are signed in through it; allowed: ${to} after ${first} in an earlier up`;

const steps: [from: string, to: (typeof companyStates)[number], expected: string[]][] = [
  ["pilot", "pilot", []],
  ["pilot", "live", []],
  ["pilot", "suspended", []],
  ["pilot", "retired", []],
  ["live", "pilot", [straight("pilot", "live", "suspended")]],
  ["live", "live", []],
  ["live", "suspended", []],
  ["live", "retired", []],
  ["suspended", "pilot", []],
  ["suspended", "live", []],
  ["suspended", "suspended", []],
  ["suspended", "retired", []],
  ["retired", "pilot", [straight("pilot", "retired", "suspended")]],
  ["retired", "live", []],
  ["retired", "suspended", []],
  ["retired", "retired", []],
];

test("the steps are all that there are", () => {
  expect(steps.map(([from, to]) => [from, to])).toEqual(
    companyStates.flatMap((from) => companyStates.map((to) => [from, to])),
  );
});

test.each(steps)("from %s to %s", (from, to, expected) => {
  expect(inProd({ ...customer, state: to }, after(from))).toEqual(expected);
});

test.each(companyStates)("a company that is new may begin as %s, and after a state that nobody knows", (state) => {
  expect(inProd({ ...customer, state })).toEqual([]);
  expect(inProd({ ...customer, state }, after("somewhere"))).toEqual([]);
});

test("people may be deleted with a retired company alone", () => {
  expect(entryFaults({ ...customer, state: "retired", people: "delete" })).toEqual([]);
  for (const state of ["pilot", "live", "suspended"]) {
    expect(entryFaults({ ...customer, state, people: "delete" })).toEqual([
      `people: nobody is deleted while the state is ${state}; allowed: with state: retired`,
    ]);
  }
  expect(entryFaults({ ...customer, people: "keep" })).toEqual([
    'people: "keep" cannot be used; allowed: delete',
    "people: nobody is deleted while the state is live; allowed: with state: retired",
  ]);
});

const proof = proofOf({ claimNamespace: config.claimNamespace, slug: "acme", domain: "acme.example" });
const unproven = (what: string) =>
  `connections.acme-sso.proven: domain acme.example is ${what}; allowed: state pilot until the TXT record _auth0-b2b.acme.example says ${proof.value} and "npm run customer prove acme" has written that here`;

test("a record is for one operator, one company and one domain", () => {
  expect(proof).toEqual({
    host: "_auth0-b2b.acme.example",
    value: "auth0-b2b-verification=GhN1e7gGARaJbsgY4gJzXIof7KfaCUgE",
  });
  const others = [
    { claimNamespace: "https://other.example/", slug: "acme", domain: "acme.example" },
    { claimNamespace: config.claimNamespace, slug: "rival", domain: "acme.example" },
    { claimNamespace: config.claimNamespace, slug: "acme", domain: "acme-2.example" },
  ];
  expect(new Set([proof, ...others.map(proofOf)].map(({ value }) => value)).size).toBe(4);
});

test("where customers sign in, a live company's domains are proven", () => {
  const on = "2026-11-28";
  const proven = (value: string) => withConnection({ proven: { "acme.example": { value, on } } });
  const other = proofOf({ claimNamespace: config.claimNamespace, slug: "rival", domain: "acme.example" }).value;
  expect(inProd(proven(proof.value), {}, true)).toEqual([]);
  expect(inProd(customer, {}, true)).toEqual([unproven("not proven")]);
  expect(inProd(proven(other), {}, true)).toEqual([unproven("proven for something else")]);
  for (const state of ["pilot", "suspended", "retired"]) expect(inProd({ ...customer, state }, {}, true)).toEqual([]);
  expect(inProd(noSignOn, {}, true)).toEqual([]);
  expect(entryFaults(customer)).toEqual([]); // at a developer's no domain is in the DNS
});

test("a proof has its one form", () => {
  expect(entryFaults(withConnection({ proven: { "acme.example": { value: "x", on: "yesterday" } } }))).toEqual([
    'connections.acme-sso.proven.acme.example.value: "x" cannot be used; allowed: the text of the record, as npm run customer prove writes it',
    'connections.acme-sso.proven.acme.example.on: "yesterday" cannot be used; allowed: a day such as 2026-11-28',
  ]);
  expect(entryFaults(withConnection({ proven: ["acme.example"] }))).toEqual([
    "connections.acme-sso.proven: a list cannot be used; allowed: a map from domain to value and on",
  ]);
});

test("a pilot's domain may move to another company, and is nobody's until then", () => {
  const files = {
    "acme.yaml": { ...customer, state: "pilot" },
    "rival.yaml": { ...customer, connections: { "rival-sso": { ...oidc, domains: ["rival.example"] } } },
  };
  const previous = { rival: { state: "live", connections: ["rival-sso"], domains: ["acme.example", "rival.example"] } };
  expect(faults({ config: { ...liveConfig, ...secret }, stack: "prod", files, previous })).toEqual([]);
});

test("who is shut out is told when the last token ends, once", () => {
  const said = vi.spyOn(pulumi.log, "info").mockResolvedValue();
  const settings = (state: string, previous: Previous) =>
    load({ config, files: { "acme.yaml": { ...vendor, state } }, previous });
  for (const from of ["pilot", "live"]) announceSuspensions(settings("suspended", after(from)));
  announceSuspensions(settings("retired", after("live")));
  for (const from of ["suspended", "retired"]) announceSuspensions(settings("suspended", after(from)));
  announceSuspensions(settings("suspended", {}));
  announceSuspensions(settings("live", after("live")));
  const line =
    "acme: no new token of any kind from the end of this up; the last access token that it has ends within 3600 s (service), 1800 s (vendor).";
  expect(said.mock.calls).toEqual([[line], [line], [line]]);
});

const guarded = { companies: [], environment: environments.prod };
const lost = (people: string) =>
  `Stack prod cannot be used as it is set: 1 fault. Nothing was changed.\n✖ stacks/prod/customers/acme.yaml: ${people} who came through acme-sso would be deleted with it; allowed: when they have moved, or with people: delete beside state: retired in an earlier up`;

test.each([
  [1, lost("1 person")],
  [12, lost("12 people")],
])("an entry does not go while %i came through its connection", async (count, message) => {
  const asked: string[] = [];
  const check = checkLeavers("prod", { ...guarded, previous: after("retired") }, async (name) => {
    asked.push(name);
    return count;
  });
  await expect(check).rejects.toThrow(new pulumi.RunError(message));
  expect(asked).toEqual(["acme-sso"]);
});

test("it goes when nobody is left, and when the entry said so, with the number of people", async () => {
  const said = vi.spyOn(pulumi.log, "warn").mockResolvedValue();
  await checkLeavers("prod", { ...guarded, previous: after("retired") }, async () => 0);
  expect(said.mock.calls).toEqual([]);
  await checkLeavers("prod", { ...guarded, previous: after("retired", "delete") }, async () => 12);
  expect(said.mock.calls).toEqual([["12 people who came through acme-sso are deleted with acme."]]);
});

test("nobody is counted where no company goes, nor where nobody depends on the tenant", async () => {
  const never = async () => Promise.reject(new Error("nobody was to be counted"));
  const { companies } = load({ config: { ...config, ...secret }, files: { "acme.yaml": customer } });
  await checkLeavers("prod", { environment: environments.prod, companies, previous: after("live") }, never);
  await checkLeavers("local", { ...guarded, environment: environments.local, previous: after("retired") }, never);
});
