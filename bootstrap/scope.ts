import type { Scope } from "../components/aws/bootstrap/scope.ts";
import type { BootstrapSettings } from "./settings.ts";

/** What the environment's own program declares, as far as its roles have to know it. */
export function scopeOf({
  account,
  region,
  prefix,
  environment,
  customerSecrets,
  mail,
  loginDomain,
}: BootstrapSettings): Scope {
  return {
    place: {
      account,
      region,
      prefix: prefix ?? `auth0-b2b-${environment}`,
      tags: { program: "auth0-b2b", environment },
    },
    customerSecrets,
    ...(mail && { mail }),
    ...(loginDomain && { loginDomain }),
  };
}
