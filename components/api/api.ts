import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";
import type { Guard } from "../guard.ts";

export interface ApiArgs {
  readonly displayName: string;
  /** The audience of the API's tokens; it can never change. */
  readonly identifier: string;
  /** Seconds that an access token lives. */
  readonly tokenLifetime: number;
  /** Scope → what it lets its holder do. */
  readonly scopes: Readonly<Record<string, string>>;
  readonly guard: Guard;
}

/** One API and its scopes, guarded by roles: a token's scope is what was asked for and is assigned. */
export class Api extends pulumi.ComponentResource {
  readonly identifier: pulumi.Output<string>;

  constructor(name: string, args: ApiArgs, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:api:Api", name, args, pulumi.mergeOptions({ protect: args.guard.protect }, opts));
    const server = this.createServer(name, args);
    const scopes = this.createScopes(name, args, server);
    // From the scopes, not the server: what grants a scope must wait until it exists.
    this.identifier = scopes.resourceServerIdentifier;
    this.registerOutputs({ identifier: this.identifier });
  }

  private createServer(name: string, args: ApiArgs): auth0.ResourceServer {
    return new auth0.ResourceServer(
      name,
      {
        name: args.displayName,
        identifier: args.identifier,
        signingAlg: "RS256",
        allowOfflineAccess: true,
        tokenLifetime: args.tokenLifetime,
        tokenLifetimeForWeb: args.tokenLifetime,
        skipConsentForVerifiableFirstPartyClients: true,
        // RBAC: scope is what was asked for and assigned, `permissions` lists what was assigned.
        enforcePolicies: true,
        tokenDialect: "access_token_authz",
        // An app or a machine without a grant gets no token: https://auth0.com/docs/get-started/apis/api-access-policies-for-applications
        subjectTypeAuthorization: {
          user: { policy: "require_client_grant" },
          client: { policy: "require_client_grant" },
        },
      },
      { parent: this },
    );
  }

  private createScopes(name: string, args: ApiArgs, server: auth0.ResourceServer): auth0.ResourceServerScopes {
    const scopes = Object.entries(args.scopes).map(([name, description]) => ({ name, description }));
    return new auth0.ResourceServerScopes(
      name,
      { resourceServerIdentifier: server.identifier, scopes },
      { parent: this },
    );
  }
}
