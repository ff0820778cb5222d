import { randomBytes } from "node:crypto";
import type { Context, Hono } from "hono";

/** Seconds: https://auth0.com/docs/secure/tokens/access-tokens/management-api-access-tokens */
const lifetime = 86_400;

/**
 * The client credentials grant for the Management API. Any client gets a token, in whichever of the three ways it sends
 * its credentials: form, JSON or Basic. Other grants are refused.
 */
export function mountTokenEndpoint(app: Hono): void {
  app.post("/oauth/token", async (context) => {
    const given = await parameters(context);
    const client = given.client_id ?? basicUser(context.req.header("Authorization"));
    if (given.grant_type === undefined)
      return oauthError(context, "invalid_request", "Missing required parameter: grant_type");
    if (given.grant_type !== "client_credentials") {
      return oauthError(context, "unsupported_grant_type", `Unsupported grant type: ${given.grant_type}`);
    }
    if (client === undefined || client === "")
      return oauthError(context, "invalid_request", "Missing required parameter: client_id");
    return context.json(
      { access_token: randomBytes(32).toString("base64url"), token_type: "Bearer", expires_in: lifetime },
      200,
      {
        "Cache-Control": "no-store",
      },
    );
  });
}

async function parameters(context: Context): Promise<{ [name: string]: string | undefined }> {
  const raw = await context.req.text();
  if (!/json/i.test(context.req.header("Content-Type") ?? "")) return Object.fromEntries(new URLSearchParams(raw));
  try {
    const body: unknown = JSON.parse(raw);
    const entries = typeof body === "object" && body !== null ? Object.entries(body) : [];
    return Object.fromEntries(entries.filter(([, value]) => typeof value === "string"));
  } catch {
    return {};
  }
}

function basicUser(header: string | undefined): string | undefined {
  const [, encoded] = /^Basic (.+)$/i.exec(header ?? "") ?? [];
  return encoded === undefined ? undefined : Buffer.from(encoded, "base64").toString().split(":")[0];
}

function oauthError(context: Context, error: string, description: string): Response {
  return context.json({ error, error_description: description }, 400);
}
