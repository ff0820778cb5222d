import type { Hono } from "hono";
import { provenClient } from "../tokens/client.ts";
import { refusedToken, type TokenParts } from "../tokens/endpoint.ts";
import { parametersOf } from "../tokens/parameters.ts";
import { invalidRequest } from "../tokens/refusal.ts";
import { revoke } from "./refresh-tokens.ts";

/** Ends a refresh token and those that it was exchanged for: https://auth0.com/docs/api/authentication/revoke-refresh-token/revoke-refresh-token */
export function mountRevocation(app: Hono, { tenant }: TokenParts): void {
  app.post("/oauth/revoke", async (context) => {
    try {
      const given = await parametersOf(context);
      const client = await provenClient(tenant, given, "refresh_token");
      const { token } = given;
      if (!token) throw invalidRequest("Missing required parameter: token");
      const { objects } = tenant;
      objects.store.transaction(() => revoke(objects, client, token));
      return context.body(null, 200);
    } catch (thrown) {
      return refusedToken(context, thrown);
    }
  });
}
