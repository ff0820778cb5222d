import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";

export interface MachineClientArgs {
  readonly displayName: string;
  readonly description: string;
  /** Read by the credentials-exchange Action: whose client it is, and what that needs for a token. */
  readonly metadata: Readonly<Record<string, pulumi.Input<string>>>;
}

/** A client that gets tokens for itself and signs in nobody, with its id and its secret; both are the parent's children. */
export function machineClient(name: string, args: MachineClientArgs, parent: pulumi.Resource) {
  const { clientId } = new auth0.Client(
    name,
    {
      name: args.displayName,
      description: args.description,
      appType: "non_interactive",
      isFirstParty: true,
      oidcConformant: true,
      grantTypes: ["client_credentials"],
      jwtConfiguration: { alg: "RS256" },
      clientMetadata: args.metadata,
    },
    { parent },
  );
  const { clientSecret } = new auth0.ClientCredentials(
    name,
    { clientId, authenticationMethod: "client_secret_post" },
    { parent },
  );
  return { clientId, clientSecret: pulumi.secret(clientSecret) };
}
