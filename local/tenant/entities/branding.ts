import { anything, choice, flag, nullable, oneOf, record, text } from "../management/fields.ts";
import { isBody } from "../management/json.ts";
import type { Family, Singleton } from "../management/tables.ts";

const url = nullable(text({ format: "strict-https-uri-or-null" }));
const gradient = record({ type: text(), start: text(), end: text(), angle_deg: anything() });

/** https://auth0.com/docs/api/management/v2/branding/patch-branding */
const brand: Singleton = {
  family: "branding",
  path: "/branding",
  method: "PATCH",
  fields: record(
    {
      colors: nullable(
        record(
          {
            primary: nullable(text({ format: "html-color-or-null" })),
            page_background: oneOf(text({ format: "html-color-or-null" }), gradient, { type: "null" }),
          },
          { min: 1 },
        ),
      ),
      favicon_url: url,
      logo_url: url,
      identifiers: nullable(
        record(
          {
            login_display: choice(["unified", "separate"]),
            otp_autocomplete: flag(),
            phone_display: nullable(
              record({
                masking: choice(["show_all", "hide_country_code", "mask_digits"]),
                formatting: choice(["regional", "international"]),
              }),
            ),
          },
          { min: 1 },
        ),
      ),
      font: nullable(record({ url }, { min: 1 })),
    },
    { min: 1 },
  ),
  initial: {},
  merged: ["colors", "identifiers"],
  // an update that names no colours silently asks for identifier and password together again, whatever colours are stored:
  // https://github.com/auth0/auth0-deploy-cli/pull/1404, https://github.com/auth0/terraform-provider-auth0/issues/1509
  afterUpdate: (_, { body, tenant: { objects, switches } }) => {
    if (isBody(body.colors) && switches.BRANDING_RESETS === "without-colours") return;
    objects.replaceSingle("prompts", { ...objects.single("prompts"), identifier_first: false });
  },
};

export const branding: Family = { singletons: [brand] };
