import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";
import { writeMachinePolicy } from "../../access/machine.ts";
import { machineClient } from "../machine-client.ts";

export interface MachineAccessArgs {
  /** Name of the company that people see. */
  readonly companyName: string;
  readonly organizationId: pulumi.Input<string>;
  readonly audience: pulumi.Input<string>;
  readonly scopes: readonly string[];
}

/**
 * A company's own client for the API. Its tokens carry the company's organization and can carry no other:
 * https://auth0.com/docs/manage-users/organizations/organizations-for-m2m-applications
 */
export class MachineAccess extends pulumi.ComponentResource {
  readonly clientId: pulumi.Output<string>;
  readonly clientSecret: pulumi.Output<string>;

  constructor(name: string, args: MachineAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:company:MachineAccess", name, args, opts);
    const { clientId, clientSecret } = machineClient(
      name,
      {
        displayName: `${args.companyName} (machine)`,
        description: "API access of one company, within its organization only",
        metadata: writeMachinePolicy(args.organizationId),
      },
      this,
    );
    this.grantWithin(name, args, clientId);
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    this.registerOutputs({ clientId: this.clientId, clientSecret: this.clientSecret });
  }

  private grantWithin(name: string, args: MachineAccessArgs, clientId: pulumi.Input<string>): void {
    const grant = new auth0.ClientGrant(
      name,
      {
        clientId,
        audience: args.audience,
        subjectType: "client",
        scopes: [...args.scopes].sort(),
        organizationUsage: "require",
        allowAnyOrganization: false,
      },
      { parent: this },
    );
    new auth0.OrganizationClientGrant(
      name,
      { organizationId: args.organizationId, grantId: grant.id },
      { parent: this },
    );
  }
}
