import type { PageName, Scenario, Visit } from "./scenario.ts";
import { at } from "./sources.ts";
import { traces } from "./story.ts";

const beas = { app: "main", as: "bea@borealis.example" } as const satisfies Visit;
const byProvider: readonly PageName[] = ["identifier", "provider"];

const newBea = {
  as: "bea@borealis.example",
  organization: "borealis",
  type: "customer",
  stage: "prospect-demo",
  renew: true,
  may: "unsaid",
} as const;

export const saml: readonly Scenario[] = [
  {
    title: "SAML: an address at the company's domain leads to its provider, and its person into the company",
    source: at.justInTime,
    when: beas,
    outcome: { admitted: newBea, pages: byProvider, trace: traces.newcomer },
  },
];
