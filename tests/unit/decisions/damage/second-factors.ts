import { member } from "./logins.ts";

/** An admitted login at the portal with a password, of which a second factor is demanded. */
export interface Demand {
  readonly title: string;
  readonly event: Record<string, unknown>;
  /** The ways that are right: where Auth0 does not say what it means, either. */
  readonly demanded: readonly ("challenge" | "enroll")[];
}

const text = (value: unknown) => JSON.stringify(value) ?? "missing";
const atPortal = (change: Parameters<typeof member>[0]) => member(change, { app: "portal" });
const otp = { type: "otp", options: {} };

export const secondFactors: readonly Demand[] = [
  { title: "nobody enrolled: enroll", event: atPortal({ user: { enrolledFactors: [] } }), demanded: ["enroll"] },
  { title: "enrolled: challenge", event: atPortal({ user: { enrolledFactors: [otp] } }), demanded: ["challenge"] },
  ...[undefined, null, "otp", 7, {}].map((enrolledFactors) => ({
    title: `enrolled factors ${text(enrolledFactors)}: a second factor all the same`,
    event: atPortal({ user: { enrolledFactors } }),
    demanded: ["challenge", "enroll"] as const,
  })),

  // Only a method named `mfa` is one
  ...[undefined, null, "mfa", ["mfa"], { mfa: true }, [{ name: "MFA" }], [{ name: "pwd", type: "mfa" }], [null]].map(
    (methods) => ({
      title: `the methods ${text(methods)}: a second factor`,
      event: atPortal({ authentication: { methods } }),
      demanded: ["enroll"] as const,
    }),
  ),
  ...[undefined, null, "mfa", []].map((authentication) => ({
    title: `the authentication ${text(authentication)}: a second factor`,
    event: atPortal({ authentication }),
    demanded: ["enroll"] as const,
  })),

  // A protocol that nobody knows can ask
  ...[undefined, null, "", 7, "oauth2", "oauth2-refresh-token ", ["oauth2-refresh-token"]].map((protocol) => ({
    title: `the protocol ${text(protocol)}: a second factor`,
    event: atPortal({ transaction: { protocol } }),
    demanded: ["enroll"] as const,
  })),
];
