import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";
import type { Company } from "./company.ts";
import { replaceWithConnection } from "./connection-options.ts";

export interface GuestAccessArgs {
  /** The company that has guests. */
  readonly host: Company;
  /** The connection through which they come: another company's, or the shared directory. */
  readonly connectionId: pulumi.Input<string>;
}

/** Lets people who are not the company's own be members of its organization. Each is added by hand: no login makes a guest. */
export class GuestAccess extends pulumi.ComponentResource {
  constructor(name: string, { host, connectionId }: GuestAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:company:GuestAccess", name, { connectionId }, { ...opts, parent: host });
    new auth0.OrganizationConnection(
      name,
      { organizationId: host.organizationId, connectionId, assignMembershipOnLogin: false, showAsButton: false },
      { parent: this, ...replaceWithConnection },
    );
    this.registerOutputs({});
  }
}
