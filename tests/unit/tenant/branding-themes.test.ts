import { expect, test } from "vitest";
import type { Body } from "../../../local/tenant/management/json.ts";
import { TestTenant } from "./harness.ts";

const black = "#000000";
const small = { bold: false, size: 100 };

/** A theme as it must at least be sent. */
const theme = {
  borders: {
    button_border_radius: 3,
    button_border_weight: 1,
    buttons_style: "rounded",
    input_border_radius: 3,
    input_border_weight: 1,
    inputs_style: "rounded",
    show_widget_shadow: true,
    widget_border_weight: 0,
    widget_corner_radius: 5,
  },
  colors: {
    body_text: black,
    error: black,
    header: black,
    icons: black,
    input_background: black,
    input_border: black,
    input_filled_text: black,
    input_labels_placeholders: black,
    links_focused_components: black,
    primary_button: black,
    primary_button_label: "#fff",
    secondary_button_border: black,
    secondary_button_label: black,
    success: black,
    widget_background: black,
    widget_border: black,
  },
  fonts: {
    body_text: small,
    buttons_text: small,
    font_url: "",
    input_labels: small,
    links: small,
    links_style: "normal",
    reference_text_size: 16,
    subtitle: small,
    title: small,
  },
  page_background: { background_color: black, background_image_url: "", page_layout: "center" },
  widget: {
    header_text_alignment: "center",
    logo_height: 52,
    logo_position: "center",
    logo_url: "https://acme.com/logo.png",
    social_buttons_layout: "bottom",
  },
};

const identifiers = {
  login_display: "unified",
  otp_autocomplete: true,
  phone_display: { masking: "mask_digits", formatting: "international" },
};

const absent = (doing: string) => ({
  status: 404,
  body: {
    statusCode: 404,
    error: "Not Found",
    message: `There was an error ${doing} branding settings: invalid theme ID`,
    errorCode: "theme_not_found",
  },
});

test("the theme of a tenant is made with 200, read as the default one and gone after its delete", async () => {
  const tenant = await TestTenant.fresh();
  expect(await tenant.call("GET", "/branding/themes/default")).toEqual(absent("retrieving"));
  const made = await tenant.call("POST", "/branding/themes", theme);
  const { themeId } = made.body;
  expect(themeId).toMatch(/^[A-Za-z0-9]{32}$/);
  expect(made).toEqual({ status: 200, body: { ...theme, identifiers, themeId } });
  expect(await tenant.call("GET", "/branding/themes/default")).toEqual(made);
  expect(await tenant.call("GET", `/branding/themes/${themeId}`)).toEqual(made);
  expect((await tenant.call("DELETE", `/branding/themes/${themeId}`)).status).toBe(204);
  expect(await tenant.call("DELETE", `/branding/themes/${themeId}`)).toEqual(absent("deleting"));
  expect(await tenant.call("GET", `/branding/themes/${themeId}`)).toEqual(absent("retrieving"));
  expect(await tenant.call("PATCH", `/branding/themes/${themeId}`, theme)).toEqual(absent("updating"));
});

test("an update of the theme replaces the parts that it names and leaves the others", async () => {
  const tenant = await TestTenant.fresh();
  const { themeId } = await tenant.make("/branding/themes", theme);
  const separate = { ...identifiers, login_display: "separate" };
  const changed = { ...theme, displayName: "Acme", identifiers: separate };
  const path = `/branding/themes/${themeId}`;
  expect(await tenant.call("PATCH", path, changed)).toEqual({ status: 200, body: { ...changed, themeId } });
  expect((await tenant.call("PATCH", path, theme)).body).toEqual({ ...changed, themeId });
});

test("a second theme is a conflict", async () => {
  const tenant = await TestTenant.fresh();
  await tenant.make("/branding/themes", theme);
  expect(await tenant.call("POST", "/branding/themes", theme)).toEqual({
    status: 409,
    body: {
      statusCode: 409,
      error: "Conflict",
      message: "There was an error updating branding settings: The theme already exists",
    },
  });
});

test.each([
  [
    "a colour by its name",
    { ...theme, colors: { ...theme.colors, error: "red" } },
    /^Payload validation error: 'String does not match pattern .+: red' on property colors\.error \(Error\)\.$/,
  ],
  [
    "a logo that is not served over TLS",
    { ...theme, widget: { ...theme.widget, logo_url: "http://acme.com/logo.png" } },
    /^Payload validation error: 'Object didn't pass validation for format absolute-https-uri-or-empty: http:.+ on property widget\.logo_url \(Logo url\)\.$/,
  ],
  [
    "a title that is too small",
    { ...theme, fonts: { ...theme.fonts, title: { bold: true, size: 74 } } },
    /^Payload validation error: 'Value 74 is less than minimum 75' on property fonts\.title\.size \(Title size\)\.$/,
  ],
  [
    "a theme without borders",
    { ...theme, borders: undefined },
    /^Payload validation error: 'Missing required property: borders'\.$/,
  ],
])("%s is refused", async (_, given, message) => {
  const tenant = await TestTenant.fresh();
  const sent: Body = JSON.parse(JSON.stringify(given));
  const { status, body } = await tenant.call("POST", "/branding/themes", sent);
  expect({ status, code: body.errorCode }).toEqual({ status: 400, code: "invalid_body" });
  expect(body.message).toMatch(message);
});
