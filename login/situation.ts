import type { Known, Request } from "./request.ts";
import type { Trace } from "./rules.ts";
import type { LoginSwitches } from "./switches.ts";
import type { Client, Tenant } from "./tenant.ts";

/** All that one look at a login goes by. */
export interface Situation {
  readonly tenant: Tenant;
  readonly client: Client;
  readonly request: Request;
  readonly known: Known;
  readonly switches: LoginSwitches;
  readonly trace: Trace;
}
