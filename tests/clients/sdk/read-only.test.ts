import { expect, test } from "vitest";
import { expectRefused, refusal } from "./refusals.ts";
import { sdk } from "./tenant.ts";

/** What this tenant has none of: the list that the SDK reads, and the refusal of one by its id. */
const families = [
  ["rules", () => sdk.rules.list(), () => sdk.rules.get("r"), "Rule not found."],
  ["hooks", () => sdk.hooks.list(), () => sdk.hooks.get("h"), "Hook not found."],
  ["forms", () => sdk.forms.list(), () => sdk.forms.get("f"), "Form not found"],
  ["flows", () => sdk.flows.list(), () => sdk.flows.get("f"), "Flow not found"],
  [
    "flow vault connections",
    () => sdk.flows.vault.connections.list(),
    () => sdk.flows.vault.connections.get("c"),
    "The Flow vault connection does not exist.",
  ],
  [
    "self-service profiles",
    () => sdk.selfServiceProfiles.list(),
    () => sdk.selfServiceProfiles.get("p"),
    "Profile with ID: p not found",
  ],
  [
    "network access control lists",
    () => sdk.networkAcls.list(),
    () => sdk.networkAcls.get("n"),
    "Network access control list not found.",
  ],
  [
    "user attribute profiles",
    () => sdk.userAttributeProfiles.list(),
    () => sdk.userAttributeProfiles.get("u"),
    "User attribute profile not found.",
  ],
  [
    "connection profiles",
    () => sdk.connectionProfiles.list(),
    () => sdk.connectionProfiles.get("c"),
    "Connection profile not found.",
  ],
  [
    "token exchange profiles",
    () => sdk.tokenExchangeProfiles.list(),
    () => sdk.tokenExchangeProfiles.get("t"),
    "Token exchange profile not found.",
  ],
  ["event streams", () => sdk.eventStreams.list(), () => sdk.eventStreams.get("e"), "The event stream does not exist."],
  [
    "action modules",
    () => sdk.actions.modules.list(),
    () => sdk.actions.modules.get("m"),
    "The action module does not exist.",
  ],
] as const;

for (const [family, list, get, missing] of families) {
  test(`there are no ${family}`, async () => {
    const page = await list();
    expect(page.data).toEqual([]);
    expect(page.hasNextPage()).toBe(false);
    await expectRefused(get(), refusal(404, missing));
  });
}

test("there are no rate limit policies, settings of rules and directory provisionings", async () => {
  expect((await sdk.rateLimitPolicies.list()).data).toEqual([]);
  expect(await sdk.rulesConfigs.list()).toEqual([]);
  expect((await sdk.connections.directoryProvisioning.list()).data).toEqual([]);
});

test("supplemental signals are part of another plan", async () => {
  await expectRefused(
    sdk.supplementalSignals.get(),
    refusal(403, "Please upgrade your subscription to enable Akamai Signals.", "insufficient_scope"),
  );
});
