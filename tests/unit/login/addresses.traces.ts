import type { Given } from "./story.ts";
import { addressFirst, credentialsFirst, type Traced } from "./traced.ts";

const companyFirst = { usage: "require", behaviour: "pre_login_prompt" } as const;
const named = "bob@borealis.com";
const found = ["domain-discovery", "bob@borealis.com leads to borealis"] as const;
const place = { organization: "org_borealis", signup: false } as const;
const asked = { kind: "identify", ...place, buttons: [], database: "people" } as const;
const fallback = ["database-fallback", "nobody claims the address: people"] as const;
const ann = "ann@acme.com";
const hint = { loginHint: ann };
const openly = { kind: "identify", buttons: [], database: "people", signup: true } as const;

const goesOn = (known: Given["known"], request: Given["request"] = {}): Given => ({
  ...{ client: companyFirst, known: { ...known }, request },
  switches: { DISCOVERED_ADDRESS: "goes-on" },
});

/** Which address a person goes by: the one that they typed, or one that stands for it. */
export const addresses: readonly Traced[] = [
  {
    title: "an address that found the organization is asked for again at its prompt",
    given: { client: companyFirst, known: { named } },
    step: asked,
    trace: [found, addressFirst],
  },
  {
    title: "an address that found the organization goes on where the switch says so",
    given: goesOn({ named }),
    step: { kind: "password", connection: "people", ...place, identifier: named },
    trace: [found, fallback],
  },
  {
    title: "a name that found the organization is no address that could go on",
    given: goesOn({ named: "borealis" }),
    step: asked,
    trace: [["domain-discovery", "borealis leads to borealis"], addressFirst],
  },
  {
    title: "an address that was taken back does not go on",
    given: goesOn({ named, identifier: "" }),
    step: asked,
    trace: [found, addressFirst],
  },
  {
    title: "the address that was typed last goes before the one that found the organization",
    given: goesOn({ named, identifier: "bob@example.com" }),
    step: { kind: "password", connection: "people", ...place, identifier: "bob@example.com" },
    trace: [found, fallback],
  },
  {
    title: "a hint leads where the address would where the switch says so",
    given: { request: hint, switches: { LOGIN_HINT: "submits" } },
    step: { kind: "federate", connection: "acme-sso", hint: ann },
    trace: [credentialsFirst, ["home-realm", "acme.com belongs to acme-sso"]],
  },
  {
    title: "where no hint came none leads anywhere",
    given: { switches: { LOGIN_HINT: "submits" } },
    step: openly,
    trace: [credentialsFirst, addressFirst],
  },
  {
    title: "where no hint came an address that found the organization goes on",
    given: { ...goesOn({ named }), switches: { DISCOVERED_ADDRESS: "goes-on", LOGIN_HINT: "submits" } },
    step: { kind: "password", connection: "people", ...place, identifier: named },
    trace: [found, fallback],
  },
  {
    title: "where nothing was named nothing goes on",
    given: { switches: { DISCOVERED_ADDRESS: "goes-on" } },
    step: openly,
    trace: [credentialsFirst, addressFirst],
  },
  {
    title: "a hint that was taken back leads nowhere and stands in the field",
    given: { request: hint, known: { identifier: "" }, switches: { LOGIN_HINT: "submits" } },
    step: { ...openly, hint: ann },
    trace: [credentialsFirst, addressFirst],
  },
  {
    title: "a hint that was taken back does not go to a database",
    given: { request: { ...hint, connection: "people" }, known: { identifier: "" } },
    step: { kind: "password", connection: "people", signup: true },
    trace: [credentialsFirst, ["connection-requested", "the request names people: no routing by address"]],
  },
];
