import type * as auth0 from "@pulumi/auth0";

/** A database of the company's own: its people are invited, and nobody signs up. */
export interface Database {
  readonly strategy: "database";
  /** @default good */
  readonly passwordPolicy?: "low" | "fair" | "good" | "excellent" | undefined;
  /** Characters. @default the policy's own */
  readonly minimumLength?: number | undefined;
  /** How many of somebody's last passwords cannot come again. @default none is remembered */
  readonly passwordHistory?: number | undefined;
  /** Words that no password may be, beside Auth0's own list. */
  readonly dictionary?: readonly string[] | undefined;
}

/** Characters: https://auth0.com/docs/authenticate/database-connections/password-strength */
const shortest = { low: 6, fair: 8, good: 8, excellent: 10 };

/**
 * The provider keeps what it knows of each of these where nothing is written, and an update without them takes them away
 * from the connection, the second factor's setting among them: so all are written.
 * https://auth0.com/docs/authenticate/database-connections/password-options
 */
export function databaseOptions(settings: Database): auth0.types.input.ConnectionOptions {
  const { passwordPolicy = "good", passwordHistory, dictionary = [] } = settings;
  return {
    strategyVersion: 2,
    mfa: { active: true, returnEnrollSettings: true },
    disableSignup: true,
    bruteForceProtection: true,
    passwordPolicy,
    passwordComplexityOptions: { minLength: settings.minimumLength ?? shortest[passwordPolicy] },
    passwordHistories: [passwordHistory === undefined ? { enable: false } : { enable: true, size: passwordHistory }],
    passwordNoPersonalInfo: { enable: true },
    passwordDictionary: { enable: true, dictionaries: [...dictionary] },
  };
}
