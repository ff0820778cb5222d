import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { business } from "./business.cases.ts";
import { judged } from "./judge.ts";
import { organizations } from "./organizations.cases.ts";
import type { Outcome, Scenario } from "./scenario.ts";
import { DeployedStack } from "./world.ts";

const done: Outcome = { done: true };

let stack: DeployedStack;

beforeAll(async () => {
  stack = await DeployedStack.up();
});

afterAll(() => stack?.close());

const themes: Readonly<Record<string, readonly Scenario[]>> = { organizations, business };

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
