import { textAt, textsAt } from "../management/json.ts";
import type { Tenant } from "../management/tables.ts";
import type { Stored } from "../store.ts";
import { assertedClient, checkAssertion, hasKeys } from "./client-assertion.ts";
import type { Parameters } from "./parameters.ts";
import { invalidRequest, TokenRefusal, unproven } from "./refusal.ts";

/**
 * The client that proves itself and may use the grant: with a key by its assertion, else by its secret; one without a secret
 * (`token_endpoint_auth_method: none`) by its id alone, for the grants of people. Unknown, wrong secret and no secret are one answer:
 * https://github.com/auth0/node-auth0/issues/682
 */
export async function provenClient(tenant: Tenant, given: Parameters, grant: string): Promise<Stored> {
  const id = given.client_id ?? assertedClient(given);
  if (id === undefined || id === "") throw invalidRequest("Missing required parameter: client_id");
  const client = tenant.objects.store.get("clients", id);
  if (client && hasKeys(client) && given.client_assertion !== undefined) await checkAssertion(tenant, client, given);
  else if (!client || !isProven(client, given.client_secret, grant)) throw unproven();
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

function isProven(client: Stored, given: string | undefined, grant: string): boolean {
  const { body } = client;
  if (hasKeys(client)) return false;
  if (textAt(body, "token_endpoint_auth_method") === "none")
    return grant !== "client_credentials" && given === undefined;
  const secret = textAt(body, "client_secret");
  return secret !== undefined && secret === given;
}
