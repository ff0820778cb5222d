import { type Body, textAt } from "../management/json.ts";
import type { Objects } from "../management/objects.ts";

const family = "authenticators";

/** An account's authenticator app. */
export interface Authenticator {
  /** Base32. */
  readonly secret: string;
  /** The last code's place in time: a code is good once (RFC 6238, 5.2). */
  readonly counter: number;
}

export function authenticatorOf({ store }: Objects, user: string): Authenticator | undefined {
  const body = store.get(family, user)?.body;
  return body && { secret: textAt(body, "secret") ?? "", counter: Number(body.counter) };
}

/** Runs inside a transaction of the caller's. */
export function keepAuthenticator({ store }: Objects, user: string, { secret, counter }: Authenticator): void {
  const known = store.get(family, user);
  const body: Body = { secret, counter };
  if (known) store.update(known, body, []);
  else store.insert(family, "", user, body, []);
}

/** An account that is made has none, whatever an earlier one of its id had. */
export function dropAuthenticator({ store }: Objects, user: string): void {
  const known = store.get(family, user);
  if (known) store.remove(known);
}
