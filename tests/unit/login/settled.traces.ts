import { as, denied, inside, link, organization, story } from "./story.ts";
import { credentialsFirst, member, requested, type Traced } from "./traced.ts";

const bob = as("bob");
const cat = as("cat");
const ann = as("ann", "acme-sso");
const open = { usage: "require" } as const;
const borealis = { organization: "org_borealis" };
const both = ["org_cedar", "org_borealis"];
const several = ["several-organizations", "2 and a personal account to choose from"] as const;
const only = (name: string) => ["one-organization", `${name} is the only one`] as const;
const nowhere = ["personal-account", "the person belongs to no organization"] as const;
const gives = ["auto-membership-alone", "acme is the only one that gives membership through it"] as const;
const makes = ["auto-membership", "the connection makes its people members of acme"] as const;
const listed = organization("org_borealis", { applications: {} });
const kept = denied("access_denied", "the application is not enabled for the organization");
const lacks = ["application-access", "borealis does not let its members use the app"] as const;

/** A tenant in which Bob is a member of so many organizations. */
const many = (count: number) => {
  const ids = Array.from({ length: count }, (_, n) => `org_${n}`);
  const plain = { thirdParty: false, domains: [], connections: [] };
  return {
    organizations: ids.map((id) => ({ ...plain, id, name: id })),
    memberships: ids.map((id) => ({ organization: id, user: "bob" })),
  };
};
const twenty = Array.from({ length: 20 }, (_, n) => `org_${n}`);

