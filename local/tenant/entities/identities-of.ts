import { type Body, bodiesAt, bodyAt, omit, textAt } from "../management/json.ts";
import type { Objects } from "../management/objects.ts";
import { type Stored, scopeOf } from "../store.ts";

/** The id of an account whose only identity this one is: `<provider>|<user_id>`. */
export function idOfIdentity(identity: Body): string {
  return `${textAt(identity, "provider") ?? ""}|${textAt(identity, "user_id") ?? ""}`;
}

/** The account that an identity signs in to, be it its first one or linked to it. */
export function accountOfIdentity({ store }: Objects, id: string): Stored | undefined {
  return store.owner("users", "identity", id);
}

/** Identities whose connection has each address once; of an identity provider's people it is the provider's own id that says who is who. */
const addressed = ["auth0", "email", "sms"];

/** The addresses under which an account's identities are known to databases and passwordless connections, the first identity's first. */
export function addressesOf(
  body: Body,
): { readonly connection: string; readonly name: string; readonly value: string }[] {
  return bodiesAt(body, "identities").flatMap((identity, place) => {
    if (!addressed.includes(textAt(identity, "provider") ?? "")) return [];
    const profile = place === 0 ? body : bodyAt(identity, "profileData");
    return ["email", "username", "phone_number"].flatMap((name) => {
      const value = textAt(profile, name);
      return value === undefined ? [] : [{ connection: textAt(identity, "connection") ?? "", name, value }];
    });
  });
}

/** What is the account's, and none of its identities'. */
const ofTheAccount = [
  ...["user_id", "identities", "app_metadata", "user_metadata", "created_at", "updated_at", "blocked", "multifactor"],
  ...["last_login", "last_ip", "logins_count", "last_password_reset"],
];

/**
 * The attributes that an account has from its first identity: what a database was not given, and Auth0 made of the address, is
 * none of them.
 */
export function profileOf({ body }: Stored, derived: Body): Body {
  const own = omit(body, ofTheAccount);
  if (bodiesAt(body, "identities")[0]?.provider !== "auth0") return own;
  return omit(
    own,
    Object.keys(derived).filter((name) => own[name] === derived[name]),
  );
}

/** The address of one identity of an account, given by its id; undefined where it has none. */
export function emailOfIdentity(account: Body, id: string): string | undefined {
  const identities = bodiesAt(account, "identities");
  const place = identities.findIndex((identity) => idOfIdentity(identity) === id);
  if (place < 0) return undefined;
  return textAt(place === 0 ? account : bodyAt(identities[place] ?? {}, "profileData"), "email");
}

/** Marks the address of one identity of an account as verified. Runs inside a transaction of the caller's. */
export function verifyAddress(objects: Objects, account: Stored, id: string): Stored {
  const [first, ...linked] = bodiesAt(account.body, "identities");
  const updated_at = new Date().toISOString();
  if (!first || idOfIdentity(first) === id)
    return objects.rewrite(account, { ...account.body, email_verified: true, updated_at });
  const marked = linked.map((identity) =>
    idOfIdentity(identity) === id
      ? { ...identity, profileData: { ...bodyAt(identity, "profileData"), email_verified: true } }
      : identity,
  );
  return objects.rewrite(account, { ...account.body, identities: [first, ...marked], updated_at });
}

/** The account that an address of a database signs in to, in whatever case, and which of its identities the address and password are of. */
export function identityAt(
  { store }: Objects,
  connection: string,
  email: string,
): { readonly account: Stored; readonly identity: string } | undefined {
  const folded = email.toLowerCase();
  const account = store.owner("users", "account", scopeOf(connection, "email", folded));
  const identity = bodiesAt(account?.body ?? {}, "identities")
    .filter((one) => one.connection === connection)
    .map(idOfIdentity)
    .find((id) => account && emailOfIdentity(account.body, id)?.toLowerCase() === folded);
  return account && identity !== undefined ? { account, identity } : undefined;
}
