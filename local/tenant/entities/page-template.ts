import { badBody, type Fault, missing, Refusal } from "../management/faults.ts";
import { oneOf, record, text } from "../management/fields.ts";
import { type Body, textAt } from "../management/json.ts";
import type { Family, Route, Tenant } from "../management/tables.ts";

const family = "page-template";
const path = "/branding/templates/universal-login";

/** Most bytes of a template. */
const most = 102_400;

/** What a page cannot be shown without: https://auth0.com/docs/customize/login-pages/universal-login/customize-templates */
const tags = ["auth0:head", "auth0:widget"];

const noTemplate = missing("Template does not exist.", "inexistent_templates_universal_login");

const noDomain: Fault = {
  status: 400,
  message: "This feature requires at least one custom domain to be configured for the tenant.",
};

/** Refuses what Auth0 shows on custom domains only, where the tenant has none; whether one is verified does not matter. */
export function demandCustomDomain({ objects: { store } }: Tenant): void {
  if (store.count({ family: "custom-domains" }) === 0) throw new Refusal(noDomain);
}

/** The template may come as it is or under a name. */
function templateOf(body: Body): string {
  const template = textAt(body, "text") ?? textAt(body, "template") ?? "";
  if (Buffer.byteLength(template) > most)
    throw badBody(`Payload content length greater than maximum allowed: ${most}.`);
  if (!tags.every((tag) => new RegExp(`\\{%-?\\s*${tag}\\s*-?%\\}`).test(template)))
    throw badBody("Payload content missing required Liquid tags (auth0:head and auth0:widget).");
  return template;
}

/** The one page around every prompt: https://auth0.com/docs/api/management/v2/branding/put-universal-login */
const routes: readonly Route[] = [
  {
    method: "GET",
    path,
    handle: ({ tenant: { objects } }) => ({
      status: 200,
      body: objects.require(family, family, noTemplate).body,
    }),
  },
  {
    method: "PUT",
    path,
    fields: oneOf(text(), record({ template: text() }, { required: ["template"] })),
    handle: ({ body, tenant }) => {
      demandCustomDomain(tenant);
      const { store } = tenant.objects;
      const next = { body: templateOf(body) };
      const known = store.get(family, family);
      if (known) {
        store.update(known, next, []);
        return { status: 204 };
      }
      store.insert(family, "", family, next, []);
      return { status: 201, body: {} };
    },
  },
  {
    method: "DELETE",
    path,
    handle: ({ tenant: { objects } }) => {
      const known = objects.store.get(family, family);
      if (known) objects.remove(known);
      return { status: 204 };
    },
  },
];

export const pageTemplate: Family = { routes };
