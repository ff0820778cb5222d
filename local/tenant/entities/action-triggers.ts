import type { Body } from "../management/json.ts";

/** One version of a trigger: what it runs on, and what an Action that names no runtime gets. */
interface Trigger {
  readonly id: string;
  readonly version: string;
  readonly runtimes: readonly string[];
  readonly default_runtime: string;
  readonly deprecated?: true;
  /** Whether Actions are bound to the object that uses them, and not to the trigger. */
  readonly byEntity?: true;
}

const current = { runtimes: ["node18-actions", "node22"], default_runtime: "node22" };
const newest = { runtimes: ["node22"], default_runtime: "node22" };
const first = { version: "v1", runtimes: ["node22"], default_runtime: "node12", deprecated: true } as const;

/** https://auth0.com/docs/customize/actions/explore-triggers; runtimes as the service lists them */
const triggers: readonly Trigger[] = [
  { id: "post-login", ...first },
  { id: "post-login", version: "v2", runtimes: ["node18", "node22"], default_runtime: "node16", deprecated: true },
  { id: "post-login", version: "v3", ...current },
  { id: "credentials-exchange", ...first },
  { id: "credentials-exchange", version: "v2", ...current },
  { id: "pre-user-registration", ...first },
  { id: "pre-user-registration", version: "v2", ...current },
  { id: "post-user-registration", ...first },
  { id: "post-user-registration", version: "v2", ...current },
  { id: "post-change-password", ...first },
  { id: "post-change-password", version: "v2", ...current },
  { id: "send-phone-message", ...first },
  { id: "send-phone-message", version: "v2", ...current },
  { id: "password-reset-post-challenge", version: "v1", ...current },
  { id: "custom-phone-provider", version: "v1", ...current },
  { id: "custom-email-provider", version: "v1", ...current },
  { id: "custom-token-exchange", version: "v1", ...current, runtimes: ["node18", "node22"], byEntity: true },
  { id: "event-stream", version: "v1", ...newest, byEntity: true },
  { id: "password-hash-migration", version: "v1", ...newest, byEntity: true },
  { id: "mcp-tool", version: "v1", ...newest, byEntity: true },
];

/** Triggers that can be named; the last two are documented, but not listed. */
export const triggerNames: readonly string[] = [
  ...new Set(triggers.map(({ id }) => id)),
  ...["login-post-identifier", "signup-post-identifier"],
];

/** The runtime of an Action for this trigger that names none. */
export function defaultRuntime(id: string | undefined, version: string | undefined): string {
  const found = triggers.find((trigger) => trigger.id === id && trigger.version === version);
  return found?.default_runtime ?? current.default_runtime;
}

/** The answer of GET /actions/triggers. */
export function listedTriggers(): Body {
  return {
    triggers: triggers.map(({ id, version, runtimes, default_runtime, deprecated = false, byEntity = false }) => ({
      id,
      version,
      status: deprecated ? "DEPRECATED" : "CURRENT",
      runtimes: [...runtimes],
      default_runtime,
      compatible_triggers: id === "post-login" && version === "v3" ? [{ id, version: "v2" }] : [],
      binding_policy: byEntity ? "entity-bound" : "trigger-bound",
    })),
  };
}
