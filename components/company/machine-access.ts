import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";
import { writeMachinePolicy } from "../../access/machine.ts";

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
    const client = this.createClient(name, args);
    const credentials = new auth0.ClientCredentials(
      name,
      { clientId: client.clientId, authenticationMethod: "client_secret_post" },
      { parent: this },
    );
    this.grantWithin(name, args, client);
    this.clientId = client.clientId;
    this.clientSecret = pulumi.secret(credentials.clientSecret);
    this.registerOutputs({ clientId: this.clientId, clientSecret: this.clientSecret });
  }

  private createClient(name: string, args: MachineAccessArgs): auth0.Client {
    return new auth0.Client(
      name,
      {
        name: `${args.companyName} (machine)`,
        description: "API access of one company, within its organization only",
        appType: "non_interactive",
        isFirstParty: true,
        oidcConformant: true,
        grantTypes: ["client_credentials"],
        jwtConfiguration: { alg: "RS256" },
        // Read by the credentials-exchange Action: whose client it is, and what its company must have.
        clientMetadata: writeMachinePolicy(args.organizationId),
      },
      { parent: this },
    );
  }

  private grantWithin(name: string, args: MachineAccessArgs, client: auth0.Client): void {
    const grant = new auth0.ClientGrant(
      name,
      {
        clientId: client.clientId,
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
