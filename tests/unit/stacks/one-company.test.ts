import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { afterEach, expect, test, vi } from "vitest";
import { connectedTenant, type Declared, declare } from "../../../cli/declared/declare.ts";
import { readChosen } from "../../../stacks/config.ts";
import { declareTenant } from "../../../stacks/declare.ts";
import type { LastUp } from "../../../stacks/history.ts";
import type { Settings } from "../../../stacks/load.ts";
import { scopeOf } from "../../../stacks/one-company.ts";
import { type Exported, type Outputs, ofOne } from "../../../stacks/outputs.ts";
import { isMap } from "../../../stacks/schema/strict.ts";
import { aws } from "./aws-settings.ts";
import { config, customer, load, oidc, secret, vendor } from "./project.ts";

type Files = Readonly<Record<string, object>>;

const settingsOf = (files: Files, more: object = {}): Settings =>
  load({ config: { ...config, ...secret, ...more }, files: { ...files } });

const withDomains = (slug: string, ...domains: string[]) => ({
  ...customer,
  connections: { [`${slug}-sso`]: { ...oidc, domains } },
});

const acme = withDomains("acme", "acme.example");
const beta = withDomains("beta", "beta.example");
const host = { ...customer, connections: undefined, guests: ["acme-sso"] };
const before: Files = { "acme.yaml": acme, "beta.yaml": beta, "gamma.yaml": vendor };

/** What an `up` of these entries exports, secrets in plain as a stack reference gives them. */
async function exportedBy(settings: Settings): Promise<Exported> {
  let exported: Exported | undefined;
  await declare(async () => {
    pulumi.output(await declareTenant(settings, connectedTenant)).apply((value) => {
      exported = JSON.parse(JSON.stringify(value));
    });
  });
  if (!exported) throw new Error("nothing was exported");
  return exported;
}

const lastUp = (exported: Exported) => ({ previous: {}, applied: exported.applied, exported });

const run = { stack: "local", tenant: connectedTenant };

