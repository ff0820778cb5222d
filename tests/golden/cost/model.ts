import type { Declared } from "../../../cli/declared/declare.ts";
import { type Load, monthly } from "./load.ts";
import { type Counted, countedOf } from "./rules.ts";

/** The parts of the setting `aws`, and what is there before it, by the component at their top. */
const parts: Readonly<Record<string, string>> = {
  "auth0-b2b:aws:AuditTrail": "audit trail",
  "auth0-b2b:aws:CredentialStore": "credentials",
  "auth0-b2b:aws:ClientCredential": "credentials",
  "auth0-b2b:aws:AppSettings": "app settings",
  "auth0-b2b:aws:MailIdentity": "mail",
  "auth0-b2b:aws:LoginDomain": "login domain",
  "auth0-b2b:aws:CiRoles": "bootstrap",
  "auth0-b2b:aws:StateStore": "bootstrap",
};

/** What is paid for one thing of one type in one part, in US dollars a month. */
export interface Line extends Counted {
  readonly part: string;
  readonly type: string;
  /** Resources of the type in the part. */
  readonly resources: number;
  readonly usd: number;
}

export const isOfAws = ({ type }: Pick<Declared, "type">) => /^aws:\w+\//.test(type);

/** What a stack costs in AWS in a month, in the order in which it is declared. */
export function costOf(declared: readonly Declared[], load: Load): readonly Line[] {
  const month = monthly(load);
  const lines = new Map<string, Line>();
  for (const resource of declared.filter(isOfAws)) {
    for (const { what, quantity, price } of countedOf(resource, month, declared)) {
      const part = partOf(resource, declared);
      const key = [part, resource.type, what].join();
      const before = lines.get(key) ?? { part, type: resource.type, what, price, resources: 0, quantity: 0, usd: 0 };
      const sum = before.quantity + quantity;
      const usd = (sum / price.per) * price.usd;
      lines.set(key, { ...before, resources: before.resources + 1, quantity: sum, usd });
    }
  }
  return [...lines.values()].toSorted((a, b) => order(a) - order(b));
}

export const total = (lines: readonly Line[]) => lines.reduce((sum, { usd }) => sum + usd, 0);

const named = [...new Set(Object.values(parts))];
const order = ({ part }: Line) => named.indexOf(part);

function partOf(resource: Declared, all: readonly Declared[]): string {
  const part = parts[resource.type];
  if (part !== undefined) return part;
  const parent = all.find(({ type, name }) => `${type}::${name}` === resource.parent);
  if (parent) return partOf(parent, all);
  throw new Error(
    `${resource.type} ${resource.name} is of no part; allowed: one below ${Object.keys(parts).join(", ")}`,
  );
}
