import { ApiError, asObject, type JsonObject, type Method } from "../management.ts";
import { type Dict, dictAt, elements, isDict, text, type Value } from "../value.ts";
import { fromAnswer, type Mapping, objectBody } from "./mapping.ts";
import { byNewerClient } from "./newer-client.ts";
import { attemptAll, madeUpId, type Operation, type Read, type Step } from "./operation.ts";

const SUSPICIOUS = "suspicious_ip_throttling";
const BRUTE_FORCE = "brute_force_protection";
const BREACHED = "breached_password_detection";
const BOTS = "bot_detection";
const CAPTCHA = "captcha";
/** In the provider's order. */
const WRITTEN = [SUSPICIOUS, BRUTE_FORCE, BREACHED, BOTS, CAPTCHA] as const;
const READ = [BREACHED, BRUTE_FORCE, SUSPICIOUS, BOTS, CAPTCHA] as const;
const SWITCHED_OFF = [BREACHED, BRUTE_FORCE, SUSPICIOUS] as const;
type Section = (typeof WRITTEN)[number];

/** What the API keeps under `stage`, its names with dashes. */
const STAGES = ["pre_login", "pre_user_registration", "pre_change_password"];
const mapping: Mapping = { evenEmpty: STAGES.map((stage) => `${SUSPICIOUS}.${stage}`) };
/** Each captcha service, and the field that holds what proves the tenant to it; no answer shows that. */
const CAPTCHA_SECRETS: Readonly<Record<string, readonly [shown: string, field: string]>> = {
  recaptcha_v2: ["reCAPTCHA v2", "secret"],
  recaptcha_enterprise: ["reCAPTCHA Enterprise", "api_key"],
  hcaptcha: ["hCaptcha", "secret"],
  friendly_captcha: ["Friendly Captcha", "secret"],
  arkose: ["Arkose Labs", "secret"],
};

const dashed = (name: string): string => name.replaceAll("_", "-");
const path = (section: Section): string => `attack-protection/${dashed(section)}`;

function bodyOf(step: Step, section: Section): JsonObject {
  const body = objectBody(step.fields[section]?.fields ?? {}, dictAt(step.config[section]), mapping, section);
  return section === CAPTCHA ? withoutHalfCaptchas(body) : staged(section, body);
}

function staged(section: Section, body: JsonObject): JsonObject {
  const entries = Object.entries(body);
  const stages = entries
    .filter(([name]) => STAGES.includes(name))
    .map(([name, value]) => [dashed(name), value] as const);
  const rest = Object.fromEntries(entries.filter(([name]) => !STAGES.includes(name)));
  const always = section === BREACHED ? { "pre-user-registration": {}, "pre-change-password": {} } : {};
  const stage = { ...always, ...Object.fromEntries(stages) };
  return Object.keys(stage).length > 0 ? { ...rest, stage } : rest;
}

/** A captcha service without its secret is not sent: a state that was imported has none. */
function withoutHalfCaptchas(body: JsonObject): JsonObject {
  const whole = Object.entries(body).filter(([name, value]) => {
    const secret = CAPTCHA_SECRETS[name]?.[1];
    return secret === undefined || secret in asObject(value);
  });
  return Object.fromEntries(whole);
}

/** Bot detection and captchas are not in every plan: the API refuses the scope then, the provider goes on without. */
async function ask({ api }: Step, method: Method, section: Section, body?: JsonObject): Promise<JsonObject | null> {
  const send = () => api.object(method, path(section), body);
  if (section !== BOTS && section !== CAPTCHA) return send();
  try {
    return await byNewerClient(api, send);
  } catch (error) {
    if (error instanceof ApiError && error.message.includes("insufficient_scope")) return null;
    throw error;
  }
}

async function readSection(step: Step, section: Section): Promise<Dict[]> {
  const answer = await ask(step, "GET", section);
  if (!answer) return [];
  const stage = asObject(answer.stage);
  const stages = section === BREACHED || section === SUSPICIOUS ? STAGES : [];
  const lifted = Object.fromEntries(stages.map((name) => [name, asObject(stage[dashed(name)])]));
  const read = fromAnswer(step.fields[section]?.fields ?? {}, { ...answer, ...lifted }, {});
  return [section === CAPTCHA ? withCaptchaSecrets(read, dictAt(step.planned[CAPTCHA])) : read];
}

function withCaptchaSecrets(read: Dict, known: Dict): Dict {
  const services = Object.entries(CAPTCHA_SECRETS).map(([name, [, secret]]) => [
    name,
    elements(read[name])
      .filter(isDict)
      .map((service) => ({ ...service, [secret]: text(dictAt(known[name])[secret]) })),
  ]);
  return { ...read, ...Object.fromEntries(services) };
}

async function read(step: Step): Promise<Read> {
  const sections: Record<string, Value> = {};
  for (const section of READ) sections[section] = await readSection(step, section);
  return sections;
}

async function update(step: Step): Promise<Read> {
  const written = WRITTEN.filter((section) => step.changed(section) && elements(step.config[section]).length > 0);
  await attemptAll(written.map((section) => () => ask(step, "PATCH", section, bodyOf(step, section))));
  return read(step);
}

/** An active captcha service that is written needs its secret, but for a state that stays as it was imported. */
function refuse(config: Dict, { prior, planned, changed }: Parameters<NonNullable<Operation["refuse"]>>[1]) {
  if (prior && !changed(CAPTCHA)) return undefined;
  const active = text(dictAt(planned[CAPTCHA]).active_provider_id);
  const [shown, secret] = CAPTCHA_SECRETS[active] ?? [];
  const [written] = elements(dictAt(config[CAPTCHA])[active]);
  if (!secret || !isDict(written) || written[secret] !== null) return undefined;
  return `${shown} is configured as the active CAPTCHA provider, but ${JSON.stringify(secret)} is not set. Please provide the ${secret} for ${shown}`;
}

/** Five settings that every tenant has; a deletion switches three of them off. https://auth0.com/docs/secure/attack-protection */
export const attackProtection: Operation = {
  refuse,
  read,
  update,
  create(step) {
    step.created(madeUpId());
    return update(step);
  },
  async delete({ api }) {
    await attemptAll(SWITCHED_OFF.map((section) => () => api.send("PATCH", path(section), { enabled: false })));
  },
};
