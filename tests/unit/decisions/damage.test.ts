import { expect, test } from "vitest";
import { claimNamespace, login, refusalOf, roleId } from "./bundled.ts";
import { addresses } from "./damage/addresses.ts";
import { connections } from "./damage/connections.ts";
import { effects } from "./damage/firsts.ts";
import { identities } from "./damage/identities.ts";
import { colleague, individual, member } from "./damage/logins.ts";
import { organizations } from "./damage/organizations.ts";
import { leavers } from "./damage/people.ts";
import { policies } from "./damage/policies.ts";
import { secondFactors } from "./damage/second-factors.ts";

test("without any damage the three logins that the tables damage are admitted", async () => {
  for (const event of [individual(), member(), colleague()]) {
    expect((await login(event)).denied).toEqual([]);
  }
});

const tables = [...policies, ...organizations, ...connections, ...addresses, ...identities, ...leavers];

test.each(tables)("$title: $outcome", async ({ event, outcome }) => {
  const done = await login(event);
  expect(refusalOf(done) ?? "admitted").toBe(outcome);
  if (outcome !== "admitted") {
    const { idToken, accessToken, secondFactor, roleCalls, appMetadata } = done;
    expect({ idToken, accessToken, secondFactor, roleCalls, appMetadata }).toEqual({
      idToken: {},
      accessToken: {},
      secondFactor: [],
      roleCalls: [],
      appMetadata: {},
    });
  }
});

test.each(effects)("$title", async ({ event, stage, assigned, note }) => {
  const done = await login(event);
  expect(done.denied).toEqual([]);
  for (const claims of [done.idToken, done.accessToken]) expect(claims[`${claimNamespace}stage`]).toBe(stage);
  expect(done.idToken[`${claimNamespace}renew`]).toBe(assigned && "first_roles");
  expect(done.accessToken).not.toHaveProperty([`${claimNamespace}renew`]);
  expect(done.appMetadata).toEqual(assigned ? { first_roles: assigned.marked } : {});
  expect(done.roleCalls.length).toBe(assigned ? 1 : 0);
  if (assigned) expect(done.roleCalls[0]).toContain(roleId(assigned.role));
  expect(done.log.length).toBe(note ? 1 : 0);
});

test.each(secondFactors)("$title", async ({ event, demanded }) => {
  const done = await login(event);
  expect(done.denied).toEqual([]);
  expect(done.secondFactor.length).toBe(1);
  expect(demanded).toContain(done.secondFactor[0]);
});
