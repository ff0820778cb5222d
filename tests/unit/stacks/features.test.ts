import { expect, test } from "vitest";
import { apps } from "../../../stacks/catalog.ts";
import { type Environment, environments } from "../../../stacks/environments.ts";
import { operators } from "../../../stacks/operators.ts";
import type { Plan } from "../../../stacks/plans.ts";
import { rsa } from "./machines.ts";
import { config, customer, faults, oidc, secret, vendor } from "./project.ts";

const withPlan = (change: Partial<Environment>) => ({ local: { ...environments.local, ...change } });
const machine = { ...customer, connections: undefined, machines: { machine: { scopes: ["read:bookings"] } } };
const machineRule =
  "needs machine access within an organization, which this environment does not have; allowed: with plan professional or enterprise (https://auth0.com/docs/manage-users/organizations/organizations-for-m2m-applications)";

test.each<[Plan, boolean]>([
  ["free", false],
  ["essentials", false],
  ["professional", true],
  ["enterprise", true],
])("with plan %s a company has machine access: %s", (plan, allowed) => {
  const lines = faults({ config, files: { "acme.yaml": machine }, known: withPlan({ plan }) });
  expect(lines.slice(1)).toEqual(allowed ? [] : [`✖ stacks/local/customers/acme.yaml: machines: ${machineRule}`]);
});

test("a machine with keys needs plan enterprise, and is refused at its place", () => {
  const keyed = { ...machine.machines.machine, authentication: "private_key_jwt", publicKeys: [rsa()] };
  const files = { "acme.yaml": { ...machine, machines: { ...machine.machines, reports: keyed } } };
  expect(faults({ config, files, known: withPlan({ plan: "professional" }) }).slice(1)).toEqual([
    "✖ stacks/local/customers/acme.yaml: machines.reports.authentication: needs private key JWT, which this environment does not have; allowed: with plan enterprise (https://auth0.com/docs/get-started/applications/configure-private-key-jwt)",
  ]);
  expect(faults({ config, files })).toEqual([]);
});

test("machine access in the configuration is refused at its place there", () => {
  const lines = faults({ config: { ...config, customers: { acme: machine } }, known: withPlan({ plan: "free" }) });
  expect(lines.slice(1)).toEqual([`✖ Pulumi.local.yaml: customers.acme.machines: ${machineRule}`]);
});

test("an app that asks for the organization first needs the early access that opens it", () => {
  expect(faults({ config, known: withPlan({ earlyAccess: [] }) })).toEqual([
    "Stack local cannot be used as it is set: 1 fault. Nothing was changed.",
    "✖ stacks/catalog.ts: apps.portal.login: needs organization discovery methods, which this environment does not have; allowed: with early access to organization-discovery-methods (https://auth0.com/docs/manage-users/organizations/configure-organizations/define-organization-behavior)",
  ]);
});

const own = Object.keys(apps).length + Object.keys(operators).length;

test("machine access is counted among the applications of a plan", () => {
  const machines = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`m${n}.yaml`, machine] as const));
  const lines = (count: number) =>
    faults({ config, files: machines(count), known: withPlan({ plan: "professional" }) }).slice(1);
  expect(own).toBe(9);
  expect(lines(91)).toEqual([]);
  expect(lines(92)).toEqual([
    "✖ stacks/environments.ts: plan: 101 applications are declared; allowed: 100 with plan professional",
  ]);
});

test("every machine of a company is counted", () => {
  const two = { ...machine, machines: { eu: machine.machines.machine, us: machine.machines.machine } };
  const twos = Array.from({ length: 45 }, (_, n) => [`m${n}.yaml`, two] as const);
  const files = { ...Object.fromEntries(twos), "one.yaml": machine };
  expect(faults({ config, files, known: withPlan({ plan: "professional" }) })).toHaveLength(0);
  expect(
    faults({ config, files: { ...files, "more.yaml": machine }, known: withPlan({ plan: "professional" }) }),
  ).toEqual([
    "Stack local cannot be used as it is set: 1 fault. Nothing was changed.",
    "✖ stacks/environments.ts: plan: 101 applications are declared; allowed: 100 with plan professional",
  ]);
});

test("the shared directory is counted among the connections of a plan", () => {
  const companies = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, n) => {
        const connections = { [`c${n}`]: { ...oidc, domains: [`c${n}.example`] } };
        return [`c${n}.yaml`, { ...vendor, connections }] as const;
      }),
    );
  const lines = (count: number) =>
    faults({ config: { ...config, ...secret }, files: companies(count), known: withPlan({ plan: "essentials" }) });
  expect(lines(99)).toEqual([]);
  expect(lines(100).slice(1)).toEqual([
    "✖ stacks/environments.ts: plan: 101 connections are declared; allowed: 100 with plan essentials",
  ]);
});

test("grants of people, operators and machines are counted together", () => {
  const machines = Object.fromEntries(Array.from({ length: 90 }, (_, n) => [`m${n}.yaml`, machine] as const));
  const lines = faults({ config, files: machines, known: withPlan({ plan: "free" }) });
  expect(lines.filter((line) => line.includes("stacks/environments.ts"))).toEqual([
    "✖ stacks/environments.ts: plan: 99 applications are declared; allowed: 10 with plan free",
  ]);
  const more = Object.fromEntries(Array.from({ length: 92 }, (_, n) => [`m${n}.yaml`, machine] as const));
  const next = faults({ config, files: more, known: withPlan({ plan: "free" }) });
  expect(next.filter((line) => line.includes("stacks/environments.ts"))).toEqual([
    "✖ stacks/environments.ts: plan: 101 applications are declared; allowed: 10 with plan free",
    "✖ stacks/environments.ts: plan: 101 client grants are declared; allowed: 100 with plan free",
  ]);
});
