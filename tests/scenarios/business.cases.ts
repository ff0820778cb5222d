import type { Scenario } from "./scenario.ts";
import { at } from "./sources.ts";
import { preCustomer } from "./story.ts";

export const business: readonly Scenario[] = [
  {
    title: "R1: an individual signs in to the main app without any organization",
    source: at.case,
    when: { app: "main", as: "pavel@mail.example" },
    outcome: {
      admitted: { as: "pavel@mail.example", stage: "prospect", may: preCustomer },
      pages: ["identifier", "password"],
      trace: ["credentials-first", "default-directory", "identifier-first", "database-fallback", "personal-account"],
    },
  },
];
