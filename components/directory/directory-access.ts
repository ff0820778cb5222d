import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";
import type { Guard } from "../guard.ts";
import type { UserDirectory } from "./user-directory.ts";

export interface DirectoryAccessArgs {
  readonly directory: UserDirectory;
  /** The apps whose login offers a password. */
  readonly clientIds: readonly pulumi.Input<string>[];
  readonly guard: Guard;
}

/** Opens the directory to apps. Apart from it, because the apps come after the tenant, and the tenant after the directory. */
export class DirectoryAccess extends pulumi.ComponentResource {
  constructor(name: string, args: DirectoryAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    const { directory, clientIds, guard } = args;
    super("auth0-b2b:directory:DirectoryAccess", name, { clientIds, guard }, { ...opts, parent: directory });
    new auth0.ConnectionClients(
      name,
      { connectionId: directory.connectionId, enabledClients: [...clientIds] },
      {
        parent: this,
        retainOnDelete: guard.retain,
        aliases: [{ parent: directory }], // a child of the directory itself in 0.1; drop once every stack has run 0.2
      },
    );
    this.registerOutputs({});
  }
}
