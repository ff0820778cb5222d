import * as pulumi from "@pulumi/pulumi";
import { Api } from "../components/api/api.ts";
import { Role } from "../components/api/role.ts";
import { App } from "../components/app/app.ts";
import { DirectoryAccess } from "../components/directory/directory-access.ts";
import { UserDirectory } from "../components/directory/user-directory.ts";
import { OperatorClient } from "../components/operator/operator-client.ts";
import { AttackProtection } from "../components/tenant/attack-protection.ts";
import { LoginExperience } from "../components/tenant/login-experience.ts";
import { Mail, type MailSender } from "../components/tenant/mail.ts";
import { MultiFactor } from "../components/tenant/multi-factor.ts";
import { TenantSettings } from "../components/tenant/tenant-settings.ts";
import { type ApiName, apis, apps, type CatalogApp, type CatalogRole, directoryName, roles } from "./catalog.ts";
import type { ConnectedAws } from "./connected-aws.ts";
import type { ConnectedTenant } from "./connected-tenant.ts";
import { declareEdges, declareStores } from "./declare-aws.ts";
import { declareCompanies } from "./declare-companies.ts";
import { directoryOf } from "./declare-directory.ts";
import { declareGates, gatesDigest } from "./declare-gates.ts";
import { known } from "./known.ts";
import type { Settings } from "./load.ts";
import { mapEntries } from "./map-entries.ts";
import { type CatalogOperator, operators } from "./operators.ts";
import { has } from "./plans.ts";
import type { Mail as MailSettings } from "./schema/settings.ts";
import { loginTexts } from "./texts.ts";

/**
 * Declares a whole tenant from a stack's settings, and returns what other programs need of it. The order is a chain:
 * nobody can sign in to anything before the Actions are bound, and no client exists before the tenant's flags say
 * that a new one is enabled nowhere.
 */
export async function declareTenant(
  settings: Settings,
  { domain, managementApiIdentifier }: ConnectedTenant,
  aws: ConnectedAws = {},
) {
  const { guard } = settings.environment;
  const { auditTrail, loginDomain, sender } = await declareEdges(settings, aws);

  const declaredApis = mapEntries(apis, (name, api) => {
    return new Api(name, { ...api, identifier: settings.apis[name], guard });
  });
  const identifiers = mapEntries(declaredApis, (_, { identifier }) => identifier);
  const declaredRoles = mapEntries(roles, (name, role: CatalogRole) => {
    return new Role(name, { description: role.description, permissions: permissionsOf(role, identifiers) });
  });

  const operatorArgs = (operator: CatalogOperator) => ({
    displayName: operator.displayName,
    description: operator.description,
    grants: {
      ...grantsOf(operator.scopes, identifiers),
      ...(operator.managementScopes.length > 0 && {
        management: { audience: managementApiIdentifier, scopes: operator.managementScopes },
      }),
    },
  });
  const { "first-roles": firstRolesEntry, ...otherOperators } = operators;
  const firstRolesClient = new OperatorClient("first-roles", operatorArgs(firstRolesEntry));
  const gates = declareGates(settings, { domain, client: firstRolesClient, roles: declaredRoles });

  // After the first client: Auth0 enables a new one on the connections that exist, until the tenant's flag says no.
  const directory = new UserDirectory(
    directoryName,
    { connectionName: directoryName, guard },
    { dependsOn: firstRolesClient },
  );
  // By waiting, not by dependsOn: what depends on the gates in the state could not be left out of a run that changes them.
  await known(gates.map(({ bound }) => bound));
  // After the gates: with a default directory, its passwords count even for apps that it is not enabled for.
  const tenant = declareTenantSettings(settings, directory.connectionName, { sender, loginDomain });
  const afterTenant = { dependsOn: tenant };
  const declaredOperators = {
    "first-roles": firstRolesClient,
    ...mapEntries(otherOperators, (name, operator: CatalogOperator) => {
      return new OperatorClient(name, operatorArgs(operator), afterTenant);
    }),
  };
  const declaredApps = mapEntries(apps, (name, app: CatalogApp) => {
    const { site, userScopes, ...rest } = app;
    const args = { ...rest, url: settings.sites[site], grants: grantsOf(userScopes, identifiers), guard };
    return new App(name, args, afterTenant);
  });
  // Nothing depends on this one: on the way out it goes before the gates.
  const behindGates = { dependsOn: [tenant, ...gates] };
  const clientIds = mapEntries(declaredApps, (_, { clientId }) => clientId);
  new DirectoryAccess(directoryName, { directory, clientIds: Object.values(clientIds), guard }, behindGates);
  const { exported: companies, applied } = declareCompanies(settings, {
    clientIds,
    audience: identifiers.service,
    directoryId: directory.connectionId,
    afterTenant,
  });

  const exportedApps = mapEntries(declaredApps, (_, { clientId, clientSecret }) => ({ clientId, clientSecret }));
  const exportedApis = mapEntries(declaredApis, (_, { identifier }) => ({ identifier }));
  const exportedOperators = mapEntries(declaredOperators, (_, { clientId, clientSecret }) => {
    return { clientId, clientSecret };
  });
  const issuer = pulumi.interpolate`https://${loginDomain ?? domain}/`;
  const exportedDirectory = directoryOf(settings, { issuer, clientIds, identifiers, companies });
  const stores = await declareStores(settings, aws, {
    issuer,
    apps: exportedApps,
    operators: exportedOperators,
    companies,
    apis: exportedApis,
    directory: exportedDirectory,
  });

  return {
    apps: exportedApps,
    apis: exportedApis,
    roles: mapEntries(declaredRoles, (_, { roleId }) => ({ roleId })),
    operators: exportedOperators,
    companies,
    directory: exportedDirectory,
    applied: { gates: await gatesDigest(settings, domain), companies: applied },
    ...(settings.aws && { aws: { auditTrail, loginDomain, ...stores } }),
  };
}

