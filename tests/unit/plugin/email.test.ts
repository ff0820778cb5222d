import { expect, test } from "vitest";
import { inputsOf } from "../../../local/plugin/inputs.ts";
import type { JsonObject } from "../../../local/plugin/management.ts";
import { Secret } from "../../../local/plugin/marshal.ts";
import { type Dict, UNKNOWN } from "../../../local/plugin/value.ts";
import { connected, plain, typeOf } from "./connected.ts";
import { refusal, store } from "./fake-management-api.ts";

const held = connected();
const READ =
  "GET emails/provider?fields=name%2Cenabled%2Cdefault_from_address%2Ccredentials%2Csettings&include_fields=true";
const provider = typeOf("emailProvider");
const template = typeOf("emailTemplate");

let start = 0;
/** What has been asked of the tenant that the test set up. */
const sent = () => held.fake.requests.slice(start);

/** The one mail service of a tenant; answers show no secret. */
function mailService(initial?: JsonObject): void {
  let service = initial;
  start = held.fake.requests.length;
  held.fake.answer = ({ method, body }) => {
    if (method === "POST" || (method === "PATCH" && service)) service = { ...service, ...(body as JsonObject) };
    if (!service) return refusal(404, "Not Found", "There is not a configured email provider");
    if (method === "DELETE") service = undefined;
    const { region, smtp_host, smtp_port, smtp_user } = (service?.credentials ?? {}) as JsonObject;
    const shown = { region, smtp_host, smtp_port, smtp_user };
    const credentials = JSON.parse(JSON.stringify(shown)) as JsonObject;
    return { status: 200, body: { ...service, credentials } };
  };
}

const credentials = { smtpHost: "mail.example", smtpPort: 587, smtpUser: "u", smtpPass: "shh" };
const smtp: Dict = { name: "smtp", enabled: true, defaultFromAddress: "a@acme.com", credentials };
const empty = {
  accessKeyId: new Secret(""),
  apiKey: new Secret(""),
  azureCsConnectionString: new Secret(""),
  domain: "",
  ms365ClientId: new Secret(""),
  ms365ClientSecret: new Secret(""),
  ms365TenantId: new Secret(""),
  region: "",
  secretAccessKey: new Secret(""),
  smtpHost: "",
  smtpPass: new Secret(""),
  smtpPort: 0,
  smtpUser: "",
};

test("a mail service is made where there is none; its secrets are sent, kept and marked", async () => {
  mailService();
  const made = await provider.create(held.api, smtp);
  expect(held.fake.lines()).toEqual([READ, "POST emails/provider", READ]);
  expect(sent()[1]?.body).toEqual({
    name: "smtp",
    enabled: true,
    default_from_address: "a@acme.com",
    credentials: { smtp_host: "mail.example", smtp_port: 587, smtp_user: "u", smtp_pass: "shh" },
  });
  expect(made.properties).toEqual({
    id: made.id,
    ...smtp,
    credentials: { ...empty, ...credentials, smtpPass: new Secret("shh") },
    settings: { headers: { xMcViewContentLink: "", xSesConfigurationSet: "" }, message: null },
  });
  expect(provider.diff(made.id, plain(made.properties), smtp, []).changes.size).toBe(0);
});

test("a mail service that is there already is taken over with an update", async () => {
  mailService({ name: "sendgrid", enabled: false, default_from_address: "old@acme.com", credentials: {} });
  await provider.create(held.api, smtp);
  expect(held.fake.lines()).toEqual([READ, "PATCH emails/provider", READ]);
});

test("credentials are sent only when they change", async () => {
  mailService();
  const made = await provider.create(held.api, smtp);
  await provider.update(held.api, made.id, plain(made.properties), { ...smtp, enabled: false });
  expect(held.fake.requests.at(-2)?.body).toEqual({
    name: "smtp",
    enabled: false,
    default_from_address: "a@acme.com",
  });
  const changed = { ...smtp, credentials: { ...credentials, smtpPass: "new" } };
  await provider.update(held.api, made.id, plain(made.properties), changed);
  expect(held.fake.requests.at(-2)?.body).toHaveProperty("credentials.smtp_pass", "new");
});

