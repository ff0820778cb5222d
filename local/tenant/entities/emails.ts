import { badBody, conflict, missing, Refusal } from "../management/faults.ts";
import { choice, decimal, flag, freeRecord, nullable, record, text, without } from "../management/fields.ts";
import { type Body, bodyAt, omit, pick, textAt } from "../management/json.ts";
import { merge } from "../management/merge.ts";
import type { Call, Entity, Family, Route } from "../management/tables.ts";
import type { Stored } from "../store.ts";

const providerFields = record(
  {
    name: choice([
      ...["mailgun", "mandrill", "sendgrid", "resend", "ses", "sparkpost", "smtp", "azure_cs", "ms365", "custom"],
    ]),
    enabled: flag(),
    default_from_address: text(),
    credentials: freeRecord(),
    settings: nullable(freeRecord()),
  },
  { required: ["name", "credentials"] },
);

/** The credentials that an answer may show; the rest are secret. */
const shownCredentials = ["region", "domain", "smtp_host", "smtp_port", "smtp_user"];

const family = "email-provider";
const noProvider = missing("There is not a configured email provider", "inexistent_email_provider");

function provider({ tenant: { objects } }: Call): Stored {
  return objects.require(family, family, noProvider);
}

function shown(body: Body): Body {
  return { ...body, credentials: pick(bodyAt(body, "credentials"), shownCredentials) };
}

/** The one mail service of the tenant: https://auth0.com/docs/api/management/v2/emails/post-provider */
const providerRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/emails/provider",
    query: { fields: text(), include_fields: flag() },
    handle: (call) => ({ status: 200, body: shown(provider(call).body) }),
  },
  {
    method: "POST",
    path: "/emails/provider",
    fields: providerFields,
    handle: ({ body, tenant: { objects } }) => {
      if (objects.store.get(family, family)) throw conflict("Email provider is already configured.");
      return {
        status: 201,
        body: shown(objects.store.insert(family, "", family, { enabled: true, ...body }, []).body),
      };
    },
  },
  {
    method: "PATCH",
    path: "/emails/provider",
    fields: without(providerFields),
    handle: (call) => {
      const before = provider(call);
      // the settings of one service are none of another's
      const kept =
        (call.body.name ?? before.body.name) === before.body.name ? before.body : omit(before.body, ["settings"]);
      return { status: 200, body: shown(call.tenant.objects.store.update(before, merge(kept, call.body), []).body) };
    },
  },
  {
    method: "DELETE",
    path: "/emails/provider",
    handle: ({ tenant: { objects } }) => {
      const known = objects.store.get(family, family);
      if (known) objects.store.remove(known);
      return { status: 204 };
    },
  },
];

const templates = [
  ...["verify_email", "verify_email_by_code", "reset_email", "reset_email_by_code", "welcome_email", "blocked_account"],
  ...["stolen_credentials", "enrollment_email", "mfa_oob_code", "user_invitation", "change_password", "password_reset"],
  ...["async_approval"],
];

const templateFields = record(
  {
    template: choice(templates),
    body: nullable(text()),
    from: nullable(text()),
    resultUrl: nullable(text()),
    subject: nullable(text()),
    syntax: nullable(text()),
    urlLifetimeInSeconds: nullable(decimal({ min: 0 })),
    includeEmailInRedirect: flag(),
    enabled: nullable(flag()),
  },
  { required: ["template", "body", "from", "subject", "syntax", "enabled"] },
);

const noTemplate = missing("The template does not exist.", "inexistent_email_template");

/** https://auth0.com/docs/api/management/v2/email-templates/post-email-templates */
const template: Entity = {
  family: "email-templates",
  path: "/email-templates",
  idField: "template",
  newId: (body) => textAt(body, "template") ?? "",
  missing: noTemplate,
  create: { fields: templateFields, status: 200 },
  update: { fields: { ...templateFields, required: [] } }, // the provider names the template in the body too
  settle: (next, { tenant: { objects } }, before) => {
    const name = textAt(next, "template") ?? "";
    if (!before && objects.store.get("email-templates", name)) throw conflict(`Template ${name} already exists.`);
    return next;
  },
};

const replaceTemplate: Route = {
  method: "PUT",
  path: "/email-templates/:id",
  fields: { ...templateFields, required: ["body", "from", "subject", "syntax", "enabled"] },
  handle: ({ params, body, tenant: { objects } }) => {
    const name = params.id ?? "";
    if ((body.template ?? name) !== name) throw badBody("The template cannot be changed");
    const known = objects.store.get("email-templates", name);
    if (!known) throw new Refusal(noTemplate);
    return { status: 200, body: objects.rewrite(known, { ...body, template: name }).body };
  },
};

export const emails: Family = { entities: [template], routes: [...providerRoutes, replaceTemplate] };
