import { type AppName, apps, type CatalogApp } from "../catalog.ts";
import { at, type Claimed } from "../entries.ts";
import type { Environment } from "../environments.ts";
import type { Fault } from "../faults.ts";
import { operators } from "../operators.ts";
import { lacks, limits } from "../plans.ts";
/** What apps and entries need of Auth0 beyond what the environment's plan and early access give. */
export function checkFeatures(environment: Environment, entries: readonly Claimed[]): Fault[] {
  return [...checkApps(environment, apps), ...checkEntries(environment, entries), ...checkLimits(environment, entries)];
}

function checkApps(environment: Environment, catalog: Readonly<Record<string, CatalogApp>>): Fault[] {
  const missing = lacks(environment, "discoveryMethods");
  return Object.entries(catalog)
    .filter(([, { login }]) => missing !== undefined && login === "members-organization-first")
    .map(([name]) => ({ file: "stacks/catalog.ts", path: `apps.${name}.login`, message: missing ?? "" }));
}

function checkEntries(environment: Environment, entries: readonly Claimed[]): Fault[] {
  const [access, keys] = [lacks(environment, "machineAccess"), lacks(environment, "machineKeys")];
  return entries.flatMap((entry) => {
    const machines = Object.entries(entry.claims.machines);
    if (machines.length > 0 && access !== undefined) return [at(entry, ["machines"], access)];
    if (keys === undefined) return [];
    return machines
      .filter(([, { authentication }]) => authentication === "private_key_jwt")
      .map(([name]) => at(entry, ["machines", name, "authentication"], keys));
  });
}

function checkLimits({ plan }: Environment, entries: readonly Claimed[]): Fault[] {
  const machines = entries.reduce((sum, { claims }) => sum + Object.keys(claims.machines).length, 0);
  const counts = {
    applications: Object.keys(apps).length + Object.keys(operators).length + machines,
    connections: 1 + entries.reduce((sum, { claims }) => sum + Object.keys(claims.connections).length, 0),
    clientGrants: userGrants() + operatorGrants() + machines,
  };
  return (Object.keys(counts) as (keyof typeof counts)[])
    .filter((kind) => counts[kind] > limits[kind][plan])
    .map((kind) => ({
      file: "stacks/environments.ts",
      path: "plan",
      message: `${counts[kind]} ${words[kind]} are declared; allowed: ${limits[kind][plan]} with plan ${plan}`,
    }));
}

const words = { applications: "applications", connections: "connections", clientGrants: "client grants" } as const;

function userGrants(): number {
  return (Object.keys(apps) as AppName[]).reduce((sum, name) => sum + Object.keys(apps[name].userScopes).length, 0);
}

function operatorGrants(): number {
  return Object.values(operators).reduce(
    (sum, { scopes, managementScopes }) => sum + Object.keys(scopes).length + (managementScopes.length > 0 ? 1 : 0),
    0,
  );
}
