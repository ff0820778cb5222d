import { asArray, asObject, type Json, type JsonObject } from "../management.ts";
import { GuardedError } from "../provider.ts";
import { type Dict, dictAt, elements, isDict, isZero, text, UNKNOWN } from "../value.ts";
import { singleton } from "./entity.ts";
import { orGone, type Step } from "./operation.ts";
import { isQuotaEmpty, quotaOf } from "./quota.ts";

const PROMPT_SKIP = "skip_non_verifiable_callback_uri_confirmation_prompt";

/** What the provider takes a missing setting for. https://auth0.com/docs/get-started/tenant-settings */
const DEFAULTS: Dict = {
  session_lifetime: 168,
  idle_session_lifetime: 72,
  ephemeral_session_lifetime: 72,
  idle_ephemeral_session_lifetime: 24,
};
const FLAG_DEFAULTS: Dict = {
  enable_client_connections: true,
  enable_pipeline2: true,
  disable_management_api_sms_obfuscation: true,
};

function sent(body: JsonObject, step: Step): JsonObject {
  const { acr_values_supported: acr, ...rest } = body;
  const acrDisabled = step.config.disable_acr_values_supported === true;
  const acrSent = step.changed("acr_values_supported") || step.changed("disable_acr_values_supported");
  const flags = asObject(rest.flags);
  if (!step.creates && !flagChanged(step, "enable_sso")) delete flags.enable_sso;
  if (rest.flags) rest.flags = flags;
  if (isMtlsOff(step)) delete rest.mtls;
  if (isErrorPageEmpty(step)) delete rest.error_page;
  const skip = text(step.config[PROMPT_SKIP]);
  return {
    ...withLifetimes(rest),
    ...(acr !== undefined && acrSent && !acrDisabled ? { acr_values_supported: acr } : {}),
    ...(skip === "true" || skip === "false" ? { [PROMPT_SKIP]: skip === "true" } : {}),
  };
}

/** A lifetime below an hour goes in minutes, any other in whole hours. */
function withLifetimes(body: JsonObject): JsonObject {
  const entries = Object.entries(body).map(([name, value]): [string, Json] => {
    if (!(name in DEFAULTS) || typeof value !== "number") return [name, value];
    return value < 1 ? [`${name}_in_minutes`, Math.round(value * 60)] : [name, Math.round(value)];
  });
  return Object.fromEntries(entries);
}

const flagChanged = (step: Step, name: string): boolean =>
  dictAt(step.prior?.flags)[name] !== dictAt(step.planned.flags)[name];
const isMtlsOff = ({ config }: Step): boolean =>
  elements(config.mtls).every((mtls) => isDict(mtls) && mtls.disable === true);
const isErrorPageEmpty = ({ config }: Step): boolean => elements(config.error_page).every(isZero);

function nulls(step: Step): JsonObject {
  const { config, creates } = step;
  const touched = (name: string) => creates || step.changed(name);
  const quota = dictAt(config.default_token_quota);
  const acr = touched("acr_values_supported") || touched("disable_acr_values_supported");
  const noQuota = isQuotaEmpty(quota.clients) && isQuotaEmpty(quota.organizations);
  return {
    ...(touched("default_token_quota") && noQuota ? { default_token_quota: null } : {}),
    ...(acr && config.disable_acr_values_supported === true ? { acr_values_supported: null } : {}),
    ...(touched("mtls") && isMtlsOff(step) ? { mtls: null } : {}),
    ...(touched("error_page") && isErrorPageEmpty(step) ? { error_page: null } : {}),
    ...(touched(PROMPT_SKIP) && config[PROMPT_SKIP] === null ? { [PROMPT_SKIP]: null } : {}),
  };
}

