import { domainOf } from "../access/address.ts";
import { entitle } from "../access/admit.ts";
import type { Directory, DirectoryApp } from "../access/directory.ts";
import { inGoodStanding } from "../access/organization.ts";
import { type Refusal, refusal } from "../access/refusal.ts";
import {
  appOf,
  type Company,
  companyAt,
  companyById,
  companyOfAddress,
  hasDomain,
  isAt,
  organizationOf,
  refusalOf,
} from "./companies.ts";
import { individual, type LoginReason, type Resolution, type Visit } from "./resolution.ts";

/**
 * How a person gets into an app without a picker: which registration, which organization or none, whom to ask, or where else to go.
 * The app's policy filters, as the tenant's Actions do (`access/admit.ts`).
 * @throws when the directory has no such app
 */
export function resolve(visit: Visit, directory: Directory): Resolution {
  const app = appOf(directory, visit.app);
  const scene = { visit, directory, app, claimed: companyOfAddress(directory, visit.email) };
  return visit.memberships === undefined ? before(scene) : after(scene, visit.memberships);
}

interface Scene {
  readonly visit: Visit;
  readonly directory: Directory;
  readonly app: DirectoryApp;
  /** The company at whose domain the address is: no password there, so nobody is an individual. */
  readonly claimed: Company | undefined;
}

/** Before authentication: by what was typed and what this browser did last, never by who the person is. */
function before(scene: Scene): Resolution {
  const { visit, directory, app, claimed } = scene;
  const named = companyAt(directory, visit.subdomain);
  if (named) return towards(scene, named, "subdomain");
  if (claimed) return towards(scene, claimed, "domain");
  if (visit.lastUsed === individual && admitsIndividuals(scene)) return asIndividual(scene, "last-used");
  const last = companyById(directory, visit.lastUsed);
  const usable = last && isOpen(scene, last) && !refusalOf(app.policy, last);
  return usable ? login(scene, last, "last-used") : login(scene, undefined, "unknown");
}

/**
 * Towards a company that is known already. Its type may send its people to another app; its state and conditions are told to nobody
 * who has not signed in, so the login goes on to the Action's own refusal.
 */
function towards(scene: Scene, company: Company, reason: "subdomain" | "domain"): Resolution {
  const { app, directory } = scene;
  const organization = organizationOf(company);
  const verdict = entitle(app.policy, organization);
  if (!verdict.admitted && verdict.refusal.code === "wrong_type")
    return sent(directory, ({ policy }) => entitle(policy, organization).admitted, verdict.refusal);
  if (!inGoodStanding(organization)) return login(scene, company, "suspended");
  return login(scene, company, verdict.admitted ? reason : "not_entitled");
}

/** After it: by the person's own organizations, of which the app's policy leaves some. */
function after(scene: Scene, memberships: readonly string[]): Resolution {
  const { visit, app } = scene;
  const companies = companiesOf(scene, memberships);
  const named = companies.find((company) => isAt(company, visit.subdomain));
  if (named) return refusalOf(app.policy, named) ? turnedAway(scene, [named]) : login(scene, named, "subdomain");
  if (visit.lastUsed === individual && admitsIndividuals(scene)) return asIndividual(scene, "last-used");
  const suitable = companies.filter((company) => !refusalOf(app.policy, company));
  const last = suitable.find(({ id }) => id === visit.lastUsed);
  if (last) return login(scene, last, "last-used");
  const [only, ...more] = suitable;
  if (more.length > 0) return asked(scene, suitable);
  if (only) return login(scene, only, "membership");
  return admitsIndividuals(scene) ? asIndividual(scene, "individual") : turnedAway(scene, companies);
}

/** The companies whose login is open to the person: who comes by the own company's sign-in becomes its member there. */
function companiesOf(scene: Scene, memberships: readonly string[]): Company[] {
  const ids = new Set([...memberships, ...(scene.claimed ? [scene.claimed.id] : [])]);
  return [...ids].flatMap((id) => companyById(scene.directory, id) ?? []).filter((company) => isOpen(scene, company));
}

/** Whether a company's login has the sign-in that the address has: a password, that of its domain's company, or that of a pilot. */
function isOpen({ visit, claimed }: Scene, company: Company): boolean {
  const { id, guests, passwords } = company;
  const domain = domainOf(visit.email);
  if (domain === undefined) return true;
  if (claimed) return claimed.id === id || guests.includes(domain);
  return passwords || (company.state === "pilot" && hasDomain(company, domain));
}

function admitsIndividuals({ app, claimed }: Scene): boolean {
  return app.policy.individuals === "allow" && !claimed;
}

function login(scene: Scene, company: Company | undefined, reason: LoginReason): Resolution {
  const { clientId } = scene.app;
  return { kind: "login", clientId, organization: company?.id, loginHint: hintOf(scene), reason };
}

function asIndividual(scene: Scene, reason: "last-used" | "individual"): Resolution {
  const { clientId } = scene.app.individuals ?? scene.app;
  return { kind: "login", clientId, organization: undefined, loginHint: hintOf(scene), reason };
}

function hintOf({ visit: { email } }: Scene): string | undefined {
  return domainOf(email) === undefined ? undefined : email;
}

function asked(scene: Scene, companies: readonly Company[]): Resolution {
  const among = companies.map(({ id, slug, displayName }) => ({ organization: id, slug, name: displayName }));
  return { kind: "ask", among, individual: admitsIndividuals(scene), reason: "several" };
}

/** None of a person's companies fits: another app that admits one of them, else the first one's refusal. */
function turnedAway(scene: Scene, companies: readonly Company[]): Resolution {
  const { directory, app } = scene;
  const answers = companies.flatMap((company) => {
    const cause = refusalOf(app.policy, company);
    return cause ? sent(directory, ({ policy }) => !refusalOf(policy, company), cause) : [];
  });
  const [first] = [...answers.filter(({ kind }) => kind === "elsewhere"), ...answers];
  if (first) return first;
  const cause = refusal("individuals_not_admitted");
  return sent(directory, ({ policy }) => policy.individuals === "allow", cause);
}

/** To the app with the fewest conditions among those that admit, and of these the first by name; else nowhere. */
function sent(directory: Directory, admits: (app: DirectoryApp) => boolean, { code, sentence }: Refusal): Resolution {
  const [right] = Object.entries(directory.apps)
    .filter(([, app]) => admits(app))
    .toSorted(([a, { policy: p }], [b, { policy: q }]) => conditionsOf(p) - conditionsOf(q) || (a < b ? -1 : 1));
  if (!right) return { kind: "refused", reason: code, sentence };
  const [app, { url }] = right;
  return { kind: "elsewhere", app, url, reason: code, sentence };
}

function conditionsOf({ orgRequires }: DirectoryApp["policy"]): number {
  return Object.keys(orgRequires).length;
}
