import type { Guard } from "../components/guard.ts";

/** What differs between environments and is not for `Pulumi.<env>.yaml` to change. */
export interface Environment {
  readonly guard: Guard;
  /** Whether apps may live at localhost: never where customers sign in. */
  readonly localhostApps: boolean;
}

/** One environment a stack, by the stack's name. */
export const environments = {
  local: { guard: { protect: false, retain: false }, localhostApps: true },
  dev: { guard: { protect: true, retain: true }, localhostApps: false },
} as const satisfies Record<string, Environment>;