/** The faults of a change of one company, without heading, place and what is allowed instead. */
async function refused(slug: string, files: Files, exported: Exported, more: object = {}): Promise<string[]> {
  const error = await scopeOf(settingsOf(files, more), { ...run, slug, last: lastUp(exported) }).catch(
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(pulumi.RunError);
  const [heading, ...lines] = (error as Error).message.split("\n");
  expect(heading).toMatch(/^Stack local cannot be used as it is set: \d faults?\. Nothing was changed\.$/);
  const file = `✖ stacks/local/customers/${slug}.yaml: `;
  const allowed = "; allowed: pulumi preview and pulumi up of the whole stack";
  expect(lines.filter((line) => !line.startsWith(file) || !line.endsWith(allowed))).toEqual([]);
  return lines.map((line) => line.slice(file.length, -allowed.length));
}

test("one company is declared, and the gates know of the others what the last up made of them", async () => {
  const last = lastUp(await exportedBy(settingsOf(before)));
  const now = {
    ...before,
    "acme.yaml": withDomains("acme", "new.example"),
    "beta.yaml": withDomains("beta", "x.example"),
  };
  const { settings } = await scopeOf(settingsOf(now), { ...run, slug: "acme", last });
  expect(settings.companies.map(({ slug }) => slug)).toEqual(["acme"]);
  const declared = await declare(() => declareTenant(settings, connectedTenant));
  expect(declared.filter(({ type }) => type.endsWith(":Company")).map(({ name }) => name)).toEqual(["acme"]);
  const gate = declared.find(({ type, name }) => type.endsWith(":Gate") && name === "post-login");
  expect(gate?.inputs.claimedDomains).toEqual({ "beta.example": "beta", "new.example": "acme" });
});

test("what it shares with others is as a whole run would have it: its guests, and those who are guests through it", async () => {
  const files: Files = {
    ...before,
    "acme.yaml": { ...acme, guests: ["beta-sso"] },
    "host.yaml": { ...host, type: "vendor", conditions: vendor.conditions },
  };
  const whole = await declare(() => declareTenant(settingsOf(files), connectedTenant));
  const last = lastUp(await exportedBy(settingsOf(files)));
  const { settings } = await scopeOf(settingsOf(files), { ...run, slug: "acme", last });
  const one = await declare(() => declareTenant(settings, connectedTenant));
  const guests = (all: typeof whole) => all.filter(({ type }) => type.endsWith(":GuestAccess")).map(({ name }) => name);
  expect(guests(one)).toEqual(["acme/beta-sso", "host/acme-sso"]);
  const known = new Map(whole.map(({ type, name, inputs }) => [`${type}::${name}`, inputs]));
  expect(one.filter(({ type, name, inputs }) => !same(known.get(`${type}::${name}`), inputs))).toEqual([]);
});

const same = (some: unknown, others: unknown) => JSON.stringify(some) === JSON.stringify(others);

test("a run of the whole stack is as it always was", async () => {
  const whole = settingsOf(before);
  const { settings, outputs } = await scopeOf(whole, { ...run, slug: undefined, last: lastUp({}) });
  expect(settings).toBe(whole);
  const declared = {} as Outputs;
  expect(outputs(declared)).toBe(declared);
});

test("after a change of one company the stack exports what a whole up would, and nothing of what else is to change", async () => {
  const first = await exportedBy(settingsOf(before));
  const changed = { ...before, "acme.yaml": { ...withDomains("acme", "new.example"), displayName: "New" } };
  const expected = await exportedBy(settingsOf(changed));
  const meanwhile = { ...changed, "beta.yaml": { ...beta, displayName: "Not yet" } };
  const runWith = async (last: LastUp) => {
    const { settings, outputs } = await scopeOf(settingsOf(meanwhile), { ...run, slug: "acme", last });
    let exported: unknown;
    let hidden: boolean | undefined;
    await declare(async () => {
      const all = outputs(await declareTenant(settings, connectedTenant));
      hidden = await pulumi.isSecret(pulumi.output(all.operators.sales.clientSecret));
      pulumi.output(all).apply((value) => {
        exported = JSON.parse(JSON.stringify(value));
      });
    });
    return { exported, hidden };
  };
  expect(await runWith(lastUp(first))).toEqual({ exported: expected, hidden: true });
  // In its part of the state: the same of this company, and nothing of another.
  const part = { ...lastUp(first), exported: ofOne(first, "acme") };
  expect(await runWith(part)).toEqual({ exported: ofOne(expected, "acme"), hidden: true });
  expect(Object.keys(part.exported.companies ?? {})).toEqual(["acme"]);
  expect(JSON.stringify(part.exported)).not.toContain("beta");
});

test("a domain that goes from one company to another is a change of both, whichever is asked for", async () => {
  const last = await exportedBy(settingsOf(before));
  const moved = {
    ...before,
    "acme.yaml": withDomains("acme", "acme.example", "beta.example"),
    "beta.yaml": withDomains("beta", "b.example"),
  };
  for (const slug of ["acme", "beta"]) {
    expect(await refused(slug, moved, last)).toEqual(["connections: domain beta.example goes from beta to acme"]);
  }
});

test("a connection through which another company has guests changes with that company", async () => {
  const last = await exportedBy(settingsOf({ ...before, "host.yaml": host }));
  const line = "connections.acme-sso: host has guests through it, so both change";
  const change = { ...acme, connections: { "acme-sso": { ...oidc, clientId: "other" } } };
  expect(await refused("acme", { ...before, "host.yaml": host, "acme.yaml": change }, last)).toEqual([line]);
  const gone = { ...before, "host.yaml": { ...vendor }, "acme.yaml": vendor };
  expect(await refused("acme", gone, last)).toEqual([line]);
});

test("a company that gave a domain away in the last up is waited for in the state until the next one", async () => {
  const first = settingsOf({ ...before, "acme.yaml": withDomains("acme", "acme.example", "moved.example") });
  const previous = { acme: { state: "live", connections: ["acme-sso"], domains: ["acme.example", "moved.example"] } };
  const files = { ...before, "beta.yaml": withDomains("beta", "beta.example", "moved.example") };
  const last = await exportedBy({ ...settingsOf(files), previous });
  expect(first.companies).toHaveLength(3);
  expect(await refused("acme", files, last)).toEqual([
    "beta got a domain of it in the last up, and still waits for it",
  ]);
});

test("its domains stand in the Actions, so they cannot change with it where the Actions changed by themselves", async () => {
  const last = await exportedBy(settingsOf(before));
  const files = { ...before, "acme.yaml": withDomains("acme", "new.example") };
  const more = { stages: ["prospect", "owner"] };
  expect(await refused("acme", files, last, more)).toEqual([
    "its domains change, and the Actions that hold them changed by themselves since the last up",
  ]);
  // Without a domain more or less no Action is written.
  const renamed = { ...before, "acme.yaml": { ...acme, displayName: "New" } };
  await scopeOf(settingsOf(renamed, more), { ...run, slug: "acme", last: lastUp(last) });
});

test("an entry that is not there, and a last up that says too little, are refused", async () => {
  const ask = (slug: string, exported: Partial<Exported>) =>
    scopeOf(settingsOf(before), { ...run, slug, last: lastUp(exported) });
  await expect(ask("gone", {})).rejects.toThrow(
    "Stack local has no entry gone; allowed: the slug of an entry, and for what left a pulumi up of the whole stack.",
  );
  await expect(ask("acme", { companies: {} })).rejects.toThrow(
    "The last up of stack local did not say enough of what it made: it was none, or one of an earlier version; allowed: one pulumi up of the whole stack first.",
  );
});

afterEach(() => vi.unstubAllEnvs());

test("the company that a run is about stands in a file, which a shell that has kept its name does not have", () => {
  vi.stubEnv("AUTH0_B2B_CUSTOMER", undefined);
  expect(readChosen()).toBeUndefined();
  const folder = mkdtempSync(join(tmpdir(), "chosen-"));
  vi.stubEnv("AUTH0_B2B_CUSTOMER", join(folder, "chosen.json"));
  const told = { previous: {}, applied: { gates: "x", companies: {} } };
  for (const chosen of [{ slug: "acme" }, { slug: "acme", told }]) {
    writeFileSync(join(folder, "chosen.json"), JSON.stringify(chosen));
    expect(readChosen()).toEqual(chosen);
  }
  rmSync(folder, { recursive: true });
  expect(() => readChosen()).toThrow(
    "AUTH0_B2B_CUSTOMER is set, and not by npm run customer; allowed: unset AUTH0_B2B_CUSTOMER, then the same again.",
  );
});

const withAws = (change: object = {}) => ({ aws: { ...aws, mail: undefined, ...change } });

/** As a stack reference gives it: the keys of each object in the order of the alphabet, whatever order the program had. */
function inKeyOrder<Value>(value: Value): Value {
  const sorted = (_: string, one: unknown) =>
    isMap(one) ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1))) : one;
  return JSON.parse(JSON.stringify(value, sorted));
}

