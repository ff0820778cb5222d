import type { Scenario, Visit } from "./scenario.ts";
import { at } from "./sources.ts";
import {
  company,
  enabled,
  errors,
  flow,
  listed,
  member,
  nadia,
  newCompany,
  noConnection,
  ownWords,
  partner,
  pavel,
  says,
  settings,
  traces,
} from "./story.ts";

const names = settings({ allow_organization_name_in_authentication_api: true });
const byName: Visit = { app: "main", ask: { organization: "dune-crafts" }, as: "nadia@mail.example" };
const byId: Visit = { app: "main", ask: { organization: "{org:dune-crafts}" }, as: "nadia@mail.example" };

/** The extra rules beside the table: names, silent logins, connections and applications of an organization. */
export const rules: readonly Scenario[] = [
  {
    title: "an organization by its name is refused where the tenant takes ids only",
    source: at.membership,
    when: byName,
    outcome: {
      refused: "invalid_request",
      says: errors.organizationName,
      pages: [],
      trace: ["organization-by-name"],
    },
  },
  {
    title: "an organization by its name is taken where the tenant takes names, and the tokens carry the name too",
    source: at.names,
    given: [names],
    when: byName,
    outcome: { admitted: { ...nadia, named: "dune-crafts" }, pages: ["identifier", "password"], trace: traces.named },
  },
  {
    title: "where the tenant takes names an id still serves",
    source: at.names,
    given: [names],
    when: byId,
    outcome: { admitted: { ...nadia, named: "dune-crafts" }, pages: ["identifier", "password"], trace: traces.named },
  },
  {
    title: "the display name of an organization is never taken",
    source: at.names,
    given: [names],
    when: { ...byName, ask: { organization: "Dune Crafts" } },
    outcome: {
      refused: "invalid_request",
      says: errors.organizationInvalid,
      pages: [],
      trace: ["organization-unknown"],
    },
  },
  {
    title: "an individual's tokens carry no organization's name where the tenant takes names",
    source: at.names,
    given: [names],
    when: { app: "main", as: "pavel@mail.example" },
    outcome: {
      admitted: pavel,
      pages: ["identifier", "password"],
      trace: [...traces.password, "personal-account"],
    },
  },
  {
    title: "who is no member of the organization that is named is refused",
    source: at.membership,
    when: { ...byId, as: "pavel@mail.example" },
    outcome: {
      refused: "access_denied",
      says: "user is not part of the {org:dune-crafts} organization",
      pages: ["identifier", "password"],
      trace: traces.named,
    },
  },
  {
    title: "a member cannot enter by a connection that the organization does not have",
    source: at.connectionOfOrganization,
    given: [noConnection("dune-crafts", "users"), member("pavel@mail.example", "dune-crafts")],
    when: { app: "main", as: "pavel@mail.example" },
    outcome: {
      refused: "access_denied",
      says: ownWords.connection,
      pages: ["identifier", "password"],
      trace: [...traces.password, "one-organization", "connection-of-organization"],
    },
  },
  {
    title: "a connection that is switched off on the organization is as one that it does not have",
    source: at.connections,
    given: [newCompany("elm"), enabled("elm", "users"), member("pavel@mail.example", "elm")],
    when: { app: "main", as: "pavel@mail.example" },
    outcome: {
      admitted: {
        as: "pavel@mail.example",
        organization: "elm",
        type: "customer",
        stage: "prospect",
        renew: true,
        may: "unsaid",
      },
      pages: ["identifier", "password"],
      trace: [...traces.password, "one-organization", "membership"],
    },
    next: [
      { when: { change: [noConnection("elm", "users")] } },
      {
        when: { app: "main" },
        outcome: {
          refused: "access_denied",
          says: ownWords.connection,
          pages: [],
          trace: [...traces.session, "one-organization", "connection-of-organization"],
        },
      },
    ],
  },
  {
    title: "prompt=none without a session: login_required",
    source: at.silent,
    when: { app: "main", ask: { prompt: "none" } },
    outcome: {
      refused: "login_required",
      says: errors.loginRequired,
      pages: [],
      trace: ["credentials-first", "default-directory", "identifier-first", "silent-login"],
    },
  },
  {
    title: "prompt=none where the app's organization is not known yet: interaction_required for a member of two",
    source: at.silent,
    when: { app: "main", as: "bruno@mail.example", pick: "Dune Crafts" },
    outcome: {
      admitted: { ...nadia, as: "bruno@mail.example" },
      pages: ["identifier", "password", "picker"],
      trace: [...traces.password, "several-organizations", "picked", "membership"],
    },
    next: [
      {
        when: { app: "main", ask: { prompt: "none" } },
        outcome: {
          refused: "interaction_required",
          says: errors.interactionRequired,
          pages: [],
          trace: [...traces.session, "several-organizations", "silent-login"],
        },
      },
      {
        when: { app: "main", ask: { prompt: "none", organization: "{org:dune-crafts}" } },
        outcome: {
          admitted: { ...nadia, as: "bruno@mail.example" },
          pages: [],
          trace: ["organization-requested", "single-sign-on", "membership"],
        },
      },
    ],
  },
  {
    title: "prompt=none before the person agreed to what the app asks for: consent_required",
    source: at.silent,
    when: { app: "main", as: "pavel@mail.example" },
    outcome: {
      admitted: pavel,
      pages: ["identifier", "password"],
      trace: [...traces.password, "personal-account"],
    },
    next: [
      {
        when: { app: "main-personal", ask: { prompt: "none" } },
        outcome: {
          refused: "consent_required",
          says: errors.consentRequired,
          pages: [],
          trace: ["individual-login", "single-sign-on"],
        },
      },
    ],
  },
  {
    title: "who does not agree to what the app asks for is refused",
    source: at.consent,
    when: { app: "main", as: "pavel@mail.example", consents: false },
    outcome: {
      refused: "access_denied",
      says: errors.notAuthorized,
      pages: ["identifier", "password"],
      trace: [...traces.password, "personal-account"],
    },
  },
  {
    title: "an organization that lists its applications lets members use one of them",
    source: at.applications,
    given: [listed("dune-crafts", "main", true), company("dune-crafts", { is_app_entitlement_active: true })],
    when: byId,
    outcome: { admitted: nadia, pages: ["identifier", "password"], trace: traces.named },
  },
  {
    title: "an organization that lists its applications lets members use no other, whatever connections say",
    source: at.applications,
    given: [listed("dune-crafts", "portal", true), company("dune-crafts", { is_app_entitlement_active: true })],
    when: byId,
    outcome: {
      refused: "access_denied",
      says: ownWords.application,
      pages: ["identifier", "password"],
      trace: [...traces.named, "application-access"],
    },
  },
  {
    title: "APPLICATION_ACCESS=before-actions: such a list decides before an Action would refuse",
    source: at.applications,
    given: [company("fresh-table", { is_app_entitlement_active: true })],
    when: { app: "main", as: "carla@fresh-table.example" },
    outcome: {
      refused: "access_denied",
      says: ownWords.application,
      pages: ["identifier", "password"],
      trace: [...traces.password, "one-organization", "membership", "application-access"],
    },
  },
  {
    title: "APPLICATION_ACCESS=after-actions: the Action's refusal comes first",
    source: at.applications,
    switches: { APPLICATION_ACCESS: "after-actions" },
    given: [company("fresh-table", { is_app_entitlement_active: true })],
    when: { app: "main", as: "carla@fresh-table.example" },
    outcome: {
      refused: "access_denied",
      says: says.wrongType,
      pages: ["identifier", "password"],
      trace: [...traces.password, "one-organization", "membership", "actions"],
    },
  },
  {
    title: "another party's app is kept out of an organization that does not let such apps in",
    source: at.thirdParty,
    given: [...partner("require", "no_prompt")],
    when: { ...byId, app: "partner" },
    outcome: {
      refused: "access_denied",
      says: ownWords.thirdParty,
      pages: [],
      trace: ["organization-requested", "third-party-apps"],
    },
  },
  {
    title: "another party's app enters an organization that lets such apps in, by a connection on domain level",
    source: at.thirdParty,
    given: [
      ...partner("require", "no_prompt"),
      company("dune-crafts", { third_party_client_access: "allow" }),
      { method: "PATCH", path: "connections/{connection:users}", body: { is_domain_connection: true } },
    ],
    when: { ...byId, app: "partner" },
    outcome: {
      admitted: { as: "nadia@mail.example", organization: "dune-crafts", type: "customer", may: nadia.may },
      pages: ["identifier", "password"],
      trace: traces.named,
    },
  },
  {
    title: "another party's app finds no connection where none is on domain level",
    source: at.thirdParty,
    given: [...partner("require", "no_prompt"), company("dune-crafts", { third_party_client_access: "allow" })],
    when: { ...byId, app: "partner" },
    outcome: {
      refused: "access_denied",
      says: ownWords.noConnection,
      pages: [],
      trace: ["organization-requested", "third-party-apps"],
    },
  },
  {
    title: "an organization that is not there is refused",
    source: at.behaviour,
    when: { ...byId, ask: { organization: "org_0123456789abcdef" } },
    outcome: {
      refused: "invalid_request",
      says: errors.organizationInvalid,
      pages: [],
      trace: ["organization-unknown"],
    },
  },
  {
    title: "an app that its maker did not let the API have gets nobody's token for it",
    source: at.apiPolicy,
    given: [flow("main", "allow", "no_prompt")],
    when: { app: "main", ask: { audience: "https://vendor-api.travel.example/" }, as: "pavel@mail.example" },
    outcome: {
      refused: "access_denied",
      says: 'Client "{app:main}" is not authorized to access resource server "https://vendor-api.travel.example/".',
      pages: ["identifier", "password"],
      trace: traces.individual,
    },
  },
];
