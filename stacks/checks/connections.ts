import { directoryName } from "../catalog.ts";
import { at, type Claimed } from "../entries.ts";
import type { Fault } from "../faults.ts";
import { plain } from "../schema/strict.ts";
/** What a company's connections must be together: one database at most in a login, and a button to press. */
export function checkConnections(entries: readonly Claimed[]): Fault[] {
  const databases = new Set([
    directoryName,
    ...entries.flatMap(({ claims }) =>
      Object.entries(claims.connections)
        .filter(isDatabase)
        .map(([name]) => name),
    ),
  ]);
  return entries.flatMap((entry) => [...meetingDatabases(entry, databases), ...hiddenConnections(entry)]);
}

type Connection = readonly [name: string, claims: { readonly strategy?: unknown; readonly owner?: unknown }];

function isDatabase([, { strategy }]: Connection): boolean {
  return strategy === "database";
}

/** Which of two databases a password is for, nobody can say: https://auth0.com/docs/get-started/architecture-scenarios/multiple-organization-architecture/multiple-idp-orgs */
function meetingDatabases(entry: Claimed, databases: ReadonlySet<string>): Fault[] {
  const { connections, guests, breakGlass } = entry.claims;
  const own = Object.entries(connections);
  const places = [
    ...(own.length === 0 ? [{ name: directoryName, place: [] as PropertyKey[] }] : []),
    ...own.filter(isDatabase).map(([name]) => ({ name, place: ["connections", name, "strategy"] as PropertyKey[] })),
    ...(typeof breakGlass === "string" ? [{ name: directoryName, place: ["breakGlass"] as PropertyKey[] }] : []),
    ...guests.flatMap((name, n) =>
      typeof name === "string" && databases.has(name) && !Object.hasOwn(connections, name)
        ? [{ name, place: ["guests", n] as PropertyKey[] }]
        : [],
    ),
  ];
  const [first, ...others] = places;
  return others
    .filter(({ name }) => name !== first?.name)
    .map(({ name, place }) => {
      const message = `${plain(name)} beside ${plain(first?.name ?? "")}: two databases in one login, and Auth0 cannot tell whose a password is; allowed: one`;
      return at(entry, place, message);
    });
}

/** https://auth0.com/docs/manage-users/organizations/configure-organizations/enable-connections */
function hiddenConnections(entry: Claimed): Fault[] {
  const declared = Object.values(entry.claims.connections).filter(({ owner }) => owner !== "self-service");
  if (declared.length === 0 || !declared.every(({ showAsButton }) => showAsButton === false)) return [];
  const message =
    "no connection shows its button, and Auth0 lets nobody into such an organization by its name; allowed: showAsButton: true for one";
  return [at(entry, ["connections"], message)];
}
