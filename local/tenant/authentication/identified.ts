import type { Stored } from "../store.ts";
import { countLogin } from "./accounts.ts";
import { startSession } from "./browser-session.ts";
import { proceed, type Turn } from "./flow.ts";
import type { Method } from "./underway.ts";

/** Who proved to be whom, and how. */
export interface Proved {
  readonly user: Stored;
  readonly connection: string;
  readonly method: Method["name"];
}

/**
 * Goes on with somebody who just proved who they are. The browser's session begins here, before any rule or Action says whether they
 * may come in: it outlives a refusal (https://auth0.com/docs/manage-users/sessions/sessions-with-actions).
 */
export async function identified(turn: Turn, { user, connection, method }: Proved): Promise<Response> {
  const { parts, login, context } = turn;
  const { objects } = parts.tenant;
  objects.store.transaction(() => {
    const counted = countLogin(objects, user);
    login.session = startSession(context, objects, { user: counted.id, connection, method, before: login.session });
  });
  login.known = { ...login.known, identity: { user: user.id, connection } };
  return proceed(turn);
}
