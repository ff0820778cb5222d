import type { Admission } from "../../../login/request.ts";
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
  readonly user?: string;
  readonly connection?: string;
  readonly organization?: string;
  /** The rules that decided, in order. */
  readonly trace: readonly Decided[];
}

/** The logins of this tenant since it started, at `/.local/logins`. */
export class LoginLog extends BoundedLog<PlayedLogin> {
  add({ asked, trace }: UnderWay, outcome: Outcome): void {
    const { client } = asked;
    const about = { time: new Date().toISOString(), app: textAt(client.body, "name") ?? "", client: client.id };
    if ("error" in outcome) this.append({ ...about, outcome: "refused", ...outcome, trace });
    else {
      const { user, connection, organization } = outcome;
      const into = organization === undefined ? {} : { organization };
      this.append({ ...about, outcome: "admitted", user, connection, ...into, trace });
    }
  }
}
