import type { Call, PageName, Scenario, Visit } from "./scenario.ts";
import { at } from "./sources.ts";
import {
  ann,
  member,
  nadia,
  newAnn,
  newPerson,
  noMember,
  pavel,
  person,
  preCustomer,
  says,
  traces,
  vendorEditor,
} from "./story.ts";

const byPassword: readonly PageName[] = ["identifier", "password"];
const byProvider: readonly PageName[] = ["identifier", "provider"];
const anns = { app: "main", as: "ann@acme.example" } as const satisfies Visit;
const lenas = { app: "main", as: "lena@mail.example" } as const satisfies Visit;
const inAcme = { app: "main", ask: { organization: "{org:acme}" } } as const satisfies Visit;
const withoutRoles: Call = {
  method: "DELETE",
  path: "users/{user:lena@mail.example}/roles",
  body: { roles: ["{role:pre-customer}"] },
};

/** R7: the right permissions without an administrator's hand. R8: no picker where it can be avoided. */
export const roles: readonly Scenario[] = [
  {
    title: "R7: a never-seen person of a customer has the permissions of its owners once the app renewed its tokens",
    source: at.rbac,
    when: anns,
    outcome: { admitted: newAnn, pages: byProvider, trace: traces.newcomer },
    next: [{ when: { refresh: "main" }, outcome: { tokens: ann } }],
  },
  {
    title: "R7: an individual without a role has the one for before purchase after the first login",
    source: at.rbac,
    when: lenas,
    outcome: {
      admitted: { as: lenas.as, stage: "lead", renew: true, may: "unsaid" },
      pages: byPassword,
      trace: [...traces.password, "personal-account"],
    },
    next: [
      { when: { refresh: "main" }, outcome: { tokens: { as: lenas.as, stage: "lead", may: preCustomer } } },
      { when: { change: [withoutRoles] } },
      // who was deprived of the first role is not given it again
      { when: { refresh: "main" }, outcome: { tokens: { as: lenas.as, stage: "lead", may: [] } } },
    ],
  },
  {
    title: "R7: a role that somebody gave stays, where a first login would have given another",
    source: at.rbac,
    when: { app: "main", as: "gita@advice.example" },
    outcome: {
      admitted: {
        as: "gita@advice.example",
        organization: "cedar",
        type: "customer",
        stage: "owner",
        may: preCustomer,
      },
      pages: byPassword,
      trace: [...traces.password, "one-organization", "membership"],
    },
  },
  {
    title: "R7: who is refused gets no role by that login; the first one that lets them in gives it",
    source: at.rbac,
    given: [newPerson("zoe@mail.example"), member("zoe@mail.example", "fresh-table")],
    when: { app: "main", as: "zoe@mail.example" },
    outcome: {
      refused: "access_denied",
      says: says.wrongType,
      pages: byPassword,
      trace: [...traces.password, "one-organization", "membership", "actions"],
    },
    next: [
      {
        when: { app: "vendor-catering" },
        outcome: {
          admitted: {
            as: "zoe@mail.example",
            organization: "fresh-table",
            type: "vendor",
            renew: true,
            may: "unsaid",
          },
          pages: [],
          trace: [...traces.session, "one-organization", "membership"],
        },
      },
      {
        when: { refresh: "vendor-catering" },
        outcome: {
          tokens: { as: "zoe@mail.example", organization: "fresh-table", type: "vendor", may: vendorEditor },
        },
      },
    ],
  },
  {
    title: "R7: a person's own roles count in no organization, and a membership's only in its own",
    source: at.roles,
    given: [
      { method: "POST", path: "users/{user:nadia@mail.example}/roles", body: { roles: ["{role:pre-customer}"] } },
    ],
    when: { app: "main", as: "nadia@mail.example" },
    outcome: {
      admitted: nadia,
      pages: byPassword,
      trace: [...traces.password, "one-organization", "membership"],
    },
    next: [
      {
        when: { app: "main-personal" },
        outcome: {
          admitted: { as: "nadia@mail.example", may: preCustomer },
          pages: [],
          trace: ["individual-login", "single-sign-on"],
        },
      },
    ],
  },
  {
    title: "R8: an app that knows the organization passes it, and a member of several meets no picker",
    source: at.flows,
    when: { ...inAcme, ask: { organization: "{org:dune-crafts}" }, as: "bruno@mail.example" },
    outcome: { admitted: { ...nadia, as: "bruno@mail.example" }, pages: byPassword, trace: traces.named },
  },
  {
    title: "R8: an app that does not know it cannot keep a vendor's organization out of Auth0's picker",
    source: at.case,
    when: { app: "main", as: "bruno@mail.example" },
    outcome: {
      stopped: "picker",
      offers: ["Continue with your personal account", "Dune Crafts", "Fresh Table"],
      pages: [...byPassword, "picker"],
    },
  },
  {
    title: "R8: who is in no organization meets none",
    source: at.flows,
    given: [noMember("bruno@mail.example", "dune-crafts"), noMember("bruno@mail.example", "fresh-table")],
    when: { app: "main", as: "pavel@mail.example" },
    outcome: { admitted: pavel, pages: byPassword, trace: [...traces.password, "personal-account"] },
  },
  {
    title: "a person who is blocked gets no further, by password or by session",
    source: at.blocked,
    when: { app: "main", as: "pavel@mail.example" },
    outcome: { admitted: pavel, pages: byPassword, trace: [...traces.password, "personal-account"] },
    next: [
      { when: { change: [person("pavel@mail.example", { blocked: true })] } },
      {
        when: { app: "main", as: "pavel@mail.example", browser: "another" },
        outcome: {
          refused: "unauthorized",
          says: "user is blocked",
          pages: byPassword,
          trace: [...traces.password, "user-blocked"],
        },
      },
    ],
  },
];
