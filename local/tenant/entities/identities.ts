import { badBody, conflict, missing } from "../management/faults.ts";
import { oneOf, record, text, whole } from "../management/fields.ts";
import { type Body, bodiesAt, bodyAt, omit, textAt } from "../management/json.ts";
import type { Call, Family, Route } from "../management/tables.ts";
import { validate } from "../management/validation.ts";
import type { Stored } from "../store.ts";
import { accountOfIdentity, idOfIdentity, profileOf } from "./identities-of.ts";
import { connectionId, provider } from "./identities-providers.ts";
import { derivedFrom } from "./users.ts";

const noUser = missing("The user does not exist.", "inexistent_user");

const fields = record(
  {
    provider,
    connection_id: connectionId,
    user_id: oneOf(text({ min: 1 }), whole()),
    link_with: text(),
  },
  { min: 1 },
);

const path = "/users/:user/identities";

/** Makes a second account an identity of the first: https://auth0.com/docs/manage-users/user-accounts/user-account-linking */
const link: Route = {
  method: "POST",
  path,
  fields,
  handle: (call) => {
    const { objects } = call.tenant;
    const primary = objects.require("users", call.params.user ?? "", noUser);
    const secondary = secondaryOf(call, primary);
    const [first = {}, ...others] = bodiesAt(secondary.body, "identities");
    const linked = [{ profileData: profileOf(secondary, derived(secondary)), ...first }, ...others];
    // it goes with its roles, memberships and metadata; its password stays that of the identity
    objects.remove(secondary);
    return { status: 201, body: rewritten(call, primary, [...bodiesAt(primary.body, "identities"), ...linked]) };
  },
};

/** The account that the body names, fit to be linked to the primary one. */
function secondaryOf({ body, tenant: { objects } }: Call, primary: Stored): Stored {
  if (body.link_with !== undefined) throw badBody("Invalid token (link_with).");
  validate(body, { ...fields, required: ["provider", "user_id"] }, "body");
  const given = String(body.user_id);
  const own = `${body.provider}|`;
  const id = given.startsWith(own) ? given : own + given;
  if (id === primary.id) throw badBody("Main identity and the new one are the same.");
  const account = accountOfIdentity(objects, id);
  if (account && account.id !== id) throw conflict("Specified identity already exists.");
  const connection = textAt(body, "connection_id");
  const named = connection === undefined ? undefined : objects.store.get("connections", connection);
  if (connection !== undefined && !named) throw badBody("The provider/connection is not configured.");
  if (!account && !named) throw badBody("Linking to an inexistent identity requires a connection.");
  const [identity = {}] = bodiesAt(account?.body ?? {}, "identities");
  if (!account || (named && identity.connection !== named.body.name))
    throw badBody("Linking to an inexistent identity is not allowed.");
  return account;
}

/** Makes a linked identity an account of its own again, without metadata: https://auth0.com/docs/manage-users/user-accounts/user-account-linking/unlink-user-accounts */
const unlink: Route = {
  method: "DELETE",
  path: `${path}/:provider/:id`,
  handle: (call) => {
    const { objects } = call.tenant;
    validate({ provider: call.params.provider ?? "" }, record({ provider }), "path");
    const primary = objects.require("users", call.params.user ?? "", noUser);
    const id = `${call.params.provider}|${call.params.id}`;
    const [first, ...linked] = bodiesAt(primary.body, "identities");
    if (first && idOfIdentity(first) === id) throw badBody("Main identity cannot be removed.");
    const gone = linked.find((identity) => idOfIdentity(identity) === id);
    if (!gone) throw badBody("The user exists, but does not contain the given identity.");
    const kept = [...(first ? [first] : []), ...linked.filter((identity) => identity !== gone)];
    const body = rewritten(call, primary, kept);
    const profile = bodyAt(gone, "profileData");
    const now = new Date().toISOString();
    const identities = [omit(gone, ["profileData"])];
    const again = gone.provider === "auth0" ? { ...derivedFrom(textAt(profile, "email")), ...profile } : profile;
    objects.seed("users", id, { user_id: id, ...again, created_at: now, updated_at: now, identities });
    return { status: 200, body };
  },
};

/** Stores an account's new identities; answers them as both endpoints do, the first one too with its attributes. */
function rewritten({ tenant: { objects } }: Call, account: Stored, identities: Body[]): Body[] {
  const updated_at = new Date().toISOString();
  const stored = objects.rewrite(account, { ...account.body, identities, updated_at });
  const [first = {}, ...linked] = identities;
  return [{ profileData: profileOf(stored, derived(stored)), ...first }, ...linked];
}

function derived({ body }: Stored): Body {
  return derivedFrom(textAt(body, "email"));
}

export const identities: Family = { routes: [link, unlink] };
