import type { Settings } from "./configuration.ts";
import { ApiError, asObject, type Json, type Transport } from "./management.ts";

/** Seconds before its end at which a token is no longer used. */
const MARGIN = 60;

/**
 * The bearer token of every request: the configured one as it is, or one fetched with client credentials and kept
 * while it is valid. https://auth0.com/docs/get-started/authentication-and-authorization-flow/client-credentials-flow
 */
export function tokenSource(settings: Settings): (deliver: Transport) => Promise<string> {
  const { apiToken, client } = settings;
  if (apiToken !== undefined || !client) return async () => apiToken ?? "";
  let current: { readonly token: Promise<string>; until: number } | undefined;
  return (deliver) => {
    if (current && Date.now() < current.until) return current.token;
    const entry = { token: fetchToken(deliver, client), until: Number.POSITIVE_INFINITY };
    const kept = { token: entry.token.then(({ token }) => token), until: entry.until };
    entry.token.then(
      ({ seconds }) => {
        kept.until = Date.now() + (seconds - MARGIN) * 1000;
      },
      () => {
        kept.until = 0;
      },
    );
    current = kept;
    return kept.token;
  };
}

async function fetchToken(
  deliver: Transport,
  client: NonNullable<Settings["client"]>,
): Promise<{ token: string; seconds: number }> {
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: client.id,
    client_secret: client.secret,
    audience: client.audience,
  });
  const answer = await deliver("POST", "/oauth/token", form.toString(), "application/x-www-form-urlencoded");
  const body = asObject(answer.text.startsWith("{") ? (JSON.parse(answer.text) as Json) : null);
  if (answer.status === 200 && typeof body.access_token === "string") {
    return { token: body.access_token, seconds: Number(body.expires_in ?? 0) };
  }
  const reason = String(body.error_description ?? body.error ?? "no reason given");
  const remedy = "check AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET and AUTH0_AUDIENCE";
  throw new ApiError(answer.status, "No token", `${reason}; ${remedy}.`);
}
