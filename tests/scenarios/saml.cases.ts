import type { Call, PageName, Scenario, Visit } from "./scenario.ts";
import { at } from "./sources.ts";
import { company, connection, errors, flow, newAnn, preCustomer, says, traces } from "./story.ts";

const beas = { app: "main", as: "bea@borealis.example" } as const satisfies Visit;
const inBorealis = { organization: "{org:borealis}" };
const byProvider: readonly PageName[] = ["identifier", "provider"];
const atPrompt = ["organization-requested", "identifier-first", "home-realm", "auto-membership", "membership"] as const;
const bySession = ["one-organization", "membership"] as const;

/** Bea of borealis at her first login, and once she has the role that it gave her. */
const newBea = {
  as: "bea@borealis.example",
  organization: "borealis",
  type: "customer",
  stage: "prospect-demo",
  renew: true,
  may: "unsaid",
} as const;
const bea = {
  as: "bea@borealis.example",
  organization: "borealis",
  type: "customer",
  stage: "prospect-demo",
  may: preCustomer,
} as const;
const firstTime = { when: beas, outcome: { admitted: newBea, pages: byProvider, trace: traces.newcomer } } as const;

const mismatch = {
  refused: "access_denied",
  says: says.mismatch,
  pages: byProvider,
  trace: [...traces.newcomer, "actions"],
} as const;

/** A PATCH replaces the options but for certificate and endpoints. */
const optionsOf = (options: object): Call =>
  connection("borealis-sso", { options: { domain_aliases: ["borealis.example"], signSAMLRequest: true, ...options } });

const suspended = company("borealis", { metadata: { type: "customer", status: "suspended", api_access: "off" } });

