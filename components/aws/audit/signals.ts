import { type BreakGlass, bucketed } from "./break-glass.ts";
import { limits } from "./limits.ts";
import { either, every, is, isNot, ofTypes } from "./patterns.ts";

/** One filter over the log; its name ends the name of the resource. */
export interface Filter {
  readonly name: string;
  readonly pattern: string;
}

/** What is counted in the log, and from how many on people are told. */
export interface Signal {
  /** Names metric and alarm: `refused-wrong_type`. */
  readonly name: string;
  /** What they match is counted together. */
  readonly filters: readonly Filter[];
  /** Subtracted: what of the above has an explanation. No event matches two of them. */
  readonly explained: readonly Filter[];
  /** Begins the alarm's mail. */
  readonly meaning: string;
  /** Events in one period that ring. `refusals`: as many as the environment says. */
  readonly from: 1 | "refusals";
  /** Seconds. */
  readonly period: 300 | 3600;
}

/** Machines' own credentials; counted by themselves, whatever the reason. */
const machineTypes = ["feccft"];

/**
 * Where Actions refuse people: at a login, and, apart from it because they also fail day by day without a refusal, at a
 * sign-up, a new password and a refresh. Silent logins (`fsa`) are in neither: to fail is how an app learns that
 * nobody is signed in.
 */
const refusing = {
  login: { types: ["f"], what: "Logins failed" },
  renewal: { types: ["fs", "fcp", "fcpr", "fertft"], what: "Sign-ups, new passwords or refreshes failed" },
} as const;

/** What Auth0 reports by itself: https://auth0.com/docs/deploy-monitor/logs/log-event-type-codes, https://github.com/auth0/auth0-log-schemas */
const reported = {
  attack: [
    "limit_wc",
    "limit_sul",
    "limit_mu",
    "limit_delegation",
    "limit_phone",
    "pwd_leak",
    "signup_pwd_leak",
    "reset_pwd_leak",
    "gd_otp_rate_limit_exceed",
    "gd_recovery_rate_limit_exceed",
    // a refresh token that came a second time
    "ferrt",
  ],
  "gate-failed": ["actions_execution_failed"],
  "api-limit": ["api_limit", "api_limit_warning"],
};

/** All that is counted, in the order in which it is declared. */
export function signals(codes: readonly string[], breakGlass: readonly BreakGlass[]): Signal[] {
  return [
    ...codes.map(refusal),
    withoutCode("login", codes),
    withoutCode("renewal", codes),
    {
      ...counted("refused-machine", ofTypes(machineTypes)),
      meaning: "Machines were refused a token.",
      from: "refusals",
      period: 3600,
    },
    {
      ...counted("attack", ofTypes(reported.attack)),
      meaning: "Auth0 reported an attack: guessed, leaked or stolen credentials.",
      from: 1,
      period: 3600,
    },
    {
      ...counted("gate-failed", ofTypes(reported["gate-failed"])),
      meaning: "An Action ended with an error; whom it was for was not let in.",
      from: 1,
      period: 300,
    },
    {
      ...counted("api-limit", ofTypes(reported["api-limit"])),
      meaning: "A limit of the Management or Authentication API was reached, or came near.",
      from: 1,
      period: 300,
    },
    ...(breakGlass.length > 0 ? [breakGlassUse(breakGlass)] : []),
  ];
}

const counted = (name: string, ...conditions: readonly string[]) => ({
  name,
  filters: [{ name, pattern: every(conditions) }],
  explained: [],
});

/**
 * The reason that an Action gives stands in the description, which "can also contain a description of the issue for
 * failure logs" (https://github.com/auth0/auth0-log-schemas). That it begins there, and in events of which types, nobody
 * documents: hence all types but the machines', and hence `withoutCode`.
 */
const saysCode = (code: string) => either([is("description", code), is("description", `${code}:*`)]);

const refusal = (code: string): Signal => ({
  ...counted(`refused-${code}`, ...machineTypes.map((type) => isNot("type", type)), saysCode(code)),
  meaning: `People were refused with ${code}.`,
  from: "refusals",
  period: 3600,
});

/**
 * Failures less those that a code explains: a refusal of a shape that nobody documents shows here. As a difference,
 * because a pattern that excludes misses events without the property, and takes few wildcards.
 */
function withoutCode(kind: keyof typeof refusing, codes: readonly string[]): Signal {
  const { types, what } = refusing[kind];
  const name = `refused-${kind}-without-code`;
  return {
    name,
    filters: [{ name, pattern: every([ofTypes(types)]) }],
    explained: inGroups(codes).map((group, at) => ({
      name: `refused-${kind}-with-code-${at + 1}`,
      pattern: every([ofTypes(types), either(group.map(saysCode))]),
    })),
    meaning: `${what} for a reason that is no refusal code.`,
    from: "refusals",
    period: 3600,
  };
}

/** Each code takes one wildcard. */
function inGroups(codes: readonly string[]): string[][] {
  const groups = Array.from({ length: Math.ceil(codes.length / limits.wildcards) }, (_, at) => at * limits.wildcards);
  return groups.map((from) => codes.slice(from, from + limits.wildcards));
}

/** Whatever is logged of such an account, failures too. */
const breakGlassUse = (accounts: readonly BreakGlass[]): Signal => ({
  name: "break-glass",
  filters: bucketed(accounts).map(({ bucket, addresses }) => ({
    name: `break-glass-${bucket}`,
    pattern: every([either(addresses.map((address) => is("user_name", address)))]),
  })),
  explained: [],
  meaning: "A break-glass account was used, or somebody tried to.",
  from: 1,
  period: 300,
});
