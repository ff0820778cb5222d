import { connectionKind } from "../../access/connection-kind.ts";
import { fieldsOf } from "../../access/metadata.ts";
import type { Policy } from "../../access/policy.ts";
import type { Factor } from "./event.ts";

/** Of whom a second factor is asked. `password`: of who did not come through a company's own login. */
type Demand = Policy["mfa"] | "everyone";

/** What a login needs before it is done. `refuse`: a second factor, and no way to ask for one. */
export type SecondFactor = "none" | "challenge" | "enroll" | "refuse";

export const enrollable: readonly Factor[] = [{ type: "otp" }, { type: "webauthn-roaming" }];

/** A recovery code comes with the first enrolment and only answers a challenge. */
export const challengeable: readonly Factor[] = [...enrollable, { type: "recovery-code" }];

/** What the rule looks at. */
export interface Proof {
  readonly strategy: unknown;
  readonly protocol: unknown;
  /** `event.authentication.methods`: what this session has already proved. */
  readonly methods: unknown;
  /** `event.user.enrolledFactors` */
  readonly enrolledFactors: unknown;
}

/**
 * Whether a login needs a second factor. A company's own login answers for its own, unless everybody is asked; a refresh cannot ask, and its
 * token came from a login that did. Factors that Auth0 could not look up are challenged, never enrolled: otherwise
 * a stolen password would enrol its own.
 * https://auth0.com/docs/actions/reference/password-reset-post-challenge/password-reset-post-challenge-event-object
 */
export function secondFactor(demand: Demand, { strategy, protocol, methods, enrolledFactors }: Proof): SecondFactor {
  if (demand === "off" || (demand === "password" && connectionKind(strategy) === "enterprise")) return "none";
  if (has(methods, "name", ["mfa"]) || protocol === "oauth2-refresh-token") return "none";
  if (protocol === "oauth2-password") return "refuse";
  const known = Array.isArray(enrolledFactors);
  const types = challengeable.map(({ type }) => type);
  return known && !has(enrolledFactors, "type", types) ? "enroll" : "challenge";
}

function has(list: unknown, key: string, values: readonly string[]): boolean {
  return Array.isArray(list) && list.some((item) => values.some((value) => fieldsOf(item)?.[key] === value));
}
