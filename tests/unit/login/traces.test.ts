import { describe, expect, test } from "vitest";
import { rules } from "../../../login/rules.ts";
import { loginAnswers } from "../../../login/switches.ts";
import { addresses } from "./addresses.traces.ts";
import { candidates } from "./candidates.traces.ts";
import { invitations } from "./invitations.traces.ts";
import { organizations } from "./organizations.traces.ts";
import { people } from "./people.traces.ts";
import { prompts } from "./prompts.traces.ts";
import { settled } from "./settled.traces.ts";
import { silent } from "./silent.traces.ts";
import { ask } from "./story.ts";
import type { Traced } from "./traced.ts";

const themes: Readonly<Record<string, readonly Traced[]>> = {
  organizations,
  people,
  addresses,
  prompts,
  candidates,
  settled,
  invitations,
  silent,
};

describe.each(Object.entries(themes))("%s", (_, cases) => {
  for (const { title, given, step, trace } of cases) {
    test(title, () => {
      const came = ask(given);
      expect(came.step).toStrictEqual(step);
      expect(came.trace).toStrictEqual(trace.map(([rule, says]) => ({ rule, source: rules[rule], says })));
    });
  }
});

test("every rule is told of in some login", () => {
  const told = Object.values(themes).flatMap((cases) => cases.flatMap(({ trace }) => trace.map(([rule]) => rule)));
  expect([...new Set(told)].toSorted()).toEqual(Object.keys(rules).toSorted());
});

test("every rule's source is a public page or a switch of the local tenant", () => {
  const page = /^https:\/\/(auth0\.com\/docs|community\.auth0\.com|github\.com)\/\S+$/;
  const switches = Object.keys(loginAnswers).map((name) => `switch ${name}`);
  const odd = Object.values(rules).filter((source) => !page.test(source) && !switches.includes(source));
  expect(odd).toEqual([]);
});
