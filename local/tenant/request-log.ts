import { BoundedLog } from "./bounded-log.ts";
import type { Json } from "./management/json.ts";
import { masked, maskedQuery } from "./mask.ts";

/** One answered request. */
export interface LoggedRequest {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly method: string;
  readonly path: string;
  /** Secrets masked. */
  readonly query: { readonly [name: string]: string };
  readonly status: number;
  /** The JSON body that came, secrets masked; null where there was none. */
  readonly body: Json;
}

/** The requests that the tenant answered; secrets are masked before they are kept. */
export class RequestLog extends BoundedLog<LoggedRequest> {
  add(request: Omit<LoggedRequest, "body">, body: Json): void {
    this.append({ ...request, query: maskedQuery(request.query), body: masked(body) });
  }
}
