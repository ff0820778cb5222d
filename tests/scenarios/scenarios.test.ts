import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applications } from "./applications.cases.ts";
import { business } from "./business.cases.ts";
import { claimed } from "./claimed.cases.ts";
import { connections } from "./connections.cases.ts";
import { discovery } from "./discovery.cases.ts";
import { homeRealm } from "./home-realm.cases.ts";
import { invitations } from "./invitations.cases.ts";
import { judged } from "./judge.ts";
import { machines } from "./machines.cases.ts";
import { membership } from "./membership.cases.ts";
import { names } from "./names.cases.ts";
import { organizations } from "./organizations.cases.ts";
import { people } from "./people.cases.ts";
import { picker } from "./picker.cases.ts";
import { portal } from "./portal.cases.ts";
import { renewals } from "./renewals.cases.ts";
import { roles } from "./roles.cases.ts";
import { rules } from "./rules.cases.ts";
import { saml } from "./saml.cases.ts";
import type { Outcome, Scenario } from "./scenario.ts";
import { server } from "./server.cases.ts";
import { sessions } from "./sessions.cases.ts";
import { stage } from "./stage.cases.ts";
import { terms } from "./terms.cases.ts";
import { types } from "./types.cases.ts";
import { DeployedStack } from "./world.ts";

const done: Outcome = { done: true };

let stack: DeployedStack;

beforeAll(async () => {
  stack = await DeployedStack.up();
});

afterAll(() => stack?.close());

const themes: Readonly<Record<string, readonly Scenario[]>> = {
  organizations: organizations,
  rules: rules,
  names: names,
  applications: applications,
  picker: picker,
  discovery: discovery,
  "home realm": homeRealm,
  "connections of organizations": connections,
  membership: membership,
  invitations: invitations,
  business: business,
  "types of organization": types,
  "claimed domains": claimed,
  "one organization": people,
  roles: roles,
  stage: stage,
  sessions: sessions,
  renewals: renewals,
  portal: portal,
  machines: machines,
  "what a company sets for its people": terms,
  server: server,
  SAML: saml,
};

describe.each(Object.entries(themes))("%s", (_, scenarios) => {
  for (const { title, switches = {}, given = [], next = [], ...first } of scenarios) {
    test(title, async () => {
      await stack.play(switches, async (play) => {
        for (const call of given) await play.hands.change(call);
        for (const { when, outcome = done } of [first, ...next]) {
          const [expected, came] = await judged(outcome, await play.act(when), play.hands);
          expect(came).toEqual(expected);
        }
      });
    });
  }
});

const all = Object.values(themes).flat();
const required = ["R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10", "R12"];

test("there are 80 cases at least, no two under one title, each with a public source", () => {
  expect(all.length).toBeGreaterThanOrEqual(80);
  expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
  expect(all.filter(({ source }) => !source.startsWith("https://")).map(({ title }) => title)).toEqual([]);
});

test.each(required)("%s is played twice at least: where it opens a door, and where it keeps one shut", (name) => {
  const outcomes = all
    .filter(({ title }) => title.startsWith(`${name}:`))
    .flatMap(({ outcome, next = [] }) => [outcome, ...next.map((turn) => turn.outcome)])
    .filter((outcome) => outcome !== undefined);
  expect(outcomes.filter((outcome) => "admitted" in outcome || "tokens" in outcome)).not.toEqual([]);
  expect(outcomes.filter((outcome) => !("admitted" in outcome || "tokens" in outcome))).not.toEqual([]);
});
