import type { Scenario, Visit } from "./scenario.ts";
import { at } from "./sources.ts";
import { errors, nadia, pavel, settings, traces } from "./story.ts";

const taken = settings({ allow_organization_name_in_authentication_api: true });
const byName: Visit = { app: "main", ask: { organization: "dune-crafts" }, as: "nadia@mail.example" };
const byId: Visit = { app: "main", ask: { organization: "{org:dune-crafts}" }, as: "nadia@mail.example" };

/** An organization by its id, and by its name where the tenant takes names. */
export const names: readonly Scenario[] = [
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
    given: [taken],
    when: byName,
    outcome: { admitted: { ...nadia, named: "dune-crafts" }, pages: ["identifier", "password"], trace: traces.named },
  },
  {
    title: "where the tenant takes names an id still serves",
    source: at.names,
    given: [taken],
    when: byId,
    outcome: { admitted: { ...nadia, named: "dune-crafts" }, pages: ["identifier", "password"], trace: traces.named },
  },
  {
    title: "the display name of an organization is never taken",
    source: at.names,
    given: [taken],
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
    given: [taken],
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
];
