import { authenticatorOf } from "../entities/authenticators.ts";
import type { Objects } from "../management/objects.ts";
import { AppRefusal } from "./refusals.ts";
import type { Waiting } from "./underway.ts";

/** The one factor that the pages serve: https://auth0.com/docs/secure/multi-factor-authentication/multi-factor-authentication-factors */
const served = "otp";

/** Refuses a second factor that nobody could answer here. The words are ours. */
export function demandServed(
  objects: Objects,
  user: string,
  { waiting, factors }: { readonly waiting: Waiting; readonly factors: readonly string[] },
): void {
  if (!factors.includes(served))
    throw new AppRefusal("access_denied", `None of the second factors ${factors.join(", ")} is served here`);
  if (!waiting.enroll && !authenticatorOf(objects, user))
    throw new AppRefusal("access_denied", "The user has no second factor to be challenged with");
}
