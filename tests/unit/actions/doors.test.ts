import { describe, expect, test } from "vitest";
import { exchanges, firstStage, type Run, registrations, resets } from "./doors.ts";
import { fromSource, type Hook } from "./hooks.ts";
import { claimedDomains, settings } from "./logins.ts";

const { claimNamespace } = settings;
const doors: [name: string, hook: Hook, runs: readonly Run[]][] = [
  ["sign-up", await fromSource("pre-user-registration", { firstStage }, claimedDomains), registrations],
  ["password reset", await fromSource("password-reset-post-challenge", {}, claimedDomains), resets],
  ["machines", await fromSource("credentials-exchange", { claimNamespace }), exchanges],
];

describe.each(doors)("%s", (_, hook, runs) => {
  test.each(runs)("$title", async ({ event, calls }) => {
    expect(await hook(event)).toEqual({ calls, log: [], requests: [] });
  });
});
