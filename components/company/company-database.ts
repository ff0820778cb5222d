import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";
import { writeOwner } from "../../access/connection-domains.ts";
import type { Guard } from "../guard.ts";
import { limitClients, replaceWithConnection } from "./connection-options.ts";
import type { Database } from "./strategies/database.ts";
import { optionsOf } from "./strategies.ts";

export interface CompanyDatabaseArgs {
  /** The company whose people are in it. */
  readonly slug: string;
  readonly settings: Database & { readonly autoMembership?: boolean | undefined };
  /** Whether who signs in becomes a member. Not in a pilot. */
  readonly members: boolean;
  readonly organizationId: pulumi.Input<string>;
  /** The apps that may use it; at most 50. */
  readonly clientIds: readonly pulumi.Input<string>[];
  readonly guard: Guard;
}

/**
 * A database of one company's own people, enabled for its organization alone. Nobody signs up: not at the connection, and
 * not at the organization, whose own setting would open the connection's again
 * (https://auth0.com/docs/manage-users/organizations/configure-organizations/enable-connections). The name is the connection's own.
 */
export class CompanyDatabase extends pulumi.ComponentResource {
  readonly connectionId: pulumi.Output<string>;

  constructor(name: string, args: CompanyDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:company:CompanyDatabase", name, args, opts);
    const { settings, members, organizationId, clientIds, guard } = args;
    limitClients(clientIds, this);
    const connection = new auth0.Connection(
      name,
      {
        name,
        strategy: "auth0",
        // By it the post-login Action keeps the company's people in their company.
        metadata: writeOwner(args.slug),
        options: optionsOf(settings, { routed: false, organizationId }),
      },
      { parent: this },
    );
    new auth0.ConnectionClients(
      name,
      { connectionId: connection.id, enabledClients: [...clientIds] },
      { parent: this, retainOnDelete: guard.retain },
    );
    new auth0.OrganizationConnection(
      name,
      {
        organizationId,
        connectionId: connection.id,
        assignMembershipOnLogin: members && (settings.autoMembership ?? true),
        isSignupEnabled: false,
      },
      { parent: this, ...replaceWithConnection },
    );
    this.connectionId = connection.id;
    this.registerOutputs({ connectionId: this.connectionId });
  }
}
