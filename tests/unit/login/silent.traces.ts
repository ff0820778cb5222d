import { as, denied, inside, session } from "./story.ts";
import { addressFirst, bySession, credentialsFirst, requested, type Traced } from "./traced.ts";

const prompt = "none" as const;
const login = denied("login_required", "Login required");
const interaction = denied("interaction_required", "Interaction required");
const companyFirst = { usage: "require", behaviour: "pre_login_prompt" } as const;
const wouldAsk = (step: string, code: string) => ["silent-login", `${step} would ask the person: ${code}`] as const;
const ann = { ...as("ann", "acme-sso") };

/** prompt=none at every step that would ask the person, and at those that would not. */
export const silent: readonly Traced[] = [
  {
    title: "a silent login does not ask for the organization",
    given: { client: companyFirst, request: { prompt }, known: session("bob") },
    step: interaction,
    trace: [
      ["organization-prompt", "the app asks for the organization first"],
      wouldAsk("name-organization", "interaction_required"),
    ],
  },
  {
    title: "a silent login does not ask which of the organizations that share a domain",
    given: { client: companyFirst, request: { prompt }, known: { ...session("bob"), named: "x@shared.com" } },
    step: interaction,
    trace: [["domain-shared", "2 organizations share it"], wouldAsk("select-organization", "interaction_required")],
  },
  {
    title: "a silent login shows no picker",
    given: { request: { prompt }, known: session("cat") },
    step: interaction,
    trace: [
      credentialsFirst,
      bySession,
      ["several-organizations", "2 and a personal account to choose from"],
      wouldAsk("pick", "interaction_required"),
    ],
  },
  {
    title: "a silent login asks for no address",
    given: { request: { prompt } },
    step: login,
    trace: [credentialsFirst, addressFirst, wouldAsk("identify", "login_required")],
  },
  {
    title: "a silent login asks for no password",
    given: { request: { prompt, connection: "people" } },
    step: login,
    trace: [
      credentialsFirst,
      ["connection-requested", "the request names people: no routing by address"],
      wouldAsk("password", "login_required"),
    ],
  },
  {
    title: "a silent login leads to no provider",
    given: { request: { prompt, connection: "acme-sso" } },
    step: login,
    trace: [
      credentialsFirst,
      ["connection-requested", "the request names acme-sso: no routing by address"],
      wouldAsk("federate", "login_required"),
    ],
  },
  {
    title: "an error of a silent login is what it is",
    given: { request: { prompt, organization: "org_nobody" }, known: session("bob") },
    step: denied("invalid_request", "parameter organization is invalid"),
    trace: [["organization-unknown", "there is no organization org_nobody"]],
  },
  {
    title: "a silent login runs the Actions",
    given: { request: { prompt, organization: "org_acme" }, known: ann },
    step: inside("ann", "org_acme", { connection: "acme-sso", joins: "org_acme" }),
    trace: [requested("acme"), ["auto-membership", "the connection makes its people members of acme"]],
  },
  {
    title: "a silent login is done once the Actions have admitted",
    given: { request: { prompt, organization: "org_acme" }, known: { ...ann, actions: {} } },
    step: inside("ann", "org_acme", { kind: "admitted", connection: "acme-sso", joins: "org_acme" }),
    trace: [requested("acme"), ["auto-membership", "the connection makes its people members of acme"]],
  },
];
