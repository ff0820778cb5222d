import fc from "fast-check";
import { appsFor } from "../../../stacks/app-choice.ts";
import { apis, conditions, directoryName, roles } from "../../../stacks/catalog.ts";
import type { CompanyEntry } from "../../../stacks/schema/company.ts";
import type { Machine } from "../../../stacks/schema/machine.ts";
import { companyStates } from "../../../stacks/states.ts";
import { connection, database, type Made, made } from "./grammar.connections.ts";
import { settled } from "./grammar.settled.ts";
import { colour, connectionName, displayName, httpsUrl, keyPair, label, machineName, slug } from "./grammar.values.ts";

// A company's entry, good by construction: every key that the schema has, and no two that do not go together.

type Customer = Extract<CompanyEntry, { readonly type: "customer" }>;
type Vendor = Extract<CompanyEntry, { readonly type: "vendor" }>;
type Grammar<Entry> = { readonly [Key in keyof Required<Entry>]: fc.Arbitrary<unknown> };

/** The stages of the stack, and connections of its other companies, which may send guests. */
const stages = ["lead", "owner"];
export const guestConnections = ["a-guests-sso", "b-guests-sso", "c-guests-sso"];

const machineKeys: Grammar<Machine> = {
  scopes: fc.subarray(Object.keys(apis.service.scopes), { minLength: 1 }),
  authentication: fc.constantFrom("secret", "private_key_jwt"),
  publicKeys: keyPair,
  rotation: fc.integer({ min: 1, max: 9999 }),
};
const machine = made(machineKeys, ["scopes", "publicKeys"]).map(
  ({ publicKeys, rotation, ...rest }): Made =>
    rest.authentication === "private_key_jwt"
      ? { ...rest, publicKeys }
      : { ...rest, ...(rotation !== undefined && { rotation }) },
);
const machines = fc.oneof(
  { weight: 299, arbitrary: fc.dictionary(machineName, machine, { minKeys: 1, maxKeys: 3 }) },
  {
    weight: 1,
    arbitrary: machine.map((one) => Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`m${n}`, one]))),
  },
);

const connections = fc.oneof(
  { weight: 40, arbitrary: fc.dictionary(connectionName, connection, { minKeys: 1, maxKeys: 2 }) },
  {
    weight: 10,
    arbitrary: fc
      .tuple(fc.dictionary(connectionName, connection, { maxKeys: 2 }), connectionName, database)
      .map(([others, name, own]): Made => ({ ...others, [name]: own })),
  },
  { weight: 1, arbitrary: fc.dictionary(connectionName, connection, { minKeys: 4, maxKeys: 10 }) },
);

const shared = {
  displayName,
  state: fc.constantFrom(...companyStates),
  people: fc.constant("delete"),
  stage: fc.constantFrom(...stages),
  branding: fc.record({ logoUrl: httpsUrl, primaryColor: colour, backgroundColor: colour }),
  connections,
  guests: fc.subarray([...guestConnections, directoryName], { minLength: 1 }),
  subdomains: fc.uniqueArray(label, { minLength: 1, maxLength: 20 }),
  memberRoles: fc.subarray(Object.keys(roles), { minLength: 1 }),
  mfa: fc.constant("required"),
  breakGlass: fc.constantFrom("admin", "break.glass+1", "x".repeat(64)),
};
const members = fc.integer({ min: 1, max: 100_000 });
const customerKeys: Grammar<Customer> = {
  type: fc.constant("customer"),
  ...shared,
  conditions: fc.record({ api_access: fc.constantFrom(...conditions.customer.api_access) }),
  apps: fc.subarray(appsFor([{ type: "customer" }]), { minLength: 1 }),
  machines,
  limits: fc.record({ credentials: fc.integer({ min: 1, max: 50 }), members }, { requiredKeys: [] }),
};
const vendorKeys: Grammar<Vendor> = {
  type: fc.constant("vendor"),
  ...shared,
  conditions: fc.record({ vendor_kind: fc.constantFrom(...conditions.vendor.vendor_kind) }),
  apps: fc.subarray(appsFor([{ type: "vendor" }]), { minLength: 1 }),
  limits: fc.record({ members }, { requiredKeys: [] }),
};

const required = ["type", "displayName", "conditions"];

/** A company as a file has it; the token stands where its number is to be. */
export const companies: fc.Arbitrary<{ readonly slug: string; readonly entry: Made }> = fc
  .tuple(
    slug,
    fc.oneof(
      { weight: 3, arbitrary: made(customerKeys, required) },
      { weight: 1, arbitrary: made(vendorKeys, required) },
    ),
  )
  .map(([name, entry]) => ({ slug: name, entry: settled(entry) }));
