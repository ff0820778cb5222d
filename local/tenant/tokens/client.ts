import { textAt, textsAt } from "../management/json.ts";
import type { Objects } from "../management/objects.ts";
import type { Stored } from "../store.ts";
import type { Parameters } from "./parameters.ts";
import { invalidRequest, TokenRefusal } from "./refusal.ts";

/**
 * The client that proves itself and may use the grant. By its secret; one without a secret (`token_endpoint_auth_method: none`) by its id
 * alone, for the grants of people. Unknown, wrong secret and no secret are one answer: https://github.com/auth0/node-auth0/issues/682
 */
export function provenClient(objects: Objects, { client_id, client_secret }: Parameters, grant: string): Stored {
  if (client_id === undefined || client_id === "") throw invalidRequest("Missing required parameter: client_id");
  const client = objects.store.get("clients", client_id);
  if (!client || !isProven(client, client_secret, grant)) throw new TokenRefusal(401, "access_denied", "Unauthorized");
  if (!textsAt(client.body, "grant_types").includes(grant)) {
    throw new TokenRefusal(
      403,
      "unauthorized_client",
      `Grant type '${grant}' not allowed for the client.`,
      "https://auth0.com/docs/clients/client-grant-types",
    );
  }
  return client;
}

function isProven({ body }: Stored, given: string | undefined, grant: string): boolean {
  if (textAt(body, "token_endpoint_auth_method") === "none")
    return grant !== "client_credentials" && given === undefined;
  const secret = textAt(body, "client_secret");
  return secret !== undefined && secret === given;
}
