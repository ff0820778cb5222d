import { alphanumerics } from "../ids.ts";
import { conflict, type Fault, missing, Refusal } from "../management/faults.ts";
import { choice, decimal, flag, record, type Schema, text } from "../management/fields.ts";
import type { Call, Entity, Family, Route } from "../management/tables.ts";
import type { Stored } from "../store.ts";

const family = "branding-themes";

const called = (description: string, schema: Schema): Schema => ({ ...schema, description });
const size = (description: string, min: number, max: number) => called(description, decimal({ min, max }));
const one = (description: string, ...values: readonly string[]) => called(description, choice(values));
const hex = "[0-9a-fA-F]";
const color = (description: string) => text({ pattern: `^#(${hex}{3}|${hex}{4}|${hex}{6}|${hex}{8})$`, description });
const url = (description: string) => text({ format: "absolute-https-uri-or-empty", description });

/** A record whose fields are all required, but for the named ones. */
function complete(properties: { readonly [key: string]: Schema }, ...optional: readonly string[]): Schema {
  return record(properties, { required: Object.keys(properties).filter((key) => !optional.includes(key)) });
}

/** Sizes in percent of the reference size. */
function font(name: string, least = 0): Schema {
  return called(name, complete({ bold: called(`${name} bold`, flag()), size: size(`${name} size`, least, 150) }));
}

const borders = complete({
  button_border_radius: size("Button border radius", 1, 10),
  button_border_weight: size("Button border weight", 0, 10),
  buttons_style: one("Buttons style", "pill", "rounded", "sharp"),
  input_border_radius: size("Input border radius", 0, 10),
  input_border_weight: size("Input border weight", 0, 3),
  inputs_style: one("Inputs style", "pill", "rounded", "sharp"),
  show_widget_shadow: called("Show widget shadow", flag()),
  widget_border_weight: size("Widget border weight", 0, 10),
  widget_corner_radius: size("Widget corner radius", 0, 50),
});

const colors = complete(
  {
    base_focus_color: color("Base Focus Color"),
    base_hover_color: color("Base Hover Color"),
    body_text: color("Body text"),
    captcha_widget_theme: one("Captcha Widget Theme", "auto", "dark", "light"),
    error: color("Error"),
    header: color("Header"),
    icons: color("Icons"),
    input_background: color("Input background"),
    input_border: color("Input border"),
    input_filled_text: color("Input filled text"),
    input_labels_placeholders: color("Input labels & placeholders"),
    links_focused_components: color("Links & focused components"),
    primary_button: color("Primary button"),
    primary_button_label: color("Primary button label"),
    read_only_background: color("Read only background"),
    secondary_button_border: color("Secondary button border"),
    secondary_button_label: color("Secondary button label"),
    success: color("Success"),
    widget_background: color("Widget background"),
    widget_border: color("Widget border"),
  },
  ...["base_focus_color", "base_hover_color", "captcha_widget_theme", "read_only_background"],
);

const fonts = complete({
  body_text: font("Body text"),
  buttons_text: font("Buttons text"),
  font_url: url("Font URL"),
  input_labels: font("Input Labels"),
  links: font("Links"),
  links_style: one("Links style", "normal", "underlined"),
  reference_text_size: size("Reference text size", 12, 24),
  subtitle: font("Subtitle"),
  title: font("Title", 75),
});

/** https://auth0.com/docs/api/management/v2/branding/post-branding-theme */
const fields = complete(
  {
    borders,
    colors,
    displayName: text({ max: 2048, pattern: "^[^<>]*$", description: "Display Name" }),
    fonts,
    identifiers: complete({
      login_display: choice(["separate", "unified"]),
      otp_autocomplete: flag(),
      phone_display: complete({
        formatting: choice(["international", "regional"]),
        masking: choice(["hide_country_code", "mask_digits", "show_all"]),
      }),
    }),
    page_background: complete({
      background_color: color("Background color"),
      background_image_url: url("Background image url"),
      page_layout: one("Page Layout", "center", "left", "right"),
    }),
    widget: complete({
      header_text_alignment: one("Header text alignment", "center", "left", "right"),
      logo_height: size("Logo height", 1, 100),
      logo_position: one("Logo position", "center", "left", "none", "right"),
      logo_url: url("Logo url"),
      social_buttons_layout: one("Social buttons layout", "bottom", "top"),
    }),
  },
  ...["displayName", "identifiers"],
);

const unknown = (doing: string): Fault =>
  missing(`There was an error ${doing} branding settings: invalid theme ID`, "theme_not_found");

function find(call: Call, doing: string): Stored {
  return call.tenant.objects.require(family, call.params.id ?? "", unknown(doing));
}

/** A tenant has one theme at most; an answer shows every setting that was ever given. */
const theme: Entity = {
  family,
  path: "/branding/themes",
  idField: "themeId",
  newId: () => alphanumerics(32),
  missing: unknown("retrieving"),
  keys: [
    {
      name: "only",
      of: () => "theme",
      conflict: conflict("There was an error updating branding settings: The theme already exists").fault,
    },
  ],
  create: { fields, status: 200 },
  defaults: () => ({
    identifiers: {
      login_display: "unified",
      otp_autocomplete: true,
      phone_display: { masking: "mask_digits", formatting: "international" },
    },
  }),
};

/** Each refuses an unknown theme in words of its own. */
const routes: readonly Route[] = [
  {
    method: "GET",
    path: "/branding/themes/default",
    handle: ({ tenant: { objects } }) => {
      const [only] = objects.store.select({ family, limit: 1 });
      if (!only) throw new Refusal(theme.missing);
      return { status: 200, body: only.body };
    },
  },
  {
    method: "PATCH",
    path: "/branding/themes/:id",
    fields,
    handle: (call) => ({
      status: 200,
      body: call.tenant.objects.update(find(call, "updating"), call.body, call).body,
    }),
  },
  {
    method: "DELETE",
    path: "/branding/themes/:id",
    handle: (call) => {
      call.tenant.objects.remove(find(call, "deleting"));
      return { status: 204 };
    },
  },
];

export const brandingThemes: Family = { entities: [theme], routes };
