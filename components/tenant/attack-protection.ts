import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";

export interface AttackProtectionArgs {
  /** Whether the plan has bot detection; without it nothing of it is written. */
  readonly botDetection: boolean;
}

/** Attempts with one identifier from one address before it is blocked: Auth0's own default. */
const guesses = 10;

/** Attempts a day (logins) and a minute (sign-ups) from one address; one is given back every `rate` milliseconds. */
const perAddress = {
  preLogin: { maxAttempts: 100, rate: 864_000 },
  preUserRegistration: { maxAttempts: 50, rate: 1_200 },
} as const;

/**
 * What the tenant does about guessed, stolen and automated logins. Every protection has a response: one without only
 * watches (https://auth0.com/docs/secure/attack-protection).
 */
export class AttackProtection extends pulumi.ComponentResource {
  constructor(name: string, args: AttackProtectionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("auth0-b2b:tenant:AttackProtection", name, args, opts);
    new auth0.AttackProtection(
      name,
      {
        bruteForceProtection: {
          enabled: true,
          mode: "count_per_identifier_and_ip",
          maxAttempts: guesses,
          shields: ["block", "user_notification"],
        },
        suspiciousIpThrottling: { enabled: true, shields: ["block", "admin_notification"], ...perAddress },
        breachedPasswordDetection: {
          enabled: true,
          method: "standard",
          shields: ["block", "user_notification", "admin_notification"],
          adminNotificationFrequencies: ["daily"],
          preUserRegistration: { shields: ["block"] },
          preChangePassword: { shields: ["block"] },
        },
        ...(args.botDetection && {
          botDetection: {
            botDetectionLevel: "medium",
            challengePasswordPolicy: "when_risky",
            challengePasswordlessPolicy: "when_risky",
            challengePasswordResetPolicy: "when_risky",
            monitoringModeEnabled: false,
          },
        }),
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
