import { type AppName, apps, type CatalogApp, directoryName } from "../../../stacks/catalog.ts";
import { isMap } from "../../../stacks/schema/strict.ts";
import type { Made } from "./grammar.connections.ts";
import { token } from "./grammar.values.ts";

const catalog: Readonly<Record<AppName, CatalogApp>> = apps;

/** A generated entry without what does not go together: of two keys that exclude each other one stays. */
export function settled({ people, ...entry }: Made): Made {
  return defined({
    ...entry,
    people: entry.state === "retired" ? people : undefined,
    ...withApi(entry),
    ...withConnections(entry),
  });
}

/** Machines, their number, and apps: of a company that may have them. */
function withApi({ conditions, machines, limits, apps }: Made): Made {
  const held = mapOf(conditions);
  const count = Object.keys(mapOf(machines)).length;
  const { credentials, ...others } = mapOf(limits);
  const most = Math.min(Number(credentials), 50 - count);
  const access = held.api_access !== "off";
  const entered = listOf(apps).filter((name) =>
    Object.entries(catalog[name as AppName].policy.orgRequires).every(([key, value]) => held[key] === value),
  );
  return {
    machines: access ? machines : undefined,
    limits: limits && defined({ ...others, credentials: access && most >= 1 ? most : undefined }),
    apps: entered.length === 0 ? undefined : entered,
  };
}

/** Connections, guests and a break-glass account: ten in all, one database, a button, and each domain once. */
function withConnections({ connections, guests, breakGlass }: Made): Made {
  const own = withOwnDomains(Object.entries(mapOf(connections)) as [string, Made][]);
  const domain = own.flatMap(([, one]) => listOf(one.domains)).find(({ length }) => length < 190); // 255 with the longest name
  const database = own.some(([, { strategy }]) => strategy === "database");
  const broken = breakGlass !== undefined && domain !== undefined && !database && own.length < 9;
  const most = Math.min(9, 10 - own.length - (broken ? 1 : 0));
  const invited = listOf(guests)
    .filter((name) => name !== directoryName || (own.length > 0 && !database))
    .slice(0, most);
  return {
    connections: connections && Object.fromEntries(withButton(own)),
    guests: invited.length === 0 ? undefined : invited,
    breakGlass: broken ? `${breakGlass}@${domain}` : undefined,
  };
}

/** Each domain in one connection; a Workspace's and a directory's own domain is one of them. */
function withOwnDomains(own: readonly [string, Made][]): [string, Made][] {
  const taken = new Set<string>();
  return own.map(([name, one], n) => {
    if (!Array.isArray(one.domains)) return [name, one];
    const free = listOf(one.domains).filter((domain) => !taken.has(domain) && taken.size < 100 && taken.add(domain));
    const domains = free.length === 0 ? [`only-${n}.${token}.example`] : free;
    const key = { waad: "tenantDomain", "google-apps": "domain" }[String(one.strategy)];
    return [name, { ...one, domains, ...(key !== undefined && key in one && { [key]: domains[0] }) }];
  });
}

/** An organization whose connections are all hidden lets nobody in. */
function withButton(own: readonly [string, Made][]): [string, Made][] {
  const [first] = own.filter(([, { owner }]) => owner !== "self-service");
  return own.map(([name, one]) => [
    name,
    name === first?.[0] && "showAsButton" in one ? { ...one, showAsButton: true } : one,
  ]);
}

function defined(made: Made): Made {
  return Object.fromEntries(Object.entries(made).filter(([, value]) => value !== undefined));
}

function mapOf(value: unknown): Made {
  return isMap(value) ? value : {};
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value : [];
}
