import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";

export interface RoleArgs {
  readonly description: string;
  /** What the role's holders may do: each API's identifier with the scopes they get there. */
  readonly permissions: readonly { readonly api: pulumi.Input<string>; readonly scopes: readonly string[] }[];
}

/** A role: a bundle of permissions and nothing else. The name is the role's own, as people see it. */
export class Role extends pulumi.ComponentResource {
  readonly roleId: pulumi.Output<string>;

  constructor(name: string, args: RoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:api:Role", name, args, opts);
    const role = new auth0.Role(name, { name, description: args.description }, { parent: this });
    const permissions = args.permissions.flatMap(({ api, scopes }) =>
      scopes.map((scope) => ({ name: scope, resourceServerIdentifier: api })),
    );
    new auth0.RolePermissions(name, { roleId: role.id, permissions }, { parent: this });
    this.roleId = role.id;
    this.registerOutputs({ roleId: this.roleId });
  }
}
