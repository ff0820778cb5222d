import type { MachineRequest, Scenario } from "./scenario.ts";
import { at } from "./sources.ts";
import { company, errors, says } from "./story.ts";

const audience = "https://api.travel.example/";
const acmes: MachineRequest = { client: "acme", audience, organization: "{org:acme}" };

/** R12: each company's own client, and no other company's data. */
export const machines: readonly Scenario[] = [
  {
    title: "R12: a company's client gets a token of the company, with the scopes of its entry",
    source: at.machines,
    when: { machine: acmes },
    outcome: { tokens: { organization: "acme", type: "customer", may: ["read:bookings"] } },
  },
  {
    title: "R12: another company's client has the scopes of its own entry",
    source: at.machines,
    when: { machine: { ...acmes, client: "dune-crafts", organization: "{org:dune-crafts}" } },
    outcome: { tokens: { organization: "dune-crafts", type: "customer", may: ["create:bookings", "read:bookings"] } },
  },
  {
    title: "R12: it gets none for another company",
    source: at.machines,
    when: { machine: { ...acmes, organization: "{org:dune-crafts}" } },
    outcome: {
      turnedDown: "access_denied",
      says: 'Client is not authorized to access organization "{org:dune-crafts}"',
    },
  },
  {
    title: "R12: it gets none without its company",
    source: at.machines,
    when: { machine: { client: "acme", audience } },
    outcome: { turnedDown: "invalid_request", says: "parameter organization is required for this client" },
  },
  {
    title: "R12: it gets none for an API that its entry does not have",
    source: at.machines,
    when: { machine: { ...acmes, audience: "https://vendor-api.travel.example/" } },
    outcome: {
      turnedDown: "access_denied",
      says: errors.noGrant("https://vendor-api.travel.example/"),
    },
  },
  {
    title: "R12: a suspended company's client gets none",
    source: at.machines,
    given: [company("acme", { metadata: { type: "customer", status: "suspended", api_access: "on" } })],
    when: { machine: acmes },
    outcome: { turnedDown: "invalid_request", says: says.suspended },
  },
  {
    title: "R12: the client of a company whose API access is off gets none",
    source: at.machines,
    given: [company("acme", { metadata: { type: "customer", status: "active", api_access: "off" } })],
    when: { machine: acmes },
    outcome: { turnedDown: "invalid_request", says: says.notEntitled },
  },
  {
    title: "R12: an operator's own client needs no company",
    source: at.machines,
    when: { machine: { client: "back-office", audience } },
    outcome: { tokens: { may: ["read:account", "read:bookings"] } },
  },
];
