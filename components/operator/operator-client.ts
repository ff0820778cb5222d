import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";
import { operatorMetadata } from "../../access/machine.ts";
import { machineClient, machineSecret } from "../machine-client.ts";

export interface OperatorClientArgs {
  readonly displayName: string;
  readonly description: string;
  /** What it may do, by a name for each API: identifier and scopes. */
  readonly grants: Readonly<
    Record<string, { readonly audience: pulumi.Input<string>; readonly scopes: readonly string[] }>
  >;
}

/** A program of the operator's own. Its tokens carry no organization, and no Action refuses them. */
export class OperatorClient extends pulumi.ComponentResource {
  readonly clientId: pulumi.Output<string>;
  readonly clientSecret: pulumi.Output<string>;

  constructor(name: string, args: OperatorClientArgs, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:operator:OperatorClient", name, args, opts);
    const { displayName, description } = args;
    const clientId = machineClient(name, { displayName, description, metadata: operatorMetadata }, this);
    this.clientSecret = machineSecret(name, { clientId, renewed: "never" }, this);
    for (const [api, { audience, scopes }] of Object.entries(args.grants)) {
      new auth0.ClientGrant(
        `${name}-${api}`,
        { clientId, audience, subjectType: "client", scopes: [...scopes].sort() },
        { parent: this },
      );
    }
    this.clientId = clientId;
    this.registerOutputs({ clientId: this.clientId, clientSecret: this.clientSecret });
  }
}
