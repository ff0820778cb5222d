import { boundActions } from "../actions/bound.ts";
import { allowedClaims, areTooLarge } from "../actions/claims.ts";
import { type Effects, noEffects } from "../actions/protocol.ts";
import type { ActionRunner, TriggerResult } from "../actions/runner.ts";
import type { Tenant } from "../management/tables.ts";
import { writeMetadata } from "./accounts.ts";
import { type LoginFacts, postLoginEvent } from "./post-login-event.ts";
import type { Waiting } from "./underway.ts";

const trigger = "post-login";

/** What post-login Actions came to: claims that may stand in tokens, or what stopped the login. */
export type PostLogin =
  | { readonly outcome: "passed"; readonly effects: Effects }
  | { readonly outcome: "denied"; readonly reason: string }
  | { readonly outcome: "second-factor"; readonly waiting: Waiting; readonly factors: readonly string[] }
  | { readonly outcome: "failed" };

/**
 * Runs the bound Actions, or those that were waiting for a second factor, and writes the metadata that they asked for,
 * whatever they decided (https://auth0.com/docs/actions/reference/post-login/post-login-api-object).
 */
export async function runPostLogin(
  tenant: Tenant,
  runner: ActionRunner,
  facts: LoginFacts,
  { waiting, signal }: { waiting?: Waiting | undefined; signal?: AbortSignal } = {},
): Promise<PostLogin> {
  const actions = boundActions(tenant.objects, trigger).slice(waiting?.ran ?? 0);
  const before = { ...noEffects(), ...waiting?.effects };
  delete before.secondFactor;
  const result = await runner.run(trigger, actions, postLoginEvent(tenant, facts), { signal, before });
  if (result.outcome !== "failed") {
    tenant.objects.store.transaction(() => writeMetadata(tenant.objects, facts.user.id, result.effects));
  }
  return read(result, facts, waiting?.ran ?? 0);
}

function read(result: TriggerResult, { api }: LoginFacts, ranBefore: number): PostLogin {
  if (result.outcome === "failed") return { outcome: "failed" };
  if (result.outcome === "denied") return { outcome: "denied", reason: result.reason };
  const { effects } = result;
  if (result.outcome === "second-factor") {
    const { kind, factors } = effects.secondFactor ?? { kind: "challenge", factors: [] };
    const waiting = { ran: ranBefore + result.ran, effects, enroll: kind === "enroll", misses: 0 };
    return { outcome: "second-factor", waiting, factors };
  }
  const ownApi = api?.body.is_system === true;
  const accessToken = allowedClaims(effects.accessToken, { ownApi });
  const idToken = allowedClaims(effects.idToken, { ownApi: false });
  if (areTooLarge(accessToken) || areTooLarge(idToken)) return { outcome: "failed" };
  return { outcome: "passed", effects: { ...effects, accessToken, idToken } };
}