/** What holds for the whole tenant, and how its login looks. */
function declareTenantSettings(
  settings: Settings,
  defaultDirectory: pulumi.Input<string>,
  edges: { readonly sender: MailSender | undefined; readonly loginDomain: pulumi.Input<string> | undefined },
): TenantSettings {
  const { friendlyName, supportEmail, environment } = settings;
  const homeUrl = settings.sites.main;
  const { loginDomain } = edges;
  const tenant = new TenantSettings("tenant", { friendlyName, supportEmail, defaultDirectory, homeUrl, loginDomain });
  new LoginExperience("login", { branding: settings.branding, texts: loginTexts }, { dependsOn: tenant });
  new AttackProtection("attack-protection", { botDetection: has(environment, "botDetection") });
  new MultiFactor("multi-factor");
  const sender = settings.mail ? senderOf(settings.mail, settings.secret) : edges.sender;
  if (sender) new Mail("mail", { sender });
  return tenant;
}

function permissionsOf(role: CatalogRole, identifiers: Readonly<Record<ApiName, pulumi.Input<string>>>) {
  return Object.values(grantsOf(role.permissions, identifiers)).map(({ audience, scopes }) => ({
    api: audience,
    scopes,
  }));
}

/** Scopes by API name, with each API's identifier. */
function grantsOf(
  scopes: { readonly [Api in ApiName]?: readonly string[] },
  identifiers: Readonly<Record<ApiName, pulumi.Input<string>>>,
) {
  return mapEntries(scopes, (api, list) => ({ audience: identifiers[api], scopes: list ?? [] }));
}

function senderOf(mail: MailSettings, secret: Settings["secret"]): MailSender {
  switch (mail.provider) {
    case "smtp":
      return { ...mail, password: secret(mail.password.config) };
    case "ses":
      return {
        ...mail,
        accessKeyId: secret(mail.accessKeyId.config),
        secretAccessKey: secret(mail.secretAccessKey.config),
      };
    default:
      return mail satisfies never;
  }
}
