import type { Effects } from "../actions/protocol.ts";
import { isEnterprise } from "../entities/connection-strategies.ts";
import { accountOfIdentity, idOfIdentity } from "../entities/identities-of.ts";
import { members } from "../entities/organization-members.ts";
import { dropProof, isProven } from "../entities/proven-addresses.ts";
import { type Body, bodiesAt, bodyAt, omit, textAt } from "../management/json.ts";
import { merge } from "../management/merge.ts";
import type { Objects } from "../management/objects.ts";
import type { Stored } from "../store.ts";
import { AppRefusal } from "./refusals.ts";

/** What an identity provider said of somebody, after its attributes were mapped. */
export interface Profile {
  /** The provider's own id of the person. */
  readonly subject: string;
  readonly attributes: Body;
}

/** Attributes of an account that its connection may leave to the account: https://auth0.com/docs/api/management/v2/connections/post-connections */
const rootAttributes = ["name", "nickname", "given_name", "family_name", "picture"];

/**
 * The account of a person whom a connection's identity provider vouches for; made at the first login, and its profile renewed at each one,
 * as far as the connection's `set_user_root_attributes` says.
 * https://auth0.com/docs/manage-users/user-accounts/user-profiles/user-profile-structure: the id is `<strategy>|<connection>|<subject>`,
 * and without the connection where it is social.
 * Throws an AppRefusal where the connection makes no accounts and there is none.
 */
export function federatedAccount(objects: Objects, connection: Stored, { subject, attributes }: Profile): Stored {
  const strategy = textAt(connection.body, "strategy") ?? "";
  const name = textAt(connection.body, "name") ?? "";
  const isSocial = !isEnterprise(strategy);
  const own = isSocial ? subject : `${name}|${subject}`;
  const user_id = `${strategy}|${own}`;
  const known = accountOfIdentity(objects, user_id);
  const sync = textAt(bodyAt(connection.body, "options"), "set_user_root_attributes") ?? "on_each_login";
  const profile = { ...described(attributes), ...attributes };
  if (known)
    return renewed(objects, known, user_id, sync === "on_each_login" ? profile : omit(profile, rootAttributes));
  // https://support.auth0.com/center/s/article/unexpected-jit-user-provisioning-is-disabled-error-for-scim-provisioned-users
  if (sync === "never_on_login")
    throw new AppRefusal("access_denied", "JIT user provisioning is disabled for this connection");
  dropProof(objects, user_id);
  const now = new Date().toISOString();
  const identity = { provider: strategy, user_id: own, connection: name, isSocial };
  return objects.seed("users", user_id, {
    user_id,
    ...profile,
    updated_at: now,
    created_at: now,
    identities: [identity],
  });
}

/** An address that the provider does not name any more is gone. What it says of a linked identity is that identity's alone. */
function renewed(objects: Objects, known: Stored, id: string, profile: Body): Stored {
  const over = (before: Body): Body => ({ ...omit(before, ["email", "email_verified"]), ...profile });
  const updated_at = new Date().toISOString();
  const [first, ...linked] = bodiesAt(known.body, "identities");
  if (!first || idOfIdentity(first) === id) {
    const email = textAt(profile, "email");
    const proven = email !== undefined && isProven(objects, known.id, email) ? { email_verified: true } : {};
    return objects.rewrite(known, { ...over(known.body), ...proven, updated_at });
  }
  const identities = linked.map((identity) =>
    idOfIdentity(identity) === id ? { ...identity, profileData: over(bodyAt(identity, "profileData")) } : identity,
  );
  return objects.rewrite(known, { ...known.body, identities: [first, ...identities], updated_at });
}

/** A profile has a name, and a nickname where there is an address. */
function described(attributes: Body): Body {
  const email = textAt(attributes, "email");
  const name = textAt(attributes, "name") ?? email;
  return {
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { nickname: email.split("@")[0] ?? "" }),
  };
}

/** Counts a login as Auth0 shows it on the user: https://auth0.com/docs/manage-users/user-accounts/user-profiles/user-profile-structure */
export function countLogin(objects: Objects, user: Stored): Stored {
  const logins = Number(user.body.logins_count ?? 0) + 1;
  return objects.rewrite(user, {
    ...user.body,
    last_login: new Date().toISOString(),
    last_ip: "127.0.0.1",
    logins_count: logins,
  });
}

/** Writes what Actions asked for, each key on its own; null removes one. Nothing is written where nothing was asked for. */
export function writeMetadata(objects: Objects, id: string, { appMetadata, userMetadata }: Effects): void {
  const user = objects.store.get("users", id);
  const asked = [
    ["app_metadata", appMetadata],
    ["user_metadata", userMetadata],
  ] as const;
  if (!user || asked.every(([, values]) => Object.keys(values).length === 0)) return;
  const next: Body = { ...user.body, updated_at: new Date().toISOString() };
  for (const [name, values] of asked) {
    if (Object.keys(values).length > 0) next[name] = merge(bodyAt(user.body, name), values);
  }
  objects.rewrite(user, next);
}

/** Makes somebody a member, if they are not: https://auth0.com/docs/manage-users/organizations/configure-organizations/grant-just-in-time-membership */
export function join(objects: Objects, organization: string, user: string): void {
  objects.link(members, [organization], user);
}