test.each<[string, Dict, JsonObject]>([
  ["mandrill", { apiKey: "k" }, { api_key: "k" }],
  [
    "ses",
    { accessKeyId: "a", secretAccessKey: "s", region: "r" },
    { accessKeyId: "a", secretAccessKey: "s", region: "r" },
  ],
  ["sendgrid", { apiKey: "k", region: "not sendgrid's" }, { api_key: "k" }],
  ["sparkpost", { apiKey: "k", region: "eu" }, { api_key: "k", region: "eu" }],
  ["mailgun", { apiKey: "k", domain: "acme.com" }, { api_key: "k", domain: "acme.com" }],
  ["azure_cs", { azureCsConnectionString: "c" }, { connectionString: "c" }],
  [
    "ms365",
    { ms365TenantId: "t", ms365ClientId: "c", ms365ClientSecret: "s" },
    { tenantId: "t", clientId: "c", clientSecret: "s" },
  ],
  ["custom", {}, {}],
])("the credentials of %s are sent under the API's names, no others", async (name, written, body) => {
  mailService();
  await provider.create(held.api, { name, defaultFromAddress: "a@acme.com", credentials: written });
  expect(sent()[1]?.body).toEqual({
    name,
    default_from_address: "a@acme.com",
    credentials: body,
  });
});

test.each<[string, Dict, Dict, JsonObject]>([
  ["smtp", credentials, { headers: { xSesConfigurationSet: "c" } }, { headers: { "X-SES-Configuration-Set": "c" } }],
  ["ses", { region: "r" }, { message: { configurationSetName: "c" } }, { message: { configuration_set_name: "c" } }],
  ["mandrill", { apiKey: "k" }, { message: { viewContentLink: true } }, { message: { view_content_link: true } }],
])("the settings of %s are sent and read back", async (name, written, settings, body) => {
  mailService();
  const inputs = { name, defaultFromAddress: "a@acme.com", credentials: written, settings };
  const made = await provider.create(held.api, inputs);
  expect(sent()[1]?.body).toHaveProperty("settings", body);
  expect(made.properties.settings).toMatchObject(settings);
});

test("a service without settings has none in its state", async () => {
  mailService();
  const made = await provider.create(held.api, {
    name: "sendgrid",
    defaultFromAddress: "a@acme.com",
    credentials: { apiKey: "k" },
  });
  expect(made.properties.settings).toBeNull();
  expect(made.properties.credentials).toEqual({ ...empty, apiKey: new Secret("k") });
});

test("a refresh takes what the service shows and keeps what it hides", async () => {
  mailService({ name: "smtp", default_from_address: "b@acme.com", credentials: { smtp_host: "other", smtp_port: 25 } });
  const found = await provider.read(held.api, "id", smtp);
  expect(found?.properties).toMatchObject({
    enabled: false,
    defaultFromAddress: "b@acme.com",
    credentials: { smtpHost: "other", smtpPort: 25, smtpUser: "", smtpPass: new Secret("shh") },
  });
});

test("settings that the API says are taken away are none", async () => {
  mailService({ name: "smtp", default_from_address: "a@acme.com", credentials: {}, settings: null });
  expect((await provider.read(held.api, "id", smtp))?.properties.settings).toBeNull();
});

test("a service of the tenant's own has empty credentials in every update", async () => {
  mailService();
  const custom = { name: "custom", defaultFromAddress: "a@acme.com", credentials: {} };
  const made = await provider.create(held.api, custom);
  await provider.update(held.api, made.id, plain(made.properties), { ...custom, enabled: true });
  expect(held.fake.requests.at(-2)?.body).toEqual({
    name: "custom",
    enabled: true,
    default_from_address: "a@acme.com",
    credentials: {},
  });
});

test("a service that shows nothing of its credentials leaves them without values", async () => {
  mailService({ name: "custom", enabled: true, default_from_address: "a@acme.com", credentials: {} });
  const found = await provider.read(held.api, "id");
  expect(found?.properties.credentials).toEqual({
    ...Object.fromEntries(
      Object.entries(empty).map(([name, value]) => [name, value instanceof Secret ? new Secret(null) : null]),
    ),
  });
});

test("a mail service that is gone is dropped by a refresh, told by an update, and no fault in a deletion", async () => {
  mailService();
  expect(await provider.read(held.api, "id", smtp)).toBeNull();
  await expect(provider.update(held.api, "id", smtp, { ...smtp, enabled: false })).rejects.toThrow(
    "auth0_email_provider id does not exist any more",
  );
  held.fake.lines();
  await expect(provider.delete(held.api, "id", smtp)).resolves.toBeUndefined();
  expect(held.fake.lines()).toEqual(["DELETE emails/provider"]);
});