/** What depends on the protocol, and that nothing else does. */
export const saml: readonly Scenario[] = [
  {
    title: "SAML: an address at the company's domain leads to its provider, and its person into the company",
    source: at.saml,
    ...firstTime,
    next: [
      {
        when: { account: "bea@borealis.example" },
        outcome: {
          account: {
            user_id: "samlp|borealis-sso|borealis-1",
            name: "Bea Berg",
            given_name: "Bea",
            family_name: "Berg",
            nickname: "bea",
            email: "bea@borealis.example",
            email_verified: false,
            identities: [
              { provider: "samlp", user_id: "borealis-sso|borealis-1", connection: "borealis-sso", isSocial: false },
            ],
          },
        },
      },
    ],
  },
  {
    title: "SAML: the company's other domain leads there too",
    source: at.identifierFirst,
    when: { app: "main", as: "boris@borealis-group.example" },
    outcome: { admitted: { ...newBea, as: "boris@borealis-group.example" }, pages: byProvider, trace: traces.newcomer },
  },
  {
    title: "SAML: in the company's own prompt an address leads to its provider",
    source: at.flows,
    when: { ...beas, ask: inBorealis },
    outcome: { admitted: newBea, pages: byProvider, trace: atPrompt },
  },
  {
    title: "SAML: in the company's own prompt the button of its connection leads there without an address",
    source: at.connections,
    when: { ...beas, ask: inBorealis, press: "Continue with Borealis" },
    outcome: {
      admitted: newBea,
      pages: byProvider,
      trace: atPrompt.map((rule) => (rule === "home-realm" ? "button" : rule)),
    },
  },
  {
    title: "SAML: connection= goes straight to the provider",
    source: at.flows,
    when: { ...beas, ask: { ...inBorealis, connection: "borealis-sso" } },
    outcome: {
      admitted: newBea,
      pages: ["provider"],
      trace: ["organization-requested", "connection-requested", "auto-membership", "membership"],
    },
  },
  {
    title: "SAML: the portal finds the company by its domain, and has no access for it",
    source: at.flows,
    when: { app: "portal", organization: "bea@borealis.example", as: "bea@borealis.example" },
    outcome: {
      refused: "access_denied",
      says: says.notEntitled,
      pages: ["organization", ...byProvider],
      trace: [
        ...["organization-prompt", "domain-discovery", "identifier-first", "home-realm"],
        ...["auto-membership", "membership", "actions"],
      ] as typeof traces.newcomer,
    },
  },
  {
    title: "SAML: a vendors' app is not for the company's people",
    source: at.case,
    when: { ...beas, app: "vendor-catering" },
    outcome: { ...mismatch, says: says.wrongType },
  },
  {
    title: "SAML: the first login made the person a member, with the role of the company's stage",
    source: at.justInTime,
    ...firstTime,
    next: [
      {
        when: { ...beas, browser: "another" },
        outcome: { admitted: bea, pages: byProvider, trace: [...traces.provider, ...bySession] },
      },
    ],
  },
  {
    title: "SAML: the tenant's session signs in without the provider, silently too",
    source: at.silent,
    ...firstTime,
    next: [
      { when: { app: "main" }, outcome: { admitted: bea, pages: [], trace: [...traces.session, ...bySession] } },
      {
        when: { app: "main", ask: { prompt: "none" } },
        outcome: { admitted: bea, pages: [], trace: [...traces.session, ...bySession] },
      },
    ],
  },
  {
    title: "SAML: prompt=none without a session asks no provider",
    source: at.silent,
    when: { app: "main", ask: { ...inBorealis, connection: "borealis-sso", prompt: "none" } },
    outcome: {
      refused: "login_required",
      says: errors.loginRequired,
      pages: [],
      trace: ["organization-requested", "connection-requested", "silent-login"],
    },
  },
  {
    title: "SAML: prompt=login leads to the provider again, which knows the browser and asks nothing",
    source: at.universalLogin,
    ...firstTime,
    next: [
      {
        when: { ...beas, ask: { prompt: "login" } },
        outcome: { admitted: bea, pages: ["identifier"], trace: [...traces.provider, ...bySession] },
      },
    ],
  },
  {
    title: "SAML: who signed out of the tenant is signed in at the provider still",
    source: at.universalLogin,
    ...firstTime,
    next: [
      { when: { signOut: "main" } },
      {
        when: { app: "main", ask: { prompt: "none" } },
        outcome: {
          refused: "login_required",
          says: errors.loginRequired,
          pages: [],
          trace: ["credentials-first", "default-directory", "identifier-first", "silent-login"],
        },
      },
      {
        when: beas,
        outcome: { admitted: bea, pages: ["identifier"], trace: [...traces.provider, ...bySession] },
      },
    ],
  },
  {
    title: "SAML: who cancels at the provider comes back to the app with its reason, and can begin again",
    source: at.samlStatus,
    when: { ...beas, cancels: true },
    outcome: {
      refused: "access_denied",
      says: "The person cancelled the sign-in",
      pages: byProvider,
      trace: traces.provider,
    },
    next: [firstTime],
  },
  {
    title: "SAML: somebody whom the provider does not know is asked again",
    source: at.saml,
    when: { ...beas, provider: "nobody@borealis.example" },
    outcome: { stopped: "provider", at: "Sign in at Borealis", pages: byProvider },
  },
  {
    title: "SAML: the connection says which attributes make up the profile, and the user id",
    source: at.samlMapping,
    given: [
      optionsOf({
        fieldsMap: {
          user_id: "urn:oid:2.16.840.1.113730.3.1.3",
          email: ["urn:oid:0.9.2342.19200300.100.1.3", "mail"],
          department: "department",
          app_metadata: "department",
        },
      }),
    ],
    when: { ...beas, provider: "olga" },
    outcome: { admitted: { ...newBea, as: "olga@borealis-group.example" }, pages: byProvider, trace: traces.newcomer },
    next: [
      {
        when: { account: "olga@borealis-group.example" },
        outcome: {
          account: {
            user_id: "samlp|borealis-sso|4711",
            name: "Olga",
            given_name: "Olga",
            nickname: "olga",
            email: "olga@borealis-group.example",
            email_verified: false,
            department: "Travel & Events",
            identities: [
              { provider: "samlp", user_id: "borealis-sso|4711", connection: "borealis-sso", isSocial: false },
            ],
          },
        },
      },
    ],
  },
  {
    title: "SAML: an assertion without an address shows nobody to be the company's",
    source: at.routingIsNoGuard,
    when: { ...beas, provider: "nora" },
    outcome: mismatch,
  },
  {
    title: "R10: SAML: the provider speaks for its own company's domains only",
    source: at.routingIsNoGuard,
    when: { ...beas, provider: "milo@acme.example" },
    outcome: mismatch,
  },
  {
    title: "R10: SAML: the company's address is asked for a password nowhere but where nobody has one",
    source: at.bypass,
    when: { ...beas, ask: { connection: "users" } },
    outcome: { stopped: "password", complaint: "Wrong email or password", pages: ["password"] },
  },
  {
    title: "R9: SAML: an app for individuals refuses the session of a company's login, and says which company it is",
    source: at.case,
    ...firstTime,
    next: [
      {
        when: { app: "main-personal" },
        outcome: {
          refused: "access_denied",
          says: says.organizationOf("borealis"),
          pages: [],
          trace: ["individual-login", "single-sign-on", "actions"],
        },
      },
      {
        when: { app: "main", ask: inBorealis },
        outcome: { admitted: bea, pages: [], trace: ["organization-requested", "single-sign-on", "membership"] },
      },
    ],
  },
  {
    title: "SAML: in the company's prompt a guest's address leads to the guest's own provider",
    source: at.connectionOfOrganization,
    when: { app: "main", as: "adam@acme.example" },
    outcome: { admitted: { ...newAnn, as: "adam@acme.example" }, pages: byProvider, trace: traces.newcomer },
    next: [
      {
        when: {
          change: [
            {
              method: "POST",
              path: "organizations/{org:borealis}/members",
              body: { members: ["{user:adam@acme.example}"] },
            },
          ],
        },
      },
      {
        when: { app: "main", as: "adam@acme.example", ask: inBorealis, browser: "another" },
        outcome: {
          admitted: { ...newBea, as: "adam@acme.example" },
          pages: byProvider,
          trace: ["organization-requested", "identifier-first", "home-realm", "membership"],
        },
      },
    ],
  },
  {
    title: "SAML: a guest of acme's opens no way back: acme's own prompt knows no connection for borealis's addresses",
    source: at.connectionOfOrganization,
    ...firstTime,
    next: [
      {
        when: { ...beas, ask: { organization: "{org:acme}" } },
        outcome: {
          stopped: "identifier",
          complaint: "Nobody signs in here with that address",
          offers: ["Continue with Acme"],
          pages: ["identifier"],
        },
      },
    ],
  },
  {
    title: "SAML: tokens are renewed until the company is suspended",
    source: at.postLogin,
    ...firstTime,
    next: [
      { when: { refresh: "main" }, outcome: { tokens: bea } },
      { when: { change: [suspended] } },
      { when: { refresh: "main" }, outcome: { turnedDown: "access_denied", says: says.suspended } },
      {
        when: { ...beas, browser: "another" },
        outcome: {
          refused: "access_denied",
          says: says.suspended,
          pages: byProvider,
          trace: [...traces.provider, ...bySession, "actions"],
        },
      },
    ],
  },
  {
    title: "SAML: a connection that makes no accounts lets nobody in whom it does not know",
    source: at.justInTimeOff,
    given: [optionsOf({ set_user_root_attributes: "never_on_login" })],
    when: beas,
    outcome: {
      refused: "access_denied",
      says: "JIT user provisioning is disabled for this connection",
      pages: byProvider,
      trace: traces.provider,
    },
  },
  {
    title: "SAML: a provider that is not on this machine is asked nothing",
    source: at.saml,
    given: [optionsOf({ signInEndpoint: "https://login.birch.example/saml/sign-in" })],
    when: beas,
    outcome: {
      refused: "server_error",
      says: "the identity provider https://login.birch.example/saml/sign-in cannot be reached from this tenant",
      pages: ["identifier"],
      trace: traces.provider,
    },
  },
  {
    title: "SAML: an organization is required, and the provider's company is it",
    source: at.required,
    given: [flow("main", "require", "no_prompt")],
    when: { ...beas, ask: inBorealis },
    outcome: { admitted: newBea, pages: byProvider, trace: atPrompt },
  },
];
