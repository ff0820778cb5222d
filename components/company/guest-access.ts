import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";
import { replaceWithConnection } from "./connection-options.ts";

export interface GuestAccessArgs {
  /** The organization that has guests. */
  readonly organizationId: pulumi.Input<string>;
  /** The connection through which they come: another company's, or the shared directory. */
  readonly connectionId: pulumi.Input<string>;
}

/**
 * Lets people who are not the company's own be members of its organization. Each is added by hand: no login makes a
 * guest. It belongs to neither company and is not protected: whoever is to be shut out is out with the next `up`.
 */
export class GuestAccess extends pulumi.ComponentResource {
  constructor(name: string, args: GuestAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:company:GuestAccess", name, args, opts);
    new auth0.OrganizationConnection(
      name,
      { ...args, assignMembershipOnLogin: false, showAsButton: false },
      { parent: this, ...replaceWithConnection },
    );
    this.registerOutputs({});
  }
}
