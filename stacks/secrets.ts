import * as pulumi from "@pulumi/pulumi";

/** Where the secret of a connection lies: in the stack's file, encrypted, or with AWS Secrets Manager. */
export type SecretPlace = { readonly config: string } | { readonly arn: string };

/**
 * The secret of a connection; secret from the first moment. One of AWS is read anew by every preview and `up`, its current
 * version as a whole, with the credentials that the AWS provider finds. The provider is loaded where an entry needs it only.
 * @param ofStack a secret of the stack by its name
 */
export function connectionSecret(
  connection: string,
  place: SecretPlace,
  ofStack: (name: string) => pulumi.Output<string>,
): pulumi.Output<string> {
  return "config" in place ? ofStack(place.config) : pulumi.secret(readFromAws(connection, place.arn));
}

async function readFromAws(connection: string, arn: string): Promise<pulumi.Output<string>> {
  const { secretsmanager } = await import("@pulumi/aws");
  const region = arn.split(":")[3] ?? "";
  const { secretString } = secretsmanager.getSecretVersionOutput({ secretId: arn, region });
  return pulumi.secret(secretString).apply((text) => filled(connection, text));
}

/** @throws pulumi.RunError where nothing is in it: Auth0 would take that for no secret at all */
export function filled(connection: string, text: string | undefined): string {
  if (text !== undefined && text.trim() !== "") return text;
  throw new pulumi.RunError(`The secret of connection ${connection} is empty with AWS Secrets Manager.`);
}
