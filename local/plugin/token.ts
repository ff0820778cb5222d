import type { Settings } from "./configuration.ts";
import { ApiError, asObject, type Json, type JsonObject, type Transport } from "./management.ts";

/** Seconds before its end at which a token is no longer used, as with the provider. */
const MARGIN = 10;

/**
 * The bearer token of every request: the configured one as it is, or one fetched with client credentials and kept
 * while it is valid. https://auth0.com/docs/get-started/authentication-and-authorization-flow/client-credentials-flow
 */
export function tokenSource(settings: Settings): (deliver: Transport) => Promise<string> {
  const { apiToken, client } = settings;
  if (apiToken !== undefined || !client) return async () => apiToken ?? "";
  let current: { readonly token: Promise<string>; until: number } | undefined;
  let inForm = false;
  const fetch = async (deliver: Transport): Promise<Fetched> => {
    const first = await request(deliver, client, inForm);
    if (inForm || isToken(first)) return tokenOf(first);
    const second = await request(deliver, client, true);
    inForm = isToken(second);
    return tokenOf(second);
  };
  return (deliver) => {
    if (current && Date.now() < current.until) return current.token;
    const entry = fetch(deliver);
    const kept = { token: entry.then(({ token }) => token), until: Number.POSITIVE_INFINITY };
    entry.then(
      ({ seconds }) => {
        // one that does not say when it ends is used for ever
        if (seconds > 0) kept.until = Date.now() + (seconds - MARGIN) * 1000;
      },
      () => {
        kept.until = 0;
      },
    );
    current = kept;
    return kept.token;
  };
}

interface Fetched {
  readonly token: string;
  readonly seconds: number;
}
interface Reply {
  readonly status: number;
  readonly body: JsonObject;
}

const isToken = ({ status, body }: Reply): boolean => status === 200 && typeof body.access_token === "string";

/** The provider shows the client by Basic first; where that gives no token, in the form, and so from then on. */
async function request(deliver: Transport, client: NonNullable<Settings["client"]>, inForm: boolean): Promise<Reply> {
  const { id, secret, audience } = client;
  const shown = inForm ? { client_id: id, client_secret: secret } : {};
  const form = new URLSearchParams({ audience, ...shown, grant_type: "client_credentials" });
  const encoded = [id, secret].map((part) => new URLSearchParams({ part }).toString().slice("part=".length)).join(":");
  const basic = inForm ? undefined : `Basic ${Buffer.from(encoded).toString("base64")}`;
  const answer = await deliver("POST", "/oauth/token", form.toString(), "application/x-www-form-urlencoded", basic);
  return {
    status: answer.status,
    body: asObject(answer.text.startsWith("{") ? (JSON.parse(answer.text) as Json) : null),
  };
}

/** @throws ApiError with what the tenant says of the client that it refuses */
function tokenOf({ status, body }: Reply): Fetched {
  if (isToken({ status, body })) return { token: String(body.access_token), seconds: Number(body.expires_in ?? 0) };
  const reason = String(body.error_description ?? body.error ?? "no reason given");
  const remedy = "check AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET and AUTH0_AUDIENCE";
  throw new ApiError(status, "No token", `${reason}; ${remedy}.`);
}
