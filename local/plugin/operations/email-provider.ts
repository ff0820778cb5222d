import { asObject, type JsonObject } from "../management.ts";
import { type Dict, dictAt, elements, text } from "../value.ts";
import { fromAnswer, type Mapping, objectBody } from "./mapping.ts";
import { madeUpId, type Operation, orGone, type Read, type Step } from "./operation.ts";

const PATH = "emails/provider";
const QUERY = { fields: "name,enabled,default_from_address,credentials,settings", include_fields: "true" };

interface Service {
  /** By field, the API's name. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Credentials that an answer shows; the others stay as they were written. */
  readonly shown?: readonly string[];
  /** The one object of the settings that the service takes, and its one or two fields by the API's names. */
  readonly settings?: readonly [object: string, fields: Readonly<Record<string, string>>];
}

/** https://auth0.com/docs/api/management/v2/emails/post-provider */
const SERVICES: Readonly<Record<string, Service>> = {
  mandrill: {
    credentials: { api_key: "api_key" },
    settings: ["message", { view_content_link: "view_content_link" }],
  },
  ses: {
    credentials: { access_key_id: "accessKeyId", secret_access_key: "secretAccessKey", region: "region" },
    shown: ["region"],
    settings: ["message", { configuration_set_name: "configuration_set_name" }],
  },
  sendgrid: { credentials: { api_key: "api_key" } },
  sparkpost: { credentials: { api_key: "api_key", region: "region" }, shown: ["region"] },
  mailgun: { credentials: { api_key: "api_key", domain: "domain", region: "region" }, shown: ["domain", "region"] },
  smtp: {
    credentials: { smtp_host: "smtp_host", smtp_port: "smtp_port", smtp_user: "smtp_user", smtp_pass: "smtp_pass" },
    shown: ["smtp_host", "smtp_port", "smtp_user"],
    settings: [
      "headers",
      { x_mc_view_content_link: "X-MC-ViewContentLink", x_ses_configuration_set: "X-SES-Configuration-Set" },
    ],
  },
  azure_cs: { credentials: { azure_cs_connection_string: "connectionString" } },
  ms365: {
    credentials: {
      ms365_tenant_id: "tenantId",
      ms365_client_id: "clientId",
      ms365_client_secret: "clientSecret",
    },
  },
  custom: { credentials: {} },
};

/** The named fields of one object that is written, in the API's names. */
function pick(step: Step, path: readonly string[], written: Dict, names: Readonly<Record<string, string>>): JsonObject {
  const fields = path.reduce((held, name) => held[name]?.fields ?? {}, step.fields);
  const picked = Object.fromEntries(Object.entries(fields).filter(([name]) => name in names));
  return objectBody(picked, written, { names }, "");
}

function bodyOf(step: Step): JsonObject {
  const { config } = step;
  const service = SERVICES[text(config.name)];
  const mapping: Mapping = { unsent: ["credentials", "settings"] };
  const body = objectBody(step.fields, config, mapping, "");
  if (!service) return body;
  const isCustom = Object.keys(service.credentials).length === 0;
  if (isCustom || (step.changed("credentials") && elements(config.credentials).length > 0)) {
    body.credentials = pick(step, ["credentials"], dictAt(config.credentials), service.credentials);
  }
  const [object, names] = service.settings ?? [];
  const [written] = object ? elements(dictAt(config.settings)[object]) : [];
  if (object && names && written !== undefined) {
    body.settings = { [object]: pick(step, ["settings", object], dictAt([written]), names) };
  }
  return body;
}

async function read(step: Step): Promise<Read> {
  const answer = await orGone(step.api.object("GET", PATH, undefined, QUERY));
  if (!answer) return null;
  const service = SERVICES[String(answer.name)];
  return {
    ...fromAnswer(step.fields, answer, { unread: ["credentials", "settings"] }),
    credentials: service ? [credentialsOf(step, service, answer)] : [],
    settings: service ? settingsOf(step, service, answer) : [],
  };
}

function credentialsOf(step: Step, { credentials, shown = [] }: Service, answer: JsonObject): Dict {
  const told = fromAnswer(step.fields.credentials?.fields ?? {}, asObject(answer.credentials), { names: credentials });
  const known = dictAt(step.planned.credentials);
  const names = Object.keys(credentials);
  return Object.fromEntries(names.map((name) => [name, (shown.includes(name) ? told : known)[name] ?? null]));
}

/** A service that takes settings has them even where nothing is set; the API says null of those that were taken away. */
function settingsOf(step: Step, { settings }: Service, answer: JsonObject): Dict[] {
  if (!settings || answer.settings === null) return [];
  const [object, names] = settings;
  const fields = step.fields.settings?.fields?.[object]?.fields ?? {};
  const told = fromAnswer(fields, asObject(asObject(answer.settings)[object]), { names });
  return [{ [object]: [Object.fromEntries(Object.keys(names).map((name) => [name, told[name] ?? null]))] }];
}

async function update(step: Step): Promise<Read> {
  const answer = await orGone(step.api.send("PATCH", PATH, bodyOf(step)).then(() => true));
  return answer ? read(step) : null;
}

/** The one mail service of a tenant; one that is there already is taken over. https://auth0.com/docs/customize/email */
export const emailProvider: Operation = {
  read,
  update,
  async create(step) {
    step.created(madeUpId());
    if (await orGone(step.api.object("GET", PATH, undefined, QUERY))) return update(step);
    await step.api.send("POST", PATH, bodyOf(step));
    return read(step);
  },
  async delete({ api }) {
    await orGone(api.send("DELETE", PATH));
  },
};
