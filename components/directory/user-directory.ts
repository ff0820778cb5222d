import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";
import type { Guard } from "../guard.ts";

export interface UserDirectoryArgs {
  /** The connection's name in Auth0; it can never change, and its users go with it. */
  readonly connectionName: string;
  readonly guard: Guard;
}

/** The one database of people with passwords: individuals, and companies without single sign-on. No app uses it yet. */
export class UserDirectory extends pulumi.ComponentResource {
  readonly connectionId: pulumi.Output<string>;
  readonly connectionName: pulumi.Output<string>;

  constructor(name: string, args: UserDirectoryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:directory:UserDirectory", name, args, pulumi.mergeOptions({ protect: args.guard.protect }, opts));
    const connection = new auth0.Connection(
      name,
      {
        name: args.connectionName,
        strategy: "auth0",
        // Written although they are Auth0's own for a new one: an update without them takes them away.
        options: {
          strategyVersion: 2,
          mfa: { active: true, returnEnrollSettings: true },
          disableSignup: false, // an individual signs up by himself
          bruteForceProtection: true,
          passwordPolicy: "good",
          passwordNoPersonalInfo: { enable: true },
          passwordDictionary: { enable: true },
        },
      },
      { parent: this },
    );
    this.connectionId = connection.id;
    this.connectionName = connection.name;
    this.registerOutputs({ connectionId: this.connectionId, connectionName: this.connectionName });
  }
}
