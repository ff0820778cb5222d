import { loginAnswers } from "../../login/switches.ts";

/**
 * What whoever starts the tenant decides: each is an environment variable with all its answers, the first of which is the default.
 * All but `SCOPES` and `DNS_RECORDS`, which are conveniences, are questions that Auth0's documentation leaves open.
 */
const answers = {
  /** What a PATCH of branding must hold to reset identifier first: no `colors`, or anything. */
  BRANDING_RESETS: ["without-colours", "always"],
  /** Whether the Actions of credentials-exchange run for tokens of the Management API too. On is the harder answer. */
  MANAGEMENT_TOKENS_RUN_ACTIONS: ["on", "off"],
  /** Whether the Management API asks for a token of its own and its scopes, or takes any bearer token for all of them. */
  SCOPES: ["off", "on"],
  /** Whether the record that proves a custom domain counts as set, or only once `/.local/dns` was told of it. */
  DNS_RECORDS: ["counted", "told"],
  /** Whether a refresh token of an organization still serves somebody who is no member any more. */
  REFRESH_AFTER_LEAVING: ["serves", "refused"],
  /**
   * What a client hears whose signed assertion is no good. One report has the code and, of the log, the words:
   * https://community.auth0.com/t/invalid-client-error-with-private-key-jwt-authentication-when-requesting-an-access-token/191217
   */
  ASSERTION_REFUSED: ["invalid_client", "access_denied"],
  ...loginAnswers,
} as const;

type Answers = typeof answers;

/** The answer that this tenant gives to every open question. */
export type Switches = { readonly [name in keyof Answers]: Answers[name][number] };

type Environment = { readonly [name: string]: string | undefined };

/** Reads the switches; throws an Error with one sentence for an answer that there is none of. */
export function switchesFrom(env: Environment): Switches {
  const read = <Answer extends string>(name: string, known: readonly Answer[]): Answer => {
    const given = env[name] || known[0];
    const found = known.find((one) => one === given);
    if (found === undefined) throw new Error(`${name} must be ${known.join(" or ")}, not "${given}".`);
    return found;
  };
  return {
    BRANDING_RESETS: read("BRANDING_RESETS", answers.BRANDING_RESETS),
    MANAGEMENT_TOKENS_RUN_ACTIONS: read("MANAGEMENT_TOKENS_RUN_ACTIONS", answers.MANAGEMENT_TOKENS_RUN_ACTIONS),
    SCOPES: read("SCOPES", answers.SCOPES),
    DNS_RECORDS: read("DNS_RECORDS", answers.DNS_RECORDS),
    REFRESH_AFTER_LEAVING: read("REFRESH_AFTER_LEAVING", answers.REFRESH_AFTER_LEAVING),
    ASSERTION_REFUSED: read("ASSERTION_REFUSED", answers.ASSERTION_REFUSED),
    ONE_ORGANIZATION: read("ONE_ORGANIZATION", answers.ONE_ORGANIZATION),
    PICKER_LISTS: read("PICKER_LISTS", answers.PICKER_LISTS),
    PICKER_APPLICATIONS: read("PICKER_APPLICATIONS", answers.PICKER_APPLICATIONS),
    APPLICATION_ACCESS: read("APPLICATION_ACCESS", answers.APPLICATION_ACCESS),
    HIDDEN_CONNECTIONS: read("HIDDEN_CONNECTIONS", answers.HIDDEN_CONNECTIONS),
    ORGANIZATION_CONNECTIONS: read("ORGANIZATION_CONNECTIONS", answers.ORGANIZATION_CONNECTIONS),
    SHARED_ALIAS: read("SHARED_ALIAS", answers.SHARED_ALIAS),
    UNFIT_SESSION: read("UNFIT_SESSION", answers.UNFIT_SESSION),
    LOGIN_HINT: read("LOGIN_HINT", answers.LOGIN_HINT),
    DISCOVERED_ADDRESS: read("DISCOVERED_ADDRESS", answers.DISCOVERED_ADDRESS),
  };
}

export const defaultSwitches: Switches = switchesFrom({});
