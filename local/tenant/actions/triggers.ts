import { passwordResetApi, preUserRegistrationApi } from "./before-accounts.ts";
import type { TriggerCache } from "./cache.ts";
import { credentialsExchangeApi } from "./credentials-exchange.ts";
import { postLoginApi } from "./post-login.ts";
import type { Effects, TriggerName } from "./protocol.ts";

/** How the Actions of a trigger are called: the function that they export, and what is handed to it beside the event. */
export interface Trigger {
  readonly handler: string;
  api(effects: Effects, cache: TriggerCache): object;
}

/** Every trigger that runs here. A new one is its own file and a line here. */
export const triggers: { readonly [name in TriggerName]: Trigger } = {
  "credentials-exchange": { handler: "onExecuteCredentialsExchange", api: credentialsExchangeApi },
  "post-login": { handler: "onExecutePostLogin", api: postLoginApi },
  "pre-user-registration": { handler: "onExecutePreUserRegistration", api: preUserRegistrationApi },
  "password-reset-post-challenge": { handler: "onExecutePostChallenge", api: passwordResetApi },
};
