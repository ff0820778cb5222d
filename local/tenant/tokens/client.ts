import { textAt, textsAt } from "../management/json.ts";
import type { Objects } from "../management/objects.ts";
import type { Stored } from "../store.ts";
import type { Parameters } from "./parameters.ts";
import { invalidRequest, TokenRefusal } from "./refusal.ts";

/**
 * The client that proves itself by its secret and may use client credentials. Unknown, wrong secret and no secret are one answer:
 * https://github.com/auth0/node-auth0/issues/682
 */
export function provenClient(objects: Objects, { client_id, client_secret }: Parameters): Stored {
  if (client_id === undefined || client_id === "") throw invalidRequest("Missing required parameter: client_id");
  const client = objects.store.get("clients", client_id);
  const secret = client && textAt(client.body, "client_secret");
  if (!client || secret === undefined || secret !== client_secret)
    throw new TokenRefusal(401, "access_denied", "Unauthorized");
  if (!textsAt(client.body, "grant_types").includes("client_credentials")) {
    throw new TokenRefusal(
      403,
      "unauthorized_client",
      "Grant type 'client_credentials' not allowed for the client.",
      "https://auth0.com/docs/clients/client-grant-types",
    );
  }
  return client;
}
