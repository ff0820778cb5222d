import type { PageName, Scenario, Visit } from "./scenario.ts";
import { at } from "./sources.ts";
import { domain, flow, member, nadia, traces } from "./story.ts";

const portal = (methods: readonly string[]) => flow("main", "require", "pre_login_prompt", methods);
const both = portal(["email", "organization_name"]);
const pages: readonly PageName[] = ["organization", "identifier", "password"];
const nadias: Visit = { app: "main", as: "nadia@mail.example" };

/** Organizations found by an address, before anyone signs in. */
export const discovery: readonly Scenario[] = [
  {
    title: "an address of the one organization with its domain leads to that organization's prompt",
    source: at.flows,
    given: [both, domain("dune-crafts", "dune.example")],
    when: { ...nadias, organization: "anyone@dune.example" },
    outcome: { admitted: nadia, pages, trace: [...traces.found, "membership"] },
  },
  {
    title: "DISCOVERED_ADDRESS=goes-on: it need not be typed again",
    source: at.flows,
    switches: { DISCOVERED_ADDRESS: "goes-on" },
    given: [both, domain("dune-crafts", "mail.example")],
    when: { ...nadias, organization: "nadia@mail.example" },
    outcome: {
      admitted: nadia,
      pages: ["organization", "password"],
      trace: ["organization-prompt", "domain-discovery", "database-fallback", "membership"],
    },
  },
  {
    title: "the domain that finds an organization is compared whatever its case",
    source: at.flows,
    given: [both, domain("dune-crafts", "dune.example")],
    when: { ...nadias, organization: "Anyone@DUNE.example" },
    outcome: { admitted: nadia, pages, trace: [...traces.found, "membership"] },
  },
  {
    title: "organizations that share a domain are chosen from before anyone signs in",
    source: at.flows,
    given: [both, domain("dune-crafts", "dune.example"), domain("fresh-table", "dune.example")],
    when: { ...nadias, organization: "anyone@dune.example" },
    outcome: { stopped: "selection", offers: ["Dune Crafts", "Fresh Table"], pages: ["organization", "selection"] },
  },
  {
    title: "the one that is chosen is the one whose prompt comes next",
    source: at.flows,
    given: [both, domain("dune-crafts", "dune.example"), domain("fresh-table", "dune.example")],
    when: { ...nadias, organization: "anyone@dune.example", select: "Dune Crafts" },
    outcome: {
      admitted: nadia,
      pages: ["organization", "selection", "identifier", "password"],
      trace: ["organization-prompt", "domain-shared", "identifier-first", "database-fallback", "membership"],
    },
  },
  {
    title: "a domain that no organization has is an error on the page",
    source: at.flows,
    given: [both],
    when: { ...nadias, organization: "anyone@nowhere.example" },
    outcome: {
      stopped: "organization",
      complaint: "There is no organization for anyone@nowhere.example",
      pages: ["organization"],
    },
  },
  {
    title: "a domain that is not verified finds nothing",
    source: at.domains,
    given: [both, domain("dune-crafts", "dune.example", "pending")],
    when: { ...nadias, organization: "anyone@dune.example" },
    outcome: {
      stopped: "organization",
      complaint: "There is no organization for anyone@dune.example",
      pages: ["organization"],
    },
  },
  {
    title: "a verified domain that is not meant for finding finds nothing",
    source: at.domains,
    given: [both, domain("dune-crafts", "dune.example", "verified", { use_for_organization_discovery: false })],
    when: { ...nadias, organization: "anyone@dune.example" },
    outcome: {
      stopped: "organization",
      complaint: "There is no organization for anyone@dune.example",
      pages: ["organization"],
    },
  },
  {
    title: "an app that takes addresses only finds nothing by a name",
    source: at.behaviour,
    given: [portal(["email"])],
    when: { ...nadias, organization: "dune-crafts" },
    outcome: {
      stopped: "organization",
      complaint: "There is no organization for dune-crafts",
      pages: ["organization"],
    },
  },
  {
    title: "an app that takes names only finds nothing by an address",
    source: at.behaviour,
    given: [portal(["organization_name"]), domain("dune-crafts", "dune.example")],
    when: { ...nadias, organization: "anyone@dune.example" },
    outcome: {
      stopped: "organization",
      complaint: "There is no organization for anyone@dune.example",
      pages: ["organization"],
    },
  },
  {
    title: "a domain finds its organization and keeps nobody else out: a member with another address comes in",
    source: at.domains,
    given: [both, domain("dune-crafts", "dune.example"), member("pavel@mail.example", "dune-crafts")],
    when: { app: "main", organization: "anyone@dune.example", as: "pavel@mail.example" },
    outcome: {
      admitted: { ...nadia, as: "pavel@mail.example", renew: true, may: "unsaid" },
      pages,
      trace: [...traces.found, "membership"],
    },
  },
  {
    title: "who is found an organization and is no member of it is refused after the credentials",
    source: at.membership,
    given: [both, domain("dune-crafts", "dune.example")],
    when: { app: "main", organization: "anyone@dune.example", as: "pavel@mail.example" },
    outcome: {
      refused: "access_denied",
      says: "user is not part of the {org:dune-crafts} organization",
      pages,
      trace: [...traces.found, "membership"],
    },
  },
  {
    title: "domains find nothing in a flow that asks for the credentials first",
    source: at.flows,
    given: [domain("dune-crafts", "mail.example")],
    when: { app: "main", as: "pavel@mail.example" },
    outcome: {
      admitted: { as: "pavel@mail.example", stage: "prospect", may: ["read:account", "update:account"] },
      pages: ["identifier", "password"],
      trace: [...traces.password, "personal-account"],
    },
  },
  {
    title: "a session is honoured after the organization is found: nobody signs in twice",
    source: at.prompts,
    given: [flow("main", "require", "pre_login_prompt", ["organization_name"])],
    when: { ...nadias, organization: "dune-crafts" },
    outcome: { admitted: nadia, pages, trace: [...traces.found, "membership"] },
    next: [
      {
        when: { app: "main", organization: "dune-crafts" },
        outcome: {
          admitted: nadia,
          pages: ["organization"],
          trace: ["organization-prompt", "domain-discovery", "single-sign-on", "membership"],
        },
      },
    ],
  },
];
