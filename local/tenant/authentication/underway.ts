import type { Admission, Known } from "../../../login/request.ts";
import type { Decided } from "../../../login/rules.ts";
import type { Effects } from "../actions/protocol.ts";
import type { Asked } from "./asked.ts";
import { Ephemeral } from "./once.ts";

/** How somebody proved who they are, as Actions see it: https://auth0.com/docs/actions/reference/post-login/post-login-event-object */
export interface Method {
  readonly name: "federated" | "pwd" | "mfa";
  /** ISO 8601, UTC. */
  readonly timestamp: string;
  readonly type?: string;
}

/** Post-login Actions that wait for a second factor. */
export interface Waiting {
  /** How many of them ran. */
  readonly ran: number;
  readonly effects: Effects;
  /** Whether the person is to add a factor, or to use one that the account has. */
  readonly enroll: boolean;
  /** Only then the others run. */
  passed?: true;
  /** Wrong answers so far. */
  misses: number;
  /** The key that the person was shown to add: base32. */
  key?: string;
}

/** One login between the request for it and its answer. Parts that change are replaced as a whole. */
export interface UnderWay {
  readonly asked: Asked;
  /** The value of the browser's cookie: a link to somebody else's login leads nowhere. */
  readonly browser: string;
  /** When the request came: seconds since 1970. */
  readonly began: number;
  known: Known;
  /** The browser's session; one that the login begins itself is put here too. */
  session?: string;
  waiting?: Waiting;
  /** Who comes in where, as the Actions judged it. */
  judged?: Admission;
  /** What the Actions asked for, once they all ran. */
  effects?: Effects;
  consented?: boolean;
  /** What the login came to so far, rule by rule. */
  trace: readonly Decided[];
  /** What the person is told on the next page about what was just typed. */
  complaint?: string;
  /** Whether a link for a new password was just asked for. */
  mailed?: true;
}

/** Seconds that a person has: https://auth0.com/docs/troubleshoot/customer-support/operational-policies/entity-limit-policy says an hour for a login transaction */
const patience = 3600;

export class Logins extends Ephemeral<UnderWay> {
  constructor() {
    super(patience);
  }
}
