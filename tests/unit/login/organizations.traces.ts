import { as, denied, inside, organization, story } from "./story.ts";
import { credentialsFirst, member, requested, type Traced } from "./traced.ts";

const bob = as("bob");
const borealis = { organization: "org_borealis" };
const names = { settings: { ...story.settings, organizationNames: true } };
const companyFirst = { usage: "require", behaviour: "pre_login_prompt" } as const;
const prompt = { kind: "name-organization", by: ["email", "organization_name"], personal: false } as const;
const otherParty = denied("access_denied", "third-party applications are not allowed for this organization");

/** Which organization a login is for, before it is known who somebody is. */
export const organizations: readonly Traced[] = [
  {
    title: "an app that the tenant does not have is no client",
    given: { request: { client: "nobody" }, known: bob },
    step: denied("unauthorized_client", "unknown client"),
    trace: [],
  },
  {
    title: "an invitation goes with its organization",
    given: { request: { invitation: "good" } },
    step: denied("invalid_request", "parameter organization is required with an invitation"),
    trace: [],
  },
  {
    title: "an app for individuals takes no organization",
    given: { client: { usage: "deny" }, request: borealis, known: bob },
    step: denied("invalid_request", "parameter organization is not allowed for this client"),
    trace: [["organization-not-allowed", "the app takes individuals only"]],
  },
  {
    title: "an app for individuals takes a member as an individual",
    given: { client: { usage: "deny" }, known: bob },
    step: inside("bob", undefined),
    trace: [["individual-login", "the app takes individuals only"]],
  },
  {
    title: "without a prompt and an organization a login is an individual's",
    given: { client: { behaviour: "no_prompt" }, known: bob },
    step: inside("bob", undefined),
    trace: [["individual-login", "without the parameter organization this app signs in a personal account"]],
  },
  {
    title: "without a prompt an app for members needs the organization named",
    given: { client: { behaviour: "no_prompt", usage: "require" }, known: bob },
    step: denied("invalid_request", "parameter organization is required for this client"),
    trace: [["organization-required", "the app takes members only, and the request names no organization"]],
  },
  {
    title: "a name is no id where the tenant takes no names",
    given: { request: { organization: "borealis" }, known: bob },
    step: denied("invalid_request", "authorization request parameter organization must be an organization id"),
    trace: [["organization-by-name", "the tenant does not take names"]],
  },
  {
    title: "an id of no organization is invalid",
    given: { request: { organization: "org_nobody" }, known: bob },
    step: denied("invalid_request", "parameter organization is invalid"),
    trace: [["organization-unknown", "there is no organization org_nobody"]],
  },
  {
    title: "a name of no organization is invalid",
    given: { tenant: names, request: { organization: "nobody" }, known: bob },
    step: denied("invalid_request", "parameter organization is invalid"),
    trace: [["organization-unknown", "there is no organization nobody"]],
  },
  {
    title: "a name leads in where the tenant takes names",
    given: { tenant: names, request: { organization: "borealis" }, known: bob },
    step: inside("bob", "org_borealis"),
    trace: [requested("borealis"), member("borealis")],
  },
  {
    title: "an organization that lets no third-party app in refuses one",
    given: { client: { firstParty: false }, request: borealis, known: bob },
    step: otherParty,
    trace: [requested("borealis"), ["third-party-apps", "borealis lets no third-party app in"]],
  },
  {
    title: "a third-party app needs a connection on domain level",
    given: { client: { firstParty: false }, known: bob },
    step: denied("access_denied", "no connection enabled for the client"),
    trace: [credentialsFirst, ["third-party-apps", "no connection is on domain level, as a third-party app needs"]],
  },
  {
    title: "the organization is asked for first where the app says so",
    given: { client: companyFirst, known: bob },
    step: prompt,
    trace: [["organization-prompt", "the app asks for the organization first"]],
  },
  {
    title: "the personal account is a way on where both may come",
    given: { client: { behaviour: "pre_login_prompt" }, known: { ...bob, named: "personal" } },
    step: inside("bob", undefined),
    trace: [["personal-account", "the person goes on without an organization"]],
  },
  {
    title: "the personal account is no way on where only members come",
    given: { client: companyFirst, known: { ...bob, named: "personal" } },
    step: prompt,
    trace: [],
  },
  {
    title: "a name of no organization is asked for again",
    given: { client: companyFirst, known: { ...bob, named: "nobody" } },
    step: { ...prompt, notFound: "nobody" },
    trace: [["domain-discovery", "no organization goes by nobody"]],
  },
  {
    title: "a name leads to its organization",
    given: { client: companyFirst, known: { ...bob, named: "borealis" } },
    step: inside("bob", "org_borealis"),
    trace: [["domain-discovery", "borealis leads to borealis"], member("borealis")],
  },
  {
    title: "an address leads to the organization of its domain, in capitals too",
    given: { client: companyFirst, known: { ...bob, named: "anyone@BOREALIS.com" } },
    step: inside("bob", "org_borealis"),
    trace: [["domain-discovery", "anyone@BOREALIS.com leads to borealis"], member("borealis")],
  },
  {
    title: "organizations that share a domain are to be chosen from",
    given: { client: companyFirst, known: { ...bob, named: "bob@shared.com" } },
    step: { kind: "select-organization", organizations: ["org_borealis", "org_cedar"] },
    trace: [["domain-shared", "2 organizations share it"]],
  },
  {
    title: "the chosen one of them is entered",
    given: { client: companyFirst, known: { ...bob, named: "bob@shared.com", selected: "org_borealis" } },
    step: inside("bob", "org_borealis"),
    trace: [member("borealis")],
  },
  {
    title: "a third-party app is kept out of the organization that a person names, too",
    given: { client: { ...companyFirst, firstParty: false }, known: { ...bob, named: "borealis" } },
    step: otherParty,
    trace: [
      ["domain-discovery", "borealis leads to borealis"],
      ["third-party-apps", "borealis lets no third-party app in"],
    ],
  },
  {
    title: "a third-party app is kept out of the one that a person chooses, too",
    given: {
      tenant: organization("org_cedar", { thirdParty: true }),
      client: { ...companyFirst, firstParty: false },
      known: { ...bob, named: "bob@shared.com", selected: "org_borealis" },
    },
    step: otherParty,
    trace: [["third-party-apps", "borealis lets no third-party app in"]],
  },
];
