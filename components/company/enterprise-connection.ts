import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";
import { writeDomains } from "../../access/connection-domains.ts";
import type { Guard } from "../guard.ts";
import { limitClients, replaceWithConnection, replaceWithUserId } from "./connection-options.ts";
import { type EnterpriseConnectionSettings, optionsOf } from "./strategies.ts";

export interface EnterpriseConnectionArgs {
  /** The company that the connection belongs to. */
  readonly slug: string;
  readonly settings: EnterpriseConnectionSettings;
  /** Whether addresses at its domains are sent to it, and who signs in becomes a member. Otherwise only who is invited comes in. */
  readonly routed: boolean;
  readonly organizationId: pulumi.Input<string>;
  /** The apps that may use the connection; at most 50. */
  readonly clientIds: readonly pulumi.Input<string>[];
  readonly guard: Guard;
}

/** One company's identity provider, enabled for its organization. The name is the connection's own. */
export class EnterpriseConnection extends pulumi.ComponentResource {
  readonly connectionId: pulumi.Output<string>;

  constructor(name: string, args: EnterpriseConnectionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:company:EnterpriseConnection", name, args, opts);
    const { settings, routed, organizationId, clientIds, guard } = args;
    limitClients(clientIds, this);
    const connection = new auth0.Connection(
      name,
      {
        name,
        // Said each time: an update without it turns the button's text into the technical name.
        displayName: settings.displayName ?? name,
        strategy: settings.strategy,
        // What the post-login Action checks an address against: routing by domain is no guard.
        metadata: writeDomains(args.slug, settings.domains),
        options: optionsOf(settings, { routed, organizationId }),
      },
      { parent: this, ...(settings.strategy === "google-apps" && replaceWithUserId) },
    );
    new auth0.ConnectionClients(
      name,
      { connectionId: connection.id, enabledClients: [...clientIds] },
      { parent: this, retainOnDelete: guard.retain },
    );
    // The mapping stays the strategy's own, and no token is declared: it would lie in the state.
    if (settings.scim) new auth0.ConnectionScimConfiguration(name, { connectionId: connection.id }, { parent: this });
    new auth0.OrganizationConnection(
      name,
      // The company's own prompt shows it: an organization whose connections are all hidden lets nobody in:
      // https://auth0.com/docs/manage-users/organizations/configure-organizations/enable-connections
      {
        organizationId,
        connectionId: connection.id,
        assignMembershipOnLogin: routed && (settings.autoMembership ?? true),
        showAsButton: settings.showAsButton ?? true,
      },
      { parent: this, ...replaceWithConnection },
    );
    this.connectionId = connection.id;
    this.registerOutputs({ connectionId: this.connectionId });
  }
}
