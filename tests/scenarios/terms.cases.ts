import type { Call, PageName, Scenario } from "./scenario.ts";
import { at } from "./sources.ts";
import { company, traces } from "./story.ts";

const byProvider: readonly PageName[] = ["identifier", "provider"];
const active = { type: "customer", status: "active", stage: "owner", api_access: "on" };
/** Acme's entry says more of its own people. */
const acme = (more: object): Call => company("acme", { metadata: { ...active, ...more } });

/** What a company's entry sets for its own people. */
export const terms: readonly Scenario[] = [
  {
    title: "memberRoles: a first login gives no role that the company's members may not hold",
    source: at.rbac,
    given: [acme({ member_roles: "api-administrator" })],
    when: { app: "main", as: "ann@acme.example" },
    outcome: {
      admitted: { as: "ann@acme.example", organization: "acme", type: "customer", stage: "owner", may: [] },
      pages: byProvider,
      trace: traces.newcomer,
    },
  },
];
