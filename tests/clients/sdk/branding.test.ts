import { expect, test } from "vitest";
import { expectRefused, invalid, refusal } from "./refusals.ts";
import { singleton } from "./singleton.ts";
import { sdk } from "./tenant.ts";
import { theme } from "./theme.ts";

singleton({
  family: "branding",
  get: () => sdk.branding.get(),
  initial: {},
  update: () => sdk.branding.update({ colors: { primary: "#102030" }, logo_url: "https://example.com/logo.png" }),
  changes: { colors: { primary: "#102030" }, logo_url: "https://example.com/logo.png" },
  invalid: {
    send: () => sdk.branding.update({ colors: { primary: "blue-ish" } }),
    refused: invalid("Object didn't pass validation for format html-color-or-null: blue-ish", "colors.primary"),
  },
});

const themeless = (doing: string) =>
  refusal(404, `There was an error ${doing} branding settings: invalid theme ID`, "theme_not_found");

test("the one theme is made, read, changed and taken away", async () => {
  const { themes } = sdk.branding;
  await expectRefused(themes.getDefault(), themeless("retrieving"));
  const made = await themes.create(theme);
  expect(made).toEqual({
    ...theme,
    themeId: expect.stringMatching(/^\w{32}$/),
    identifiers: {
      login_display: "unified",
      otp_autocomplete: true,
      phone_display: { masking: "mask_digits", formatting: "international" },
    },
  });
  expect(await themes.getDefault()).toEqual(made);
  expect(await themes.get(made.themeId)).toEqual(made);
  await expectRefused(
    themes.create(theme),
    refusal(409, "There was an error updating branding settings: The theme already exists"),
  );
  const changed = { ...theme, displayName: "Blue" };
  expect(await themes.update(made.themeId, changed)).toEqual({ ...made, displayName: "Blue" });
  await themes.delete(made.themeId);
  await expectRefused(themes.get(made.themeId), themeless("retrieving"));
  await expectRefused(themes.delete(made.themeId), themeless("deleting"));
});

test("the page around every prompt takes a custom domain and two tags", async () => {
  const { templates } = sdk.branding;
  const page = "<html><head>{%- auth0:head -%}</head><body>{%- auth0:widget -%}</body></html>";
  const absent = refusal(404, "Template does not exist.", "inexistent_templates_universal_login");
  await expectRefused(templates.getUniversalLogin(), absent);
  await expectRefused(
    templates.updateUniversalLogin({ template: page }),
    refusal(400, "This feature requires at least one custom domain to be configured for the tenant."),
  );
  await sdk.customDomains.create({ domain: "login.example.com", type: "auth0_managed_certs" });
  await expectRefused(
    templates.updateUniversalLogin({ template: "<html></html>" }),
    refusal(400, "Payload content missing required Liquid tags (auth0:head and auth0:widget).", "invalid_body"),
  );
  await templates.updateUniversalLogin({ template: page });
  expect(await templates.getUniversalLogin()).toEqual({ body: page });
  await templates.updateUniversalLogin(page);
  expect(await templates.getUniversalLogin()).toEqual({ body: page });
  await templates.deleteUniversalLogin();
  await expectRefused(templates.getUniversalLogin(), absent);
  await templates.deleteUniversalLogin();
});
