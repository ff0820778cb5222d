import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { declareTenant } from "../../../stacks/declare.ts";
import { type CompanyNeeds, declareCompanies } from "../../../stacks/declare-companies.ts";
import { mapEntries } from "../../../stacks/map-entries.ts";
import { DeclaredTenant } from "../../harness/declared-tenant.ts";
import { companies } from "./grammar.ts";
import { numbered, token } from "./grammar.values.ts";
import { type Given, type Judged, judge, saysAll } from "./judge.ts";
import { mutated, mutations } from "./mutations.ts";
import { damaged, damages } from "./texts.ts";

/** `make soak` makes more of them, and others each time. */
const wanted = Math.max(10_000, Number(process.env.REQUESTS || 0) / 10);
const seed = Number(process.env.SEED || 20_261_129);
/** A fifth is good by construction, the rest is broken. */
const good = Math.ceil(wanted / 5);
const together = 50;

let tenant: DeclaredTenant;
let needs: Omit<CompanyNeeds, "afterTenant">;

beforeAll(async () => {
  tenant = await DeclaredTenant.start();
  const { settings } = judge([]);
  const { made, outputs, refused } = await tenant.place(() =>
    declareTenant({ ...settings, companies: [] }, tenant.connected),
  );
  expect(refused).toEqual([]);
  const directory = made.find(({ type, name }) => type.table.token.endsWith(":Connection") && name === "users");
  needs = {
    clientIds: mapEntries(outputs.apps, (_, { clientId }) => clientId),
    audience: outputs.apis.service.identifier,
    directoryId: directory?.id ?? "",
  };
});

afterAll(() => tenant?.close());

const alike = new Set<string>();
let [rounds, resources] = [0, 0];

/** What the tenant and the plugin say against what accepted entries declare; it is taken away again. Every fifth time nothing is left out. */
async function refusedByTenant({ settings }: Judged): Promise<readonly string[]> {
  rounds += 1;
  const known = rounds % 5 === 0 ? undefined : alike;
  const { refused, made } = await tenant.place(() => {
    const there = new pulumi.ComponentResource("auth0-b2b:tests:Tenant", "tenant");
    return declareCompanies(settings, { ...needs, afterTenant: { dependsOn: there } });
  }, known);
  resources += made.length;
  return [...refused, ...(await tenant.remove(made))];
}

/** Each batch stands together in one stack. @returns everything that should not be, and seconds */
async function each(all: readonly Given[], look: (judged: Judged) => unknown[]): Promise<[unknown[], number]> {
  const began = performance.now();
  const wrong: unknown[] = [];
  for (let n = 0; n < all.length; n += together) {
    const judged = judge(all.slice(n, n + together).map(numbered));
    wrong.push(...look(judged), ...(await refusedByTenant(judged)));
  }
  return [wrong, Math.round((performance.now() - began) / 1000)];
}

test(
  `${good} entries are good by construction: all are accepted, and the tenant takes what they declare`,
  async () => {
    const all = fc.sample(companies, { numRuns: good, seed });
    const [wrong, seconds] = await each(
      all.map((one): Given => ({ ...one, stands: "read" })),
      ({ refused }) => [...refused].map(([{ entry }, lines]) => ({ entry, lines })),
    );
    console.log(`${all.length} good entries, ${resources} resources, ${seconds} s, seed ${seed}`);
    expect(wrong.slice(0, 3)).toEqual([]);
  },
  wanted * 200,
);

const valuesBroken = fc
  .tuple(companies, mutations, fc.constantFrom("read", "read", "read", "config"))
  .map(([{ slug, entry }, all, stands]): Given => {
    // a long slug that could be a secret is not shown in a path, and nobody could tell whose line it is
    return { slug: stands === "config" ? token : slug, entry: mutated(entry, all), stands };
  });
const filesBroken = fc.tuple(companies, damages).map(([{ slug, entry }, all]): Given => {
  return { slug, entry: damaged(entry, all), stands: "file" };
});
const broken = fc.oneof({ weight: 9, arbitrary: valuesBroken }, { weight: 1, arbitrary: filesBroken });

test(
  `${wanted - good} entries are broken: each is refused by lines that say file, place and what is allowed, or the tenant takes what it declares`,
  async () => {
    const all = fc.sample(broken, { numRuns: wanted - good, seed });
    const counts = { refused: 0, lines: 0, accepted: 0 };
    const [wrong, seconds] = await each(all, ({ refused, accepted }) => {
      counts.refused += refused.size;
      counts.lines += [...refused.values()].flat().length;
      counts.accepted += accepted.length;
      return [...refused].flatMap(([one, lines]) => {
        const odd = lines.filter((line) => !saysAll(one, line));
        return odd.length === 0 ? [] : [{ odd, one }];
      });
    });
    console.log(`${all.length} broken entries, ${seconds} s, seed ${seed}`, counts);
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(counts.refused + counts.accepted).toBe(all.length);
    expect(counts.accepted).toBeGreaterThan(all.length / 20); // what is accepted is put to the tenant
  },
  wanted * 200,
);
