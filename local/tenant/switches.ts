/**
 * What Auth0's documentation leaves open and this tenant must decide: each is an environment variable with all the answers
 * that it may give; the first is the default.
 */
const answers = {
  /** What a PATCH of branding must hold to reset identifier first: no `colors`, or anything. */
  BRANDING_RESETS: ["without-colours", "always"],
  /** Whether the Actions of credentials-exchange run for tokens of the Management API too. On is the harder answer. */
  MANAGEMENT_TOKENS_RUN_ACTIONS: ["on", "off"],
} as const;

type Name = keyof typeof answers;

/** The answer that this tenant gives to every open question. */
export type Switches = { readonly [name in Name]: (typeof answers)[name][number] };

type Environment = { readonly [name: string]: string | undefined };

/** Reads the switches; throws an Error with one sentence for an answer that there is none of. */
export function switchesFrom(env: Environment): Switches {
  const answer = <A extends string>(name: Name, known: readonly A[]): A => {
    const given = env[name] || known[0];
    const found = known.find((one) => one === given);
    if (found === undefined) throw new Error(`${name} must be ${known.join(" or ")}, not "${given}".`);
    return found;
  };
  return {
    BRANDING_RESETS: answer("BRANDING_RESETS", answers.BRANDING_RESETS),
    MANAGEMENT_TOKENS_RUN_ACTIONS: answer("MANAGEMENT_TOKENS_RUN_ACTIONS", answers.MANAGEMENT_TOKENS_RUN_ACTIONS),
  };
}

export const defaultSwitches: Switches = switchesFrom({});
