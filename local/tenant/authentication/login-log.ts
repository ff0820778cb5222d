import type { Admission, Identity, Known } from "../../../login/request.ts";
import type { Decided } from "../../../login/rules.ts";
import { BoundedLog } from "../bounded-log.ts";
import { textAt } from "../management/json.ts";
import type { UnderWay } from "./underway.ts";

/** What a login came to. */
export type Outcome = { readonly error: string; readonly description: string } | Admission;

/** One login that was played to its end, for a person to read. */
export interface PlayedLogin {
  /** ISO 8601, UTC. */
  readonly time: string;
  /** The app's name, and its client id. */
  readonly app: string;
  readonly client: string;
  readonly outcome: "admitted" | "refused";
  readonly error?: string;
  readonly description?: string;
  /** Of a refusal only where it was known. */
  readonly user?: string;
  readonly connection?: string;
  /** Where an admitted person came in, and where one would have come in whom the Actions refused. */
  readonly organization?: string;
  /** The rules that decided, in order. */
  readonly trace: readonly Decided[];
}

/** Who a refused login was about, once that was known: by a proof, or by the session for which the Actions spoke. */
function whoIn({ identity, session, actions }: Known): Partial<Identity> {
  const found = identity ?? (actions && session);
  return found ? { user: found.user, connection: found.connection } : {};
}

/** The logins of this tenant since it started, at `/.local/logins`. */
export class LoginLog extends BoundedLog<PlayedLogin> {
  add({ asked, known, judged, trace }: UnderWay, outcome: Outcome): void {
    const { client } = asked;
    const about = { time: new Date().toISOString(), app: textAt(client.body, "name") ?? "", client: client.id };
    if ("error" in outcome) {
      const organization = known.actions && judged?.organization;
      const into = organization === undefined ? {} : { organization };
      this.append({ ...about, outcome: "refused", ...outcome, ...whoIn(known), ...into, trace });
    } else {
      const { user, connection, organization } = outcome;
      const into = organization === undefined ? {} : { organization };
      this.append({ ...about, outcome: "admitted", user, connection, ...into, trace });
    }
  }
}