const mail: Dict = {
  template: "verify_email",
  body: "<b>{{ user.email }}</b>\n",
  from: "a@acme.com",
  subject: "Verify",
  syntax: "liquid",
  enabled: true,
};

test("a template is made where there is none, then only what changes is sent", async () => {
  held.fake.answer = store("email-templates", "verify_email", {}, "template");
  start = held.fake.requests.length;
  const made = await template.create(held.api, mail);
  expect(held.fake.lines()).toEqual([
    "GET email-templates/verify_email",
    "POST email-templates",
    "GET email-templates/verify_email",
  ]);
  expect(sent()[1]?.body).toEqual(mail);
  expect(made).toEqual({
    id: "verify_email",
    properties: {
      id: "verify_email",
      ...mail,
      resultUrl: "",
      urlLifetimeInSeconds: 0,
      includeEmailInRedirect: false,
    },
  });
  expect(template.diff(made.id, plain(made.properties), mail, []).changes.size).toBe(0);
});

const kept: Dict = { ...mail, resultUrl: "https://a", urlLifetimeInSeconds: 60, includeEmailInRedirect: true };

test.each<[string, string | number | boolean]>([
  ["body", "other"],
  ["from", "b@acme.com"],
  ["subject", "Now"],
  ["syntax", "text"],
  ["enabled", false],
  ["resultUrl", "https://b"],
  ["urlLifetimeInSeconds", 3600],
  ["includeEmailInRedirect", false],
])("a change of a template's %s sends that and its name", async (name, value) => {
  held.fake.answer = () => ({ status: 200, body: {} });
  await template.update(held.api, "verify_email", kept, { ...kept, [name]: value });
  expect(held.fake.requests.at(-2)?.body).toEqual({ template: "verify_email", [name]: value });
});

test("a template that is there already is taken over whole, and a deletion switches it off", async () => {
  held.fake.answer = ({ body }) => ({ status: 200, body: (body as JsonObject | null) ?? { template: "reset_email" } });
  start = held.fake.requests.length;
  const news = { ...mail, template: "reset_email", includeEmailInRedirect: false };
  await template.create(held.api, news);
  expect(sent().map(({ method, path, body }) => [method, path, body])).toEqual([
    ["GET", "email-templates/reset_email", null],
    ["PATCH", "email-templates/reset_email", news],
    ["GET", "email-templates/reset_email", null],
  ]);
  await template.delete(held.api, "reset_email", news);
  expect(held.fake.requests.at(-1)).toEqual({
    method: "PATCH",
    path: "email-templates/reset_email",
    body: { template: "reset_email", enabled: false },
  });
});

test("a template is imported by its name, with what differs from nothing", async () => {
  held.fake.answer = () => ({ status: 200, body: mail as JsonObject });
  const found = await template.read(held.api, "verify_email");
  if (!found) throw new Error("not found");
  expect(inputsOf(template.table, found.state, undefined)).toEqual({ ...mail, __defaults: [] });
});

test("whether the address is in the redirect is the server's to decide", () => {
  expect(template.preview(mail)).toEqual({
    id: UNKNOWN,
    ...mail,
    resultUrl: null,
    urlLifetimeInSeconds: null,
    includeEmailInRedirect: UNKNOWN,
  });
});

test.each<[string, ReturnType<typeof typeOf>, Dict, string]>([
  [
    "a domain that is too short",
    provider,
    { ...smtp, credentials: { domain: "a.b" } },
    "expected length of credentials.0.domain to be in the range (4 - 9223372036854775807), got a.b. Examine values at 'it.credentials.domain'.",
  ],
  [
    "a credential that is empty",
    provider,
    { ...smtp, credentials: { smtpPass: "" } },
    "expected \"credentials.0.smtp_pass\" to not be an empty string, got . Examine values at 'it.credentials.smtpPass'.",
  ],
])("%s is refused with the provider's sentence", (_, type, inputs, reason) => {
  const { failures } = type.check(inputs, undefined, { resourceName: "it", seed: new Uint8Array() });
  expect(failures).toEqual([reason]);
});

test("the name of a template may be written in any case", () => {
  const naming = { resourceName: "it", seed: new Uint8Array() };
  expect(template.check({ ...mail, template: "Verify_Email" }, undefined, naming).failures).toEqual([]);
});