/** What the back ends would read from S3. */
const directoryIn = (declared: readonly Declared[]) =>
  declared.find(({ type }) => type.endsWith(":BucketObjectv2"))?.inputs.content;

test("what back ends read from AWS is the text that a whole up would write, also from one company's part of the state", async () => {
  const first = await exportedBy(settingsOf(before, withAws()));
  const changed = { ...before, "acme.yaml": { ...acme, displayName: "New" } };
  const whole = await declare(() => declareTenant(settingsOf(changed, withAws()), connectedTenant));
  const meanwhile = { ...changed, "beta.yaml": { ...beta, displayName: "Not yet" } };
  expect(String(directoryIn(whole))).toContain('"displayName":"New"');
  for (const exported of [first, ofOne(first, "acme")].flatMap((one) => [one, inKeyOrder(one)])) {
    const last = { ...lastUp(first), exported };
    const { settings } = await scopeOf(settingsOf(meanwhile, withAws()), { ...run, slug: "acme", last });
    expect(directoryIn(await declare(() => declareTenant(settings, connectedTenant)))).toBe(directoryIn(whole));
  }
});

test("what is of AWS and no company's own changes with the whole stack alone", async () => {
  const off = await exportedBy(settingsOf(before));
  const on = await exportedBy(settingsOf(before, withAws()));
  const moved = ["auditTrail", "credentials", "appSettings"];
  const lines = [
    ...moved.map((part) => `aws.${part} came or went in the settings since the last up`),
    "aws.loginDomain changed in the settings since the last up, and with it the issuer",
  ];
  expect(await refused("acme", before, off, withAws())).toEqual(lines);
  expect(await refused("acme", before, on)).toEqual(lines);
  const other = withAws({ loginDomain: { ...aws.loginDomain, domain: "id.travel.example" } });
  expect(await refused("acme", before, on, other)).toEqual(lines.slice(-1));
  const watched = { ...before, "acme.yaml": { ...acme, breakGlass: "admin@acme.example" } };
  const rule = "the audit trail watches all such accounts together";
  expect(await refused("acme", watched, on, withAws())).toEqual([`breakGlass: ${rule}`]);
  const then = await exportedBy(settingsOf(watched, withAws()));
  expect(await refused("acme", before, then, withAws())).toEqual([`breakGlass: ${rule}`]);
  expect(
    (await scopeOf(settingsOf(watched, withAws()), { ...run, slug: "acme", last: lastUp(then) })).settings.companies,
  ).toHaveLength(1);
});
