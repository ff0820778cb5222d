import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";
import type { Guard } from "../guard.ts";
import { replaceWithConnection } from "./connection-options.ts";

/** How a company's people sign in through their own identity provider, by strategy. */
export type EnterpriseConnectionSettings = {
  readonly clientId: string;
  readonly clientSecret: pulumi.Output<string>;
  /** Addresses at these domains are routed here: https://auth0.com/docs/authenticate/login/auth0-universal-login/identifier-first */
  readonly domains: readonly string[];
} & ({ readonly strategy: "oidc"; readonly issuer: string } | { readonly strategy: "okta"; readonly domain: string });

export interface EnterpriseConnectionArgs {
  /** The company that the connection belongs to. */
  readonly slug: string;
  readonly settings: EnterpriseConnectionSettings;
  readonly organizationId: pulumi.Input<string>;
  /** The apps that may use the connection. */
  readonly clientIds: readonly pulumi.Input<string>[];
  readonly guard: Guard;
}

/** One company's identity provider, enabled for its organization and for no other. The name is the connection's own. */
export class EnterpriseConnection extends pulumi.ComponentResource {
  readonly connectionId: pulumi.Output<string>;

  constructor(name: string, args: EnterpriseConnectionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:company:EnterpriseConnection", name, args, opts);
    const { settings, organizationId, guard } = args;
    const connection = new auth0.Connection(
      name,
      {
        name,
        strategy: settings.strategy,
        metadata: { slug: args.slug },
        options: optionsOf(settings),
      },
      { parent: this },
    );
    new auth0.ConnectionClients(
      name,
      { connectionId: connection.id, enabledClients: [...args.clientIds] },
      { parent: this, retainOnDelete: guard.retain },
    );
    new auth0.OrganizationConnection(
      name,
      { organizationId, connectionId: connection.id, assignMembershipOnLogin: true, showAsButton: false },
      { parent: this, ...replaceWithConnection },
    );
    this.connectionId = connection.id;
    this.registerOutputs({ connectionId: this.connectionId });
  }
}

/** Always the whole set: Auth0 replaces `options` as a whole. */
function optionsOf(settings: EnterpriseConnectionSettings): auth0.types.input.ConnectionOptions {
  const shared = {
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    domainAliases: [...settings.domains],
    scopes: ["openid", "profile", "email"],
  };
  switch (settings.strategy) {
    case "oidc":
      return {
        ...shared,
        type: "back_channel",
        issuer: settings.issuer,
        discoveryUrl: discoveryUrlOf(settings.issuer),
      };
    case "okta":
      return { ...shared, domain: settings.domain };
    default:
      return settings satisfies never;
  }
}

/** https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationRequest */
function discoveryUrlOf(issuer: string): string {
  return `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
}
