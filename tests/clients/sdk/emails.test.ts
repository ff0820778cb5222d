import { expect, test } from "vitest";
import { expectRefused, invalid, refusal, untyped } from "./refusals.ts";
import { sdk } from "./tenant.ts";

test("the one email provider is made, read, changed and taken away", async () => {
  const { provider } = sdk.emails;
  const absent = refusal(404, "There is not a configured email provider", "inexistent_email_provider");
  const given = { name: "mailgun", credentials: { api_key: "never shown", domain: "example.com" } } as const;
  const shown = { name: "mailgun", enabled: true, credentials: { domain: "example.com" } };
  await expectRefused(provider.get(), absent);
  expect(await provider.create(given)).toEqual(shown);
  expect(await provider.get()).toEqual(shown);
  await expectRefused(provider.create(given), refusal(409, "Email provider is already configured."));
  const changed = { ...shown, default_from_address: "no-reply@example.com" };
  expect(await provider.update({ default_from_address: "no-reply@example.com" })).toEqual(changed);
  expect(await provider.get()).toEqual(changed);
  await provider.delete();
  await expectRefused(provider.get(), absent);
  await provider.delete();
});

test("each kind of email has one template", async () => {
  const templates = sdk.emailTemplates;
  const given = {
    template: "verify_email",
    body: "<p>{{ url }}</p>",
    from: "no-reply@example.com",
    subject: "Verify",
    syntax: "liquid",
    enabled: true,
    urlLifetimeInSeconds: 600,
  } as const;
  const absent = refusal(404, "The template does not exist.", "inexistent_email_template");
  await expectRefused(templates.get("verify_email"), untyped(absent));
  expect(await templates.create(given)).toEqual(given);
  expect(await templates.get("verify_email")).toEqual(given);
  await expectRefused(templates.create(given), refusal(409, "Template verify_email already exists."));
  expect(await templates.update("verify_email", { subject: "Hello" })).toEqual({ ...given, subject: "Hello" });
  const { urlLifetimeInSeconds: _none, ...replacement } = given;
  expect(await templates.set("verify_email", replacement)).toEqual(replacement);
  expect(await templates.get("verify_email")).toEqual(replacement);
  await expectRefused(
    templates.update("verify_email", { urlLifetimeInSeconds: -1 }),
    invalid("Value -1 is less than minimum 0", "urlLifetimeInSeconds"),
  );
  await expectRefused(templates.set("welcome_email", { ...replacement, template: "welcome_email" }), absent);
});
