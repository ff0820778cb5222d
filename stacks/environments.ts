import type { Guard } from "../components/guard.ts";
import type { Entitlement } from "./plans.ts";

/** What differs between environments and is not for `Pulumi.<env>.yaml` to change. */
export interface Environment extends Entitlement {
  readonly guard: Guard;
  /** Whether apps and identity providers may live on a developer's machine: never where customers sign in. */
  readonly localhostApps: boolean;
  /** Whether mail may be left to Auth0's own test sender: never where anyone can sign up. */
  readonly testMail: boolean;
  /** Whether a live company's domains must be proven by a record in the DNS: wherever customers sign in. */
  readonly domainProof: boolean;
}

const live = {
  guard: { protect: true, retain: true },
  localhostApps: false,
  testMail: false,
  domainProof: true,
  earlyAccess: ["organization-discovery-methods"],
} as const;

/** One environment a stack, by the stack's name. */
export const environments = {
  local: {
    guard: { protect: false, retain: false },
    localhostApps: true,
    testMail: true,
    domainProof: false, // made-up domains are in no DNS
    plan: "enterprise",
    earlyAccess: ["organization-discovery-methods"],
  },
  dev: { ...live, plan: "professional" },
  staging: { ...live, plan: "enterprise" },
  prod: { ...live, plan: "enterprise" },
} as const satisfies Record<string, Environment>;
