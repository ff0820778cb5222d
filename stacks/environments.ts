import type { Guard } from "../components/guard.ts";
import type { Entitlement } from "./plans.ts";

/** What differs between environments and is not for `Pulumi.<env>.yaml` to change. */
export interface Environment extends Entitlement {
  readonly guard: Guard;
  /** Whether apps may live at localhost: never where customers sign in. */
  readonly localhostApps: boolean;
  /** Whether mail may be left to Auth0's own test sender: never where anyone can sign up. */
  readonly testMail: boolean;
}

const live = {
  guard: { protect: true, retain: true },
  localhostApps: false,
  testMail: false,
  earlyAccess: ["organization-discovery-methods"],
} as const;

/** One environment a stack, by the stack's name. */
export const environments = {
  local: {
    guard: { protect: false, retain: false },
    localhostApps: true,
    testMail: true,
    plan: "enterprise",
    earlyAccess: ["organization-discovery-methods"],
  },
  dev: { ...live, plan: "professional" },
  staging: { ...live, plan: "enterprise" },
  prod: { ...live, plan: "enterprise" },
} as const satisfies Record<string, Environment>;
