import type { Scope } from "../components/aws/bootstrap/scope.ts";
import { placeIn } from "../stacks/schema/aws-values.ts";
import type { BootstrapSettings } from "./settings.ts";

/** What the environment's own program declares, as far as its roles have to know it. */
export function scopeOf(settings: BootstrapSettings): Scope {
  const { customerSecrets, mail, loginDomain } = settings;
  return {
    place: placeIn(settings, settings.environment),
    customerSecrets,
    ...(mail && { mail }),
    ...(loginDomain && { loginDomain }),
  };
}
