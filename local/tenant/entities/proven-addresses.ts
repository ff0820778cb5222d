import { textAt } from "../management/json.ts";
import type { Objects } from "../management/objects.ts";

const family = "proven-addresses";

/**
 * Keeps that an account's address was proved to the tenant itself: what an identity provider says of it later does not count.
 * https://auth0.com/docs/manage-users/organizations/configure-organizations/invite-members. Runs inside a transaction of the caller's.
 */
export function keepProof({ store }: Objects, user: string, email: string): void {
  const known = store.get(family, user);
  if (known) store.update(known, { email }, []);
  else store.insert(family, "", user, { email }, []);
}

export function isProven({ store }: Objects, user: string, email: string): boolean {
  return textAt(store.get(family, user)?.body ?? {}, "email") === email;
}

/** An account that is made has proved nothing, whatever an earlier one of its id had. */
export function dropProof({ store }: Objects, user: string): void {
  const known = store.get(family, user);
  if (known) store.remove(known);
}
