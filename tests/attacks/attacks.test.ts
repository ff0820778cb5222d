import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DeployedStack } from "../scenarios/world.ts";
import { addresses } from "./addresses.attacks.ts";
import type { Attack, Doing, Guard } from "./attack.ts";
import { browsers } from "./browsers.attacks.ts";
import { invitations } from "./invitations.attacks.ts";
import { machines } from "./machines.attacks.ts";
import { markups } from "./markup.attacks.ts";
import { members } from "./members.attacks.ts";
import { organizations } from "./organizations.attacks.ts";
import { protocol } from "./protocol.attacks.ts";
import { redirects } from "./redirects.attacks.ts";
import { saml } from "./saml.attacks.ts";
import { Scene } from "./scene.ts";
import { signOuts } from "./sign-outs.attacks.ts";
import { startWithout, switchOff } from "./without.ts";

let stack: DeployedStack;

beforeAll(async () => {
  stack = await DeployedStack.up();
});

afterAll(() => stack?.close());

const themes: Readonly<Record<string, readonly Attack[]>> = {
  addresses,
  organizations,
  members,
  machines,
  invitations,
  protocol,
  redirects,
  browsers,
  "sign-outs": signOuts,
  markup: markups,
  SAML: saml,
};

/** What comes of something that somebody does, on a tenant of its own. */
function come({ given = [], switches = {} }: Attack, doing: Doing, without?: Guard): Promise<string> {
  const changed = { ...switches, ...(without && "switches" in without ? without.switches : {}) };
  const play = async (
    played: ConstructorParameters<typeof Scene>[0],
    stage: ConstructorParameters<typeof Scene>[1],
  ) => {
    const scene = new Scene(played, stage);
    for (const call of given) await scene.hands.change(call);
    if (without) await switchOff(without, scene);
    return doing(scene);
  };
  return stack.play(changed, play, without && startWithout(without));
}

describe.each(Object.entries(themes))("%s", (_, attacks) => {
  describe.each(attacks)("somebody who $title", (attack) => {
    const { refused, gains, twinGets = gains } = attack;
    test("is stopped", async () => expect(await come(attack, attack.attack)).toBe(refused));
    test("may do the nearest thing that is allowed", async () =>
      expect(await come(attack, attack.twin)).toBe(twinGets));
    test("is stopped by that one guard", async () =>
      expect(await come(attack, attack.attack, attack.guard)).toBe(gains));
  });
});

test("there are forty attacks and more, each another one", () => {
  const titles = Object.values(themes).flatMap((attacks) => attacks.map(({ title }) => title));
  expect(new Set(titles).size).toBe(titles.length);
  expect(titles.length).toBeGreaterThanOrEqual(40);
});