function received(read: Dict, answer: JsonObject): Dict {
  const withDefaults = Object.entries(DEFAULTS).map(([name, value]) => [name, read[name] ?? value]);
  const flags = Object.entries(FLAG_DEFAULTS).map(([name, value]) => [name, dictAt(read.flags)[name] ?? value]);
  const quota = asObject(answer.default_token_quota);
  return {
    ...read,
    ...Object.fromEntries(withDefaults),
    flags: answer.flags ? [{ ...dictAt(read.flags), ...Object.fromEntries(flags) }] : [],
    session_cookie: [{ mode: dictAt(read.session_cookie).mode ?? null }],
    sessions: [{ oidc_logout_prompt_enabled: dictAt(read.sessions).oidc_logout_prompt_enabled ?? true }],
    oidc_logout: [
      {
        rp_logout_end_session_endpoint_discovery:
          dictAt(read.oidc_logout).rp_logout_end_session_endpoint_discovery ?? true,
      },
    ],
    mtls: answer.mtls
      ? [{ enable_endpoint_aliases: dictAt(read.mtls).enable_endpoint_aliases ?? null }]
      : [{ disable: true }],
    default_token_quota: answer.default_token_quota
      ? [{ clients: quotaOf(quota.clients), organizations: quotaOf(quota.organizations) }]
      : [],
    [PROMPT_SKIP]: answer[PROMPT_SKIP] == null ? "null" : String(answer[PROMPT_SKIP]),
    disable_acr_values_supported: answer.acr_values_supported == null,
  };
}

function refuse(config: Dict): string | undefined {
  if (config.disable_acr_values_supported === UNKNOWN) return "disable_acr_values_supported must be known beforehand";
  if (config.disable_acr_values_supported === true && elements(config.acr_values_supported).length > 0) {
    return "only one of disable_acr_values_supported and acr_values_supported should be set";
  }
  const { disable, enable_endpoint_aliases: aliases } = dictAt(config.mtls);
  if ([config.mtls, disable, aliases].includes(UNKNOWN)) return "mtls must be known beforehand";
  if (disable !== true || aliases !== true) return undefined;
  return "only one of disable and enable_endpoint_aliases should be set in the mtls block";
}

/** https://auth0.com/docs/api/management/v2/tenants/patch-settings */
export const tenant = singleton({
  path: "tenants/settings",
  mapping: {
    whenChanged: ["mtls", "error_page"],
    unsent: [
      "disable_acr_values_supported",
      "mtls.disable",
      PROMPT_SKIP,
      "flags.require_pushed_authorization_requests",
    ],
    evenEmpty: ["flags"],
  },
  pauseAfterUpdate: 800,
  sent,
  nulls,
  received,
  refuse,
});

/** https://auth0.com/docs/api/management/v2/prompts/patch-prompts */
export const prompt = singleton({ path: "prompts", mapping: {} });

const TEMPLATE = "branding/templates/universal-login";

async function hasCustomDomain({ api }: Step): Promise<boolean> {
  return asArray(await api.send("GET", "custom-domains")).length > 0;
}

/** A page template needs a custom domain: https://auth0.com/docs/customize/login-pages/universal-login/customize-templates */
async function updateTemplate(step: Step): Promise<void> {
  const [before, after] = [elements(step.prior?.universal_login), elements(step.config.universal_login)];
  if (after.length === 0 && before.length > 0) await step.api.send("DELETE", TEMPLATE);
  const body = text(dictAt(after).body);
  if (!body) return;
  if (!(await hasCustomDomain(step))) {
    throw new GuardedError(
      "managing the Universal Login body through the 'auth0_branding' resource requires at least one custom domain to be configured for the tenant.\n\nUse the 'auth0_custom_domain' resource to set one up",
    );
  }
  await step.api.send("PUT", TEMPLATE, { template: body });
}

async function readTemplate(step: Step): Promise<Dict[]> {
  if (!(await hasCustomDomain(step))) return [];
  const template = await orGone(step.api.object("GET", TEMPLATE));
  return template ? [{ body: String(template.body ?? "") }] : [];
}

const settings = singleton({
  path: "branding",
  mapping: { unsent: ["universal_login"] },
  skipsEmpty: true,
  nulls: (step) =>
    !step.creates && step.changed("font") && elements(step.config.font).every(isZero) ? { font: null } : {},
  afterUpdate: updateTemplate,
  async delete(step) {
    if (await hasCustomDomain(step)) await step.api.send("DELETE", TEMPLATE);
  },
});
const withTemplate = async (step: Step, read: Promise<Dict | null>): Promise<Dict> => ({
  ...(await read),
  universal_login: await readTemplate(step),
});

/** https://auth0.com/docs/api/management/v2/branding/patch-branding */
export const branding = {
  ...settings,
  read: (step: Step) => withTemplate(step, settings.read(step)),
  create: (step: Step) => withTemplate(step, settings.create(step)),
  update: (step: Step) => withTemplate(step, settings.update?.(step) ?? Promise.resolve(null)),
};
