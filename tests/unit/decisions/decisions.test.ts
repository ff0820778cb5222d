import { expect, test } from "vitest";
import { claimNamespace, type Done, login, refusalOf, roleId } from "./bundled.ts";
import {
  type Combination,
  combinations,
  type Dimension,
  dimensions,
  eventOf,
  organizationId,
  userId,
  valuesOf,
} from "./dimensions.ts";
import { type Answer, list, type Row } from "./list.ts";

/** Of each dimension, the values that a row admits. */
type Admitted = readonly (readonly [Dimension, ReadonlySet<string>])[];

function admittedBy({ pattern }: Row): Admitted {
  return dimensions
    .filter((dimension) => pattern[dimension] !== undefined && pattern[dimension] !== "*")
    .map((dimension) => [dimension, valuesIn(dimension, pattern[dimension])] as const);
}

function valuesIn(dimension: Dimension, field: unknown): ReadonlySet<string> {
  if (typeof field === "string") return new Set([field]);
  if (Array.isArray(field)) return new Set(field);
  const { not } = field as { readonly not: readonly string[] };
  return new Set(valuesOf(dimension).filter((value) => !not.includes(value)));
}

const admitted = list.map(admittedBy);

/** The numbers of the rows that match. */
function rowsFor(at: Combination): number[] {
  const found: number[] = [];
  admitted.forEach((fields, row) => {
    if (fields.every(([dimension, values]) => values.has(at[dimension]))) found.push(row);
  });
  return found;
}

/** An answer of the list, in the words in which `shown` puts what the Action did. */
function expected(answer: Answer): string {
  if ("refused" in answer) return shown({ denied: `${answer.refused}` });
  const claims = {
    ...(answer.orgType !== undefined && { [`${claimNamespace}org_type`]: answer.orgType }),
    ...(answer.stage !== undefined && { [`${claimNamespace}stage`]: answer.stage }),
  };
  const id = roleId(answer.role);
  const ofMember = answer.level === "organization";
  return shown({
    idToken: { ...claims, [`${claimNamespace}renew`]: "first_roles" },
    accessToken: claims,
    secondFactor: answer.secondFactor ? ["enroll"] : [],
    roleCalls: [
      ofMember
        ? `/api/v2/organizations/${organizationId}/members/${userId}/roles {"roles":["${id}"]}`
        : `/api/v2/roles/${id}/users {"users":["${userId}"]}`,
    ],
    appMetadata: { first_roles: [ofMember ? organizationId : "individual"] },
  });
}

function done(what: Done): string {
  const { idToken, accessToken, secondFactor, roleCalls, appMetadata } = what;
  const denied = refusalOf(what);
  return shown({ ...(denied !== undefined && { denied }), idToken, accessToken, secondFactor, roleCalls, appMetadata });
}

type Shown = Partial<Omit<Done, "denied" | "log">> & { readonly denied?: string };

/** One line that is equal exactly when everything is; the claims in the order of their names. */
function shown({ denied, idToken = {}, accessToken = {}, secondFactor = [], roleCalls = [], appMetadata = {} }: Shown) {
  const sorted = (claims: Record<string, unknown>) => JSON.stringify(Object.entries(claims).sort());
  return [
    denied === undefined ? "admitted" : `refused ${denied}`,
    `ID token ${sorted(idToken)}`,
    `access token ${sorted(accessToken)}`,
    `second factor ${secondFactor}`,
    `roles ${roleCalls}`,
    `app_metadata ${JSON.stringify(appMetadata)}`,
  ].join("; ");
}

test("every combination is matched by exactly one row, and every row by a combination", () => {
  const matches = list.map(() => 0);
  const unclear: string[] = [];
  let total = 0;
  for (const at of combinations()) {
    total += 1;
    const rows = rowsFor(at);
    for (const row of rows) matches[row] = (matches[row] ?? 0) + 1;
    if (rows.length !== 1 && unclear.length < 10) unclear.push(`rows ${rows.join(", ")}: ${JSON.stringify(at)}`);
  }
  const counts = matches.map((count, row) => `row ${row}: ${count} ${JSON.stringify(list[row]?.pattern)}`).join("\n");
  expect(unclear, counts).toEqual([]);
  expect(Math.min(...matches), counts).toBeGreaterThan(0);
  expect(total).toBe(6 * (1 + 4 * 3 * 3 * 3) * 8 * 4 * 2 * 4 * 7);
}, 120_000);

test("the bundled Action does at every combination what its row says, and nothing else", async () => {
  const answers = list.map(({ answer }) => expected(answer));
  const wrong = new Map<string, { count: number; first: string }>();
  for (const at of combinations()) {
    const [row] = rowsFor(at);
    if (row === undefined) throw new Error(`no row for ${JSON.stringify(at)}`);
    const actual = done(await login(eventOf(at)));
    if (actual === answers[row]) continue;
    const difference = `row ${row} says ${answers[row]}\nthe Action did ${actual}`;
    const known = wrong.get(difference);
    if (known) known.count += 1;
    else wrong.set(difference, { count: 1, first: JSON.stringify(at) });
  }
  const report = [...wrong].map(([difference, { count, first }]) => `${count} times ${difference}\nfirst ${first}`);
  expect(report.join("\n\n")).toBe("");
}, 300_000);