/** After authentication: which organization, membership, and the Actions. */
export const settled: readonly Traced[] = [
  {
    title: "nobody without an organization gets into an app for members",
    given: { client: open, known: as("ivy") },
    step: denied(
      "invalid_request",
      "client requires organization membership, but user does not belong to any organization",
    ),
    trace: [
      credentialsFirst,
      ["no-membership", "the person belongs to no organization, and the app takes members only"],
    ],
  },
  {
    title: "who is in no organization goes on as an individual",
    given: { known: as("ivy") },
    step: inside("ivy", undefined),
    trace: [credentialsFirst, nowhere],
  },
  {
    title: "the only organization is offered in the picker where the switch says so",
    given: { known: bob, switches: { ONE_ORGANIZATION: "picker" } },
    step: { kind: "pick", organizations: ["org_borealis"], personal: true },
    trace: [credentialsFirst, ["several-organizations", "1 and a personal account to choose from"]],
  },
  {
    title: "an app for members offers organizations only",
    given: { client: open, known: cat },
    step: { kind: "pick", organizations: both, personal: false },
    trace: [credentialsFirst, ["several-organizations", "2 to choose from"]],
  },
  {
    title: "an app for members takes no personal account from the picker",
    given: { client: open, known: { ...cat, picked: "personal" } },
    step: { kind: "pick", organizations: both, personal: false },
    trace: [credentialsFirst, ["several-organizations", "2 to choose from"]],
  },
  {
    title: "the picked organization is entered",
    given: { known: { ...cat, picked: borealis } },
    step: inside("cat", "org_borealis"),
    trace: [credentialsFirst, ["picked", "borealis"], member("borealis")],
  },
  {
    title: "the picked personal account goes on alone",
    given: { known: { ...cat, picked: "personal" } },
    step: inside("cat", undefined),
    trace: [credentialsFirst, ["picked", "the personal account"]],
  },
  {
    title: "what was not offered cannot be picked",
    given: { known: { ...cat, picked: { organization: "org_acme" } } },
    step: { kind: "pick", organizations: both, personal: true },
    trace: [credentialsFirst, several],
  },
  {
    title: "twenty organizations are all shown",
    given: { tenant: many(20), known: bob },
    step: { kind: "pick", organizations: twenty, personal: true },
    trace: [credentialsFirst, ["several-organizations", "20 and a personal account to choose from"]],
  },
  {
    title: "of twenty-one organizations the first twenty are shown",
    given: { tenant: many(21), known: bob },
    step: { kind: "pick", organizations: twenty, personal: true },
    trace: [
      credentialsFirst,
      ["several-organizations", "21 and a personal account to choose from"],
      ["picker-length", "the first 20 that the person joined are shown"],
    ],
  },
  {
    title: "the picker shows organizations with the connection just used where the switch says so",
    given: {
      tenant: organization("org_cedar", { connections: [link("other-sso")] }),
      known: cat,
      switches: { PICKER_LISTS: "usable" },
    },
    step: inside("cat", "org_borealis"),
    trace: [credentialsFirst, only("borealis"), member("borealis")],
  },
  {
    title: "an organization is not entered through a connection that it lacks",
    given: { tenant: { memberships: [{ organization: "org_acme", user: "bob" }] }, known: bob },
    step: denied("access_denied", "the connection is not enabled for the organization"),
    trace: [credentialsFirst, only("acme"), ["connection-of-organization", "acme does not have the connection"]],
  },
  {
    title: "the one organization that gives membership is joined",
    given: { known: ann },
    step: inside("ann", "org_acme", { connection: "acme-sso", joins: "org_acme" }),
    trace: [credentialsFirst, gives, only("acme"), makes],
  },
  {
    title: "who is a member already joins nothing",
    given: { tenant: { memberships: [{ organization: "org_acme", user: "ann" }] }, known: ann },
    step: inside("ann", "org_acme", { connection: "acme-sso" }),
    trace: [credentialsFirst, only("acme"), member("acme")],
  },
  {
    title: "an organization gives membership through one of its connections",
    given: {
      tenant: organization("org_acme", { connections: [link("people"), link("acme-sso", { autoMembership: true })] }),
      known: ann,
    },
    step: inside("ann", "org_acme", { connection: "acme-sso", joins: "org_acme" }),
    trace: [credentialsFirst, gives, only("acme"), makes],
  },
  {
    title: "what another connection of an organization gives is not given through this one",
    given: {
      tenant: organization("org_cedar", {
        connections: [link("acme-sso"), link("other-sso", { autoMembership: true })],
      }),
      known: ann,
    },
    step: inside("ann", "org_acme", { connection: "acme-sso", joins: "org_acme" }),
    trace: [credentialsFirst, gives, only("acme"), makes],
  },
  {
    title: "of two organizations that give membership none does",
    given: {
      tenant: organization("org_cedar", { connections: [link("acme-sso", { autoMembership: true })] }),
      known: ann,
    },
    step: inside("ann", undefined, { connection: "acme-sso" }),
    trace: [
      credentialsFirst,
      ["auto-membership-alone", "2 organizations give membership through it, so none does"],
      nowhere,
    ],
  },
  {
    title: "an app that is not on an organization's list is refused before the Actions",
    given: { tenant: listed, request: borealis, known: { ...bob, actions: { denied: "no" } } },
    step: kept,
    trace: [requested("borealis"), member("borealis"), lacks],
  },
  {
    title: "an app that is not on an organization's list is refused after the Actions where the switch says so",
    given: {
      tenant: listed,
      request: borealis,
      known: { ...bob, actions: {} },
      switches: { APPLICATION_ACCESS: "after-actions" },
    },
    step: kept,
    trace: [requested("borealis"), member("borealis"), lacks],
  },
  {
    title: "the picker leaves out organizations that do not let the app be used where the switch says so",
    given: { tenant: listed, known: cat, switches: { PICKER_APPLICATIONS: "entitled" } },
    step: inside("cat", "org_cedar"),
    trace: [credentialsFirst, only("cedar"), member("cedar")],
  },
  {
    title: "the picker leaves out organizations that let no third-party app in, whatever the switch says",
    given: {
      tenant: {
        ...organization("org_cedar", { thirdParty: true }),
        connections: story.connections.map((one) => ({ ...one, domainLevel: true })),
      },
      client: { firstParty: false },
      known: cat,
    },
    step: inside("cat", "org_cedar"),
    trace: [credentialsFirst, only("cedar"), member("cedar")],
  },
  {
    title: "an Action has the last word",
    given: { request: borealis, known: { ...bob, actions: { denied: "suspended" } } },
    step: denied("access_denied", "suspended"),
    trace: [requested("borealis"), member("borealis"), ["actions", "an Action denied access"]],
  },
  {
    title: "who is admitted is told so by no rule",
    given: { request: borealis, known: { ...bob, actions: {} } },
    step: inside("bob", "org_borealis", { kind: "admitted" }),
    trace: [requested("borealis"), member("borealis")],
  },
];
