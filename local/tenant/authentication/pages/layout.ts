import type { Context } from "hono";
import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { bodyAt, textAt } from "../../management/json.ts";
import type { Objects } from "../../management/objects.ts";
import type { Stored } from "../../store.ts";

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export interface Page {
  readonly title: string;
  /** One sentence below the title. */
  readonly intro?: string;
  /** What was wrong with the last answer. */
  readonly complaint?: string | undefined;
  readonly body: Html;
}

/** Whose page it is: the organization's where the login has one, else the tenant's: https://auth0.com/docs/manage-users/organizations/organizations-overview */
export interface Brand {
  readonly name: string;
  readonly logo?: string;
  readonly primary: string;
  readonly background: string;
}

/** Auth0's own colours, where nobody chose any. */
const plain = { primary: "#0059d6", background: "#000000" };

export function brandOf(objects: Objects, organization?: Stored): Brand {
  const tenant = objects.single("branding");
  const own = bodyAt(organization?.body ?? {}, "branding");
  const colour = (name: "primary" | "page_background") =>
    textAt(bodyAt(own, "colors"), name) ?? textAt(bodyAt(tenant, "colors"), name);
  const settings = objects.single("tenants/settings");
  const tenantName = textAt(settings, "friendly_name") ?? "";
  const logo = textAt(own, "logo_url") ?? textAt(tenant, "logo_url");
  return {
    name: organization
      ? (textAt(organization.body, "display_name") ?? textAt(organization.body, "name") ?? "")
      : tenantName,
    ...(logo === undefined ? {} : { logo }),
    primary: safeColour(colour("primary")) ?? plain.primary,
    background: safeColour(colour("page_background")) ?? plain.background,
  };
}

/** A colour goes into a style sheet as it is, so it may be nothing else. */
function safeColour(value: string | undefined): string | undefined {
  return value !== undefined && /^#(?:[0-9a-f]{3}){1,2}$/i.test(value) ? value : undefined;
}

/** Black or white, whichever can be read on the colour: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function readableOn(colour: string): string {
  const digits = colour.length === 4 ? colour.replace(/[0-9a-f]/gi, "$&$&") : colour;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000000" : "#ffffff";
}

const style = ({ primary, background }: Brand) => `
  :root { --primary: ${primary}; --on-primary: ${readableOn(primary)}; --page: ${background}; }
  * { box-sizing: border-box; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--page); font: 16px/1.5 system-ui, sans-serif; color: #1e212a; }
  main { width: min(25rem, 100vw - 2rem); margin: 2rem 0; padding: 2.5rem; background: #fff; border-radius: 5px; box-shadow: 0 12px 40px #0002; }
  header { text-align: center; } header img { max-height: 52px; max-width: 100%; }
  h1 { margin: 1rem 0 .5rem; font-size: 1.5rem; line-height: 1.2; } p { margin: 0 0 1.25rem; }
  label { display: block; font-size: .875rem; margin-bottom: .25rem; }
  input[type=text], input[type=email], input[type=password] { width: 100%; padding: .75rem; margin-bottom: 1rem; border: 1px solid #6f7780; border-radius: 3px; font: inherit; }
  button, .button { width: 100%; padding: .75rem; margin-bottom: .5rem; border: 1px solid #6f7780; border-radius: 3px; background: #fff; color: inherit; font: inherit; cursor: pointer; text-align: center; }
  button.main { background: var(--primary); border-color: var(--primary); color: var(--on-primary); }
  button.link { width: auto; padding: 0; margin: 0; border: 0; background: none; text-decoration: underline; color: #0a4ea3; }
  a { color: #0a4ea3; }
  :focus-visible { outline: 3px solid #0a4ea3; outline-offset: 2px; }
  .complaint { padding: .75rem 1rem; margin-bottom: 1rem; background: #fdecec; border: 1px solid #b3261e; border-radius: 3px; color: #8c1d18; }
  .or { display: flex; gap: 1rem; align-items: center; margin: 1rem 0; } .or::before, .or::after { content: ""; flex: 1; border-top: 1px solid #c2c8d0; }
  .who { display: flex; justify-content: space-between; gap: 1rem; padding: .75rem; margin-bottom: 1rem; border: 1px solid #c2c8d0; border-radius: 3px; overflow-wrap: anywhere; }
  ul { padding-left: 1.25rem; } code { overflow-wrap: anywhere; }`;

/** A page that works without a script. */
export function page(
  context: Context,
  brand: Brand,
  { title, intro, complaint, body }: Page,
  status: 200 | 400 | 403 | 404 | 500 = 200,
) {
  context.header("Cache-Control", "no-store");
  context.header("X-Frame-Options", "deny");
  // a form's answer may lead on to the app or an identity provider, wherever these are
  context.header(
    "Content-Security-Policy",
    "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; form-action 'self' https: http://localhost:*; frame-ancestors 'none'; base-uri 'none'",
  );
  context.header("Referrer-Policy", "no-referrer");
  const logo = brand.logo === undefined ? "" : html`<img src="${brand.logo}" alt="${brand.name}">`;
  return context.html(
    html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} | ${brand.name}</title><style>${raw(style(brand))}</style></head>
<body><main><header>${logo}<h1>${title}</h1>${intro === undefined ? "" : html`<p>${intro}</p>`}</header>
${complaint === undefined ? "" : html`<div class="complaint" role="alert" id="complaint">${complaint}</div>`}
${body}
</main></body></html>`,
    status,
  );
}
