import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";
import { writeMachinePolicy } from "../../access/machine.ts";
import { machineClient, machineKeys, machineSecret, type SecretRenewal } from "../machine-client.ts";

export interface MachineAccessArgs {
  /** The name that people see. */
  readonly displayName: string;
  readonly organizationId: pulumi.Input<string>;
  readonly audience: pulumi.Input<string>;
  readonly scopes: readonly string[];
  readonly proof: MachineProof;
}

/**
 * What a company's client proves itself with: a secret, or public keys (PEM). Whether the secret is made anew is asked for: as a value it
 * would be an input of the components, and another one in the next `up`.
 */
export type MachineProof = { readonly secret: () => SecretRenewal } | { readonly publicKeys: readonly string[] };

/**
 * A company's own client for the API. Its tokens carry the company's organization and can carry no other:
 * https://auth0.com/docs/manage-users/organizations/organizations-for-m2m-applications
 */
export class MachineAccess extends pulumi.ComponentResource {
  readonly clientId: pulumi.Output<string>;
  /** Undefined for a client that proves itself with a key. */
  readonly clientSecret: pulumi.Output<string> | undefined;

  constructor(name: string, args: MachineAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:company:MachineAccess", name, args, opts);
    const { displayName, proof } = args;
    const description = "API access of one company, within its organization only";
    const metadata = writeMachinePolicy(args.organizationId);
    const clientId = machineClient(name, { displayName, description, metadata }, this);
    this.clientId = clientId;
    this.clientSecret =
      "secret" in proof ? machineSecret(name, { clientId, renewed: proof.secret() }, this) : undefined;
    if ("publicKeys" in proof) machineKeys(name, { clientId, publicKeys: proof.publicKeys }, this);
    this.grantWithin(name, args, clientId);
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
