import { expect, test } from "vitest";
import { expectRefused, invalid, refusal } from "./refusals.ts";
import { singleton } from "./singleton.ts";
import { sdk } from "./tenant.ts";

singleton({
  family: "prompts",
  get: () => sdk.prompts.getSettings(),
  initial: { universal_login_experience: "new", identifier_first: false, webauthn_platform_first_factor: false },
  update: () => sdk.prompts.updateSettings({ identifier_first: true }),
  changes: { identifier_first: true },
  invalid: {
    send: () => sdk.prompts.updateSettings({}),
    refused: invalid("Too few properties defined (0), minimum 1"),
  },
});

singleton({
  family: "custom text of a prompt",
  get: () => sdk.prompts.customText.get("login", "en"),
  initial: {},
  update: async () => {
    await sdk.prompts.customText.set("login", "en", { login: { title: "Welcome" } });
    return sdk.prompts.customText.get("login", "en");
  },
  changes: { login: { title: "Welcome" } },
  invalid: {
    send: () => sdk.prompts.customText.set("login", JSON.parse('"xx"'), { login: {} }),
    refused: refusal(400, "Path validation error: 'No enum match for: xx' on property language.", "invalid_uri"),
  },
});

test("partials need a custom domain", async () => {
  const set = () => sdk.prompts.partials.set("login", { login: { "form-content-start": "<p>Hello</p>" } });
  await expectRefused(
    set(),
    refusal(400, "This feature requires at least one custom domain to be configured for the tenant."),
  );
  await sdk.customDomains.create({ domain: "login.example.com", type: "auth0_managed_certs" });
  await set();
  expect(await sdk.prompts.partials.get("login")).toEqual({ login: { "form-content-start": "<p>Hello</p>" } });
});
