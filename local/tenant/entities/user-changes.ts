import { Refusal } from "../management/faults.ts";
import type { Body } from "../management/json.ts";

/** What one PATCH cannot change together: https://auth0.com/docs/api/management/v2/users/patch-users-by-id */
const apart = [
  ["password", "email"],
  ["password", "email_verified"],
  ["username", "email"],
  ["username", "email_verified"],
  ["username", "password"],
] as const;

/** Refuses a PATCH that changes two things which Auth0 changes one by one only. */
export function refuseTogether(patch: Body): void {
  const pair = apart.find(([one, other]) => patch[one] !== undefined && patch[other] !== undefined);
  if (!pair) return;
  const message = `Cannot update ${pair[0]} and ${pair[1]} simultaneously.`;
  throw new Refusal({ status: 400, message, code: "operation_not_supported" });
}
