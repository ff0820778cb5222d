import { domainOf } from "../access/address.ts";
import { type Admission, admit } from "../access/admit.ts";
import type { Directory, DirectoryApp, DirectoryOrganization } from "../access/directory.ts";
import type { SoundOrganization } from "../access/organization.ts";
import type { Refusal } from "../access/refusal.ts";
import { writeTerms } from "../access/terms.ts";

/** A company of the directory, with its organization id. */
export interface Company extends DirectoryOrganization {
  readonly id: string;
}

/** @throws when the directory has no such app */
export function appOf({ apps }: Directory, name: string): DirectoryApp {
  return found(apps, name, "app");
}

/** What stands under a name. @throws when nothing does, with the names that there are */
export function found<Value>(map: Readonly<Record<string, Value>>, name: string, kind: string): Value {
  const value = own(map, name);
  if (value !== undefined) return value;
  throw new Error(`no ${kind} ${JSON.stringify(name)} in the directory; known: ${Object.keys(map).join(", ")}`);
}

export function companyById({ organizations }: Directory, id: unknown): Company | undefined {
  const company = typeof id === "string" ? own(organizations, id) : undefined;
  return company && { ...company, id: String(id) };
}

export function companyBySlug(directory: Directory, slug: string | undefined): Company | undefined {
  return companyWith(directory, (company) => company.slug === slug);
}

/** The company that apps know by a label of theirs. */
export function companyAt(directory: Directory, subdomain: string | undefined): Company | undefined {
  return companyWith(directory, (company) => isAt(company, subdomain));
}

export function isAt({ slug, subdomains = [slug] }: DirectoryOrganization, subdomain: string | undefined): boolean {
  // names of hosts know no case: https://www.rfc-editor.org/rfc/rfc4343
  return subdomain !== undefined && subdomains.includes(subdomain.toLowerCase());
}

/** The company at whose own domains an address is: its people come by its sign-in, and none has a password. */
export function companyOfAddress(directory: Directory, address: string | undefined): Company | undefined {
  const domain = domainOf(address);
  return companyWith(directory, (company) => company.state !== "pilot" && hasDomain(company, domain));
}

/** Whether a domain is among a company's own; while the company is a pilot that says nothing of who signs in how. */
export function hasDomain({ domains }: DirectoryOrganization, domain: string | undefined): boolean {
  return domain !== undefined && domains.includes(domain);
}

function companyWith(directory: Directory, is: (company: DirectoryOrganization) => boolean): Company | undefined {
  const entry = Object.entries(directory.organizations).find(([, company]) => is(company));
  return entry && { ...entry[1], id: entry[0] };
}

/** A company in the words of the access rules. */
export function organizationOf({ id, type, state, conditions, apps }: Company): SoundOrganization {
  const status = isActive(state) ? "active" : "suspended";
  return { damaged: false, id, metadata: { ...conditions, ...writeTerms({ apps }), type, status } };
}

/** Why an app or API does not admit a company's people, or an individual where there is none; undefined where it does. */
export function refusalOf(policy: Admission, company: Company | undefined): Refusal | undefined {
  const verdict = admit(policy, company && organizationOf(company));
  return verdict.admitted ? undefined : verdict.refusal;
}

function isActive(state: string): boolean {
  return state === "live" || state === "pilot";
}

function own<Value>(map: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}
