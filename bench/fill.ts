import { join } from "node:path";
import { families } from "../local/tenant/entities/index.ts";
import type { Body } from "../local/tenant/management/json.ts";
import { Objects } from "../local/tenant/management/objects.ts";
import type { Call, Tenant } from "../local/tenant/management/tables.ts";
import { Store } from "../local/tenant/store.ts";
import { defaultSwitches } from "../local/tenant/switches.ts";
import { Served } from "./server.ts";

/** How many objects a data file gets; the members are all of its first organization. */
export interface Size {
  readonly organizations: number;
  readonly users: number;
  readonly members: number;
}

/** Objects that are written in one transaction. */
const batch = 5000;

/**
 * Makes a tenant's data file and fills it past the API but by the tenant's own tables, so that it holds what as many requests would have
 * left. Answers the id of the first organization.
 */
export async function fill(folder: string, { organizations, users, members }: Size): Promise<string> {
  await (await Served.start("tenant", folder)).stop();
  const { store } = Store.open(join(folder, "tenant.db"));
  const objects = new Objects(store, families);
  const tenant: Tenant = { objects, domain: "localhost", signingKeys: [], switches: defaultSwitches };
  const create = (family: string, body: Body): string => {
    const call: Call = { tenant, scopes: "all", method: "POST", params: {}, query: {}, body };
    return objects.create(family, [], body, call).id;
  };
  const companies = inBatches(store, organizations, (n) => create("organizations", company(n)));
  const people = inBatches(store, users, (n) => create("users", person(n)));
  const [first = ""] = companies;
  const link = families.flatMap(({ links = [] }) => links).find(({ family }) => family === "organization-members");
  if (link) inBatches(store, members, (n) => objects.link(link, [first], people[n] ?? "").id);
  store.close();
  return first;
}

export const company = (n: number): Body => ({
  name: `company-${padded(n)}`,
  display_name: `Company ${padded(n)}`,
  metadata: { number: `${n}` },
});

export const person = (n: number): Body => ({
  connection: "Username-Password-Authentication",
  email: `person-${padded(n)}@company-${padded(n % 1000)}.example`,
  app_metadata: { number: n },
});

function padded(n: number): string {
  return `${n}`.padStart(6, "0");
}

function inBatches(store: Store, count: number, make: (n: number) => string): string[] {
  const made: string[] = [];
  while (made.length < count) {
    store.transaction(() => {
      const end = Math.min(count, made.length + batch);
      while (made.length < end) made.push(make(made.length));
    });
  }
  return made;
}
