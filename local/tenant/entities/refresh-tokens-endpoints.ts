import { badBody, missing, Refusal } from "../management/faults.ts";
import { list, record, text, whole } from "../management/fields.ts";
import { bodiesAt, pick, textAt, textsAt } from "../management/json.ts";
import { fieldsQuery, narrowed } from "../management/listing.ts";
import type { Call, Family, Route } from "../management/tables.ts";
import type { Stored } from "../store.ts";
import { living, sweep } from "./lifetime.ts";
import { accepted, noUser, passingRoutes } from "./lifetime-endpoints.ts";
import { endRefreshToken, refreshTokenEntity, tokensOf } from "./refresh-tokens.ts";

const { family, path } = refreshTokenEntity;

/** https://auth0.com/docs/api/management/v2/refresh-tokens/get-refresh-token */
const fields = [
  ...["id", "user_id", "created_at", "idle_expires_at", "expires_at", "device", "client_id", "session_id", "rotating"],
  ...["resource_servers", "refresh_token_metadata", "last_exchanged_at"],
];

/** Seconds for which the place in a list is good, by the page below. */
const cursorLifetime = 86_400;

const badFrom = new Refusal({
  status: 400,
  message:
    "The checkpoint ID provided in the 'from' parameter has expired or is invalid, please remove the checkpoint ID and try again",
});

/** Of one account, in the order of their ids: https://auth0.com/docs/api/management/v2/refresh-tokens/get-refresh-tokens */
const listTokens: Route = {
  method: "GET",
  path,
  query: {
    ...{ user_id: text(), client_id: text(), from: text({ max: 1000 }), take: whole({ min: 1, max: 100 }) },
    ...fieldsQuery,
  },
  handle: (call) => {
    const { query } = call;
    const { objects } = call.tenant;
    const { user_id: user, client_id: client } = query;
    if (user === undefined) throw new Refusal({ status: 400, message: "Missing required 'user_id' parameter." });
    objects.require("users", user, noUser);
    if (client !== undefined) objects.require("clients", client, missing("The client does not exist."));
    sweep(objects, family);
    const after = query.from === undefined ? "" : placeOf(query.from);
    const all = tokensOf(objects, { user, client }).sort((one, other) => (one.id < other.id ? -1 : 1));
    const following = all.filter(({ id }) => id > after);
    const page = following.slice(0, Number(query.take ?? 50));
    const last = page.at(-1);
    const next = last && page.length < following.length ? { next: cursorOf(last) } : {};
    const shown = page.map(({ body }) => narrowed(pick(body, fields), call, []));
    return { status: 200, body: { refresh_tokens: shown, ...next } };
  },
};

function cursorOf({ id }: Stored): string {
  return Buffer.from(`${Date.now()} ${id}`).toString("base64url");
}

/** The id that a cursor follows. */
function placeOf(cursor: string): string {
  const [, time, id] = /^(\d{1,15}) (\S+)$/.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  if (id === undefined || Number(time) + cursorLifetime * 1000 < Date.now()) throw badFrom;
  return id;
}

const idsSaid = "Array of refresh token IDs to revoke. Limited to 100 at a time.";

/** Many at once, by exactly one way to name them: https://auth0.com/docs/api/management/v2/refresh-tokens/revoke-refresh-tokens */
const revoke: Route = {
  method: "POST",
  path: `${path}/revoke`,
  fields: record({
    ids: { ...list(text({ min: 1, max: 30 }), { min: 1, max: 100 }), description: idsSaid },
    user_id: text({ min: 1, max: 300, description: "Revoke all refresh tokens for this user." }),
    client_id: text({
      ...{ min: 1, max: 64, format: "client-id" },
      description: "Revoke all refresh tokens for this client.",
    }),
    audience: text({ min: 1, max: 600 }),
  }),
  handle: (call) => {
    const { objects } = call.tenant;
    for (const token of named(call)) endRefreshToken(objects, token);
    return accepted;
  },
};

/** The tokens that a body names; those that are not there do not matter. */
function named({ body, tenant: { objects } }: Call): Stored[] {
  const names = ["ids", "user_id", "client_id", "audience"].filter((name) => body[name] !== undefined).join(" ");
  const allowed = ["ids", "user_id", "client_id", "user_id client_id", "user_id client_id audience"];
  if (!allowed.includes(names)) throw badBody("Invalid combination of parameters.");
  if (names === "ids") return [...new Set(textsAt(body, "ids"))].flatMap((id) => living(objects, family, id) ?? []);
  const [user, client, audience] = [textAt(body, "user_id"), textAt(body, "client_id"), textAt(body, "audience")];
  if (user !== undefined) objects.require("users", user, badBody("User not found.").fault);
  if (client !== undefined) objects.require("clients", client, badBody("Client not found.").fault);
  const tokens = tokensOf(objects, { user, client });
  if (audience === undefined) return tokens;
  return tokens.filter((token) => bodiesAt(token.body, "resource_servers").some((api) => api.audience === audience));
}

/** https://auth0.com/docs/secure/tokens/manage-refresh-tokens-with-auth0-management-api */
export const refreshTokens: Family = {
  entities: [refreshTokenEntity],
  routes: [
    listTokens,
    ...passingRoutes({
      entity: refreshTokenEntity,
      fields,
      metadata: "refresh_token_metadata",
      items: "tokens",
      end: endRefreshToken,
    }),
    revoke,
  ],
};
