import type * as pulumi from "@pulumi/pulumi";
import type { OrganizationType } from "../access/words.ts";
import { PostLogin } from "../components/actions/post-login.ts";
import { Api } from "../components/api/api.ts";
import { Role } from "../components/api/role.ts";
import { App } from "../components/app/app.ts";
import { Company } from "../components/company/company.ts";
import type { EnterpriseConnectionSettings } from "../components/company/enterprise-connection.ts";
import { UserDirectory } from "../components/directory/user-directory.ts";
import { LoginExperience } from "../components/tenant/login-experience.ts";
import { TenantSettings } from "../components/tenant/tenant-settings.ts";
import {
  type ApiName,
  type AppName,
  apis,
  apps,
  type CatalogApp,
  type CatalogRole,
  directoryName,
  roles,
} from "./catalog.ts";
import type { Settings } from "./load.ts";
import type { CompanyEntry } from "./schema/company.ts";

/** Declares a whole tenant from a stack's settings, and returns what other programs need of it. */
export function declareTenant(settings: Settings) {
  const { friendlyName, supportEmail, claimNamespace, stages } = settings;
  const { guard } = settings.environment;
  const tenant = new TenantSettings("tenant", { friendlyName, supportEmail });
  new LoginExperience("login", settings.branding, { dependsOn: tenant });
  const gate = new PostLogin("post-login", { settings: { claimNamespace, stages }, guard });

  // After the tenant: by default Auth0 enables a new client on the connections that exist.
  const declaredApps = mapEntries(apps, (name, app) => {
    return new App(name, { ...app, url: settings.apps[name] }, { dependsOn: tenant });
  });
  const declaredApis = mapEntries(
    apis,
    (name, api) => new Api(name, { ...api, identifier: settings.apis[name], guard }),
  );
  const declaredRoles = mapEntries(roles, (name, role: CatalogRole) => {
    return new Role(name, { description: role.description, permissions: permissionsOf(role, declaredApis) });
  });
  const clientIds = Object.values(declaredApps).map((app) => app.clientId);
  // After the gate: nobody can sign in to anything before the Action is bound.
  const behindGate = { dependsOn: [tenant, gate] };
  const directory = new UserDirectory(directoryName, { connectionName: directoryName, clientIds, guard }, behindGate);

  const companies = settings.companies.map(({ slug, entry }) => {
    const machine = entry.type === "customer" ? entry.machine : undefined;
    const args = {
      ...entry,
      connections: entry.connections && connectionsOf(entry.connections, settings.secret),
      machine: machine && { ...machine, audience: declaredApis.service.identifier },
      clientIds: appsFor(entry.type).map((name) => declaredApps[name].clientId),
      directoryId: directory.connectionId,
      guard,
    };
    const company = new Company(slug, args, behindGate);
    return [slug, company] as const;
  });

  return {
    apps: mapEntries(declaredApps, (_, { clientId, clientSecret }) => ({ clientId, clientSecret })),
    apis: mapEntries(declaredApis, (_, { identifier }) => ({ identifier })),
    roles: mapEntries(declaredRoles, (_, { roleId }) => ({ roleId })),
    companies: Object.fromEntries(
      companies.map(([slug, { organizationId, machine }]) => [slug, { organizationId, machine }]),
    ),
  };
}

/** The apps whose policy names a type of organization. */
function appsFor(type: OrganizationType): AppName[] {
  const all: Record<AppName, CatalogApp> = apps;
  return (Object.keys(apps) as AppName[]).filter((name) => all[name].policy.orgTypes.includes(type));
}

function permissionsOf(role: CatalogRole, declared: Readonly<Record<ApiName, Api>>) {
  return (Object.keys(role.permissions) as ApiName[]).map((api) => ({
    api: declared[api].identifier,
    scopes: role.permissions[api] ?? [],
  }));
}

function connectionsOf(
  connections: NonNullable<CompanyEntry["connections"]>,
  secret: (name: string) => pulumi.Output<string>,
): Record<string, EnterpriseConnectionSettings> {
  return mapEntries(connections, (_, settings) => ({
    ...settings,
    clientSecret: secret(settings.clientSecret.config),
  }));
}

function mapEntries<From extends object, To>(
  map: From,
  make: (name: keyof From & string, value: From[keyof From]) => To,
): Record<keyof From & string, To> {
  const entries = (Object.keys(map) as (keyof From & string)[]).map((name) => [name, make(name, map[name])]);
  return Object.fromEntries(entries);
}
