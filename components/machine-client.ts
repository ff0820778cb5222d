import { createHash, randomBytes } from "node:crypto";
import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";

export interface MachineClientArgs {
  readonly displayName: string;
  readonly description: string;
  /** Read by the credentials-exchange Action: whose client it is, and what that needs for a token. */
  readonly metadata: Readonly<Record<string, pulumi.Input<string>>>;
}

/** Whether a client has the secret that Auth0 made with it, one that an earlier `up` made, or one that this `up` makes. */
export type SecretRenewal = "never" | "before" | "now";

/** A client that gets tokens for itself and signs in nobody; the parent's child. Its credentials are declared beside it. */
export function machineClient(name: string, args: MachineClientArgs, parent: pulumi.Resource): pulumi.Output<string> {
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
  return clientId;
}

/** The secret that a client proves itself with. The provider makes none by itself: a new one is written in place of the old. */
export function machineSecret(
  name: string,
  { clientId, renewed }: { readonly clientId: pulumi.Input<string>; readonly renewed: SecretRenewal },
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const { clientSecret } = new auth0.ClientCredentials(
    name,
    {
      clientId,
      authenticationMethod: "client_secret_post",
      ...(renewed !== "never" && { clientSecret: pulumi.secret(newSecret()) }),
    },
    // What an earlier `up` made stays: this run's random text is no change.
    { parent, ...(renewed === "before" && { ignoreChanges: ["clientSecret"] }) },
  );
  return pulumi.secret(clientSecret);
}

/** As long as Auth0's own, 64 characters: https://auth0.com/docs/get-started/applications/rotate-client-secret */
function newSecret(): string {
  return randomBytes(48).toString("base64url");
}

/**
 * The public keys, PEM, by which a client proves itself: it signs with the private key of any of them, and has no secret.
 * https://auth0.com/docs/get-started/applications/configure-private-key-jwt
 */
export function machineKeys(
  name: string,
  { clientId, publicKeys }: { readonly clientId: pulumi.Input<string>; readonly publicKeys: readonly string[] },
  parent: pulumi.Resource,
): void {
  const credentials = publicKeys.map((pem) => ({
    credentialType: "public_key",
    // By the key itself, not by its place: a key that moves up is still the same credential.
    name: createHash("sha256").update(pem).digest("hex").slice(0, 16),
    algorithm: "RS256",
    pem,
  }));
  new auth0.ClientCredentials(
    name,
    { clientId, authenticationMethod: "private_key_jwt", privateKeyJwt: { credentials } },
    { parent },
  );
}
