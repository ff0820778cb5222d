import { authentication } from "./authentication.ts";
import { error, organizationContext } from "./organization.ts";
import type { Known, Request, Step } from "./request.ts";
import { type Decided, Trace } from "./rules.ts";
import { settle } from "./settle.ts";
import type { Situation } from "./situation.ts";
import type { LoginSwitches } from "./switches.ts";
import type { Tenant } from "./tenant.ts";

/**
 * What comes next in a login, by Auth0's documented rules, from nothing but what is known so far: asked again after each answer of the
 * person, with that answer added. The trace says which rule decided what.
 */
export function next(
  tenant: Tenant,
  request: Request,
  known: Known,
  switches: LoginSwitches,
): { readonly step: Step; readonly trace: readonly Decided[] } {
  const trace = new Trace();
  const client = tenant.client(request.client);
  if (!client) return { step: error("unauthorized_client", "unknown client"), trace: [] };
  const step = stepOf({ tenant, client, request, known, switches, trace });
  return { step: request.prompt === "none" ? silent(step, trace) : step, trace: trace.decided };
}

function stepOf(situation: Situation): Step {
  const context = organizationContext(situation);
  if ("kind" in context) return context;
  const identity = authentication(situation, context);
  return "kind" in identity ? identity : settle(situation, context, identity);
}

/** With prompt=none nobody can be asked anything: https://auth0.com/docs/authenticate/login/configure-silent-authentication */
function silent(step: Step, trace: Trace): Step {
  if (step.kind === "error" || step.kind === "actions" || step.kind === "admitted") return step;
  const signedOut = step.kind === "identify" || step.kind === "password" || step.kind === "federate";
  const [code, says] = signedOut
    ? (["login_required", "Login required"] as const)
    : (["interaction_required", "Interaction required"] as const);
  trace.note("silent-login", `${step.kind} would ask the person: ${code}`);
  return error(code, says);
}
