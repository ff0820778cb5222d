import { asArray, type JsonObject } from "../management.ts";
import { RefusedError } from "../provider.ts";
import { type Dict, dictAt, elements, equivalent, text, UNKNOWN, type Value } from "../value.ts";
import type { Factor } from "./guardian.ts";
import { fromAnswer, type Mapping, objectBody } from "./mapping.ts";
import type { Step } from "./operation.ts";

const SMS = "guardian/factors/sms";
const PHONE = "guardian/factors/phone";
const TEMPLATES = ["enrollment_message", "verification_message"];
const TWILIO = ["from", "messaging_service_sid", "auth_token", "sid"];

/** The fields of one object of a factor, in the provider's names. */
const fieldsOf = (step: Step, factor: string, object: string) => step.fields[factor]?.fields?.[object]?.fields ?? {};

function pick(step: Step, written: Dict, names: readonly string[]): JsonObject {
  const options = Object.entries(fieldsOf(step, "phone", "options"));
  return objectBody(Object.fromEntries(options.filter(([name]) => names.includes(name))), written, {}, "");
}

/** With the consolidated experience a tenant's phone provider is configured elsewhere; new tenants have it. */
async function isConsolidated({ api }: Step): Promise<boolean> {
  return (await api.object("GET", "tenants/settings")).phone_consolidated_experience !== false;
}

async function configurePhoneProvider(step: Step, written: Dict): Promise<void> {
  const provider = text(written.provider);
  await step.api.send("PUT", `${PHONE}/selected-provider`, provider ? { provider } : {});
  if (elements(written.options).length === 0 || !provider) return;
  const options = dictAt(written.options);
  if (provider === "twilio") await step.api.send("PUT", `${SMS}/providers/twilio`, pick(step, options, TWILIO));
  await step.api.send("PUT", `${SMS}/templates`, pick(step, options, TEMPLATES));
}

/** https://auth0.com/docs/secure/multi-factor-authentication/multi-factor-authentication-factors/configure-sms-voice-notifications-mfa */
export const phone: Factor = {
  field: "phone",
  async configure(step, written) {
    if (!(await isConsolidated(step))) await configurePhoneProvider(step, written);
    else if (written.provider !== null || elements(written.options).length > 0) {
      throw new RefusedError(
        "provider or options cannot be specified when phone consolidated experience is enabled for tenant",
      );
    }
    const types = written.message_types;
    await step.api.send(
      "PUT",
      `${PHONE}/message-types`,
      Array.isArray(types) ? { message_types: types as string[] } : {},
    );
  },
  async read(step) {
    const { message_types } = await step.api.object("GET", `${PHONE}/message-types`);
    const types = { message_types: asArray(message_types) as Value[] };
    if (await isConsolidated(step)) return types;
    const provider = String((await step.api.object("GET", `${PHONE}/selected-provider`)).provider ?? "");
    if (!provider) return types;
    const templates = await step.api.object("GET", `${SMS}/templates`);
    const twilio = provider === "twilio" ? await step.api.object("GET", `${SMS}/providers/twilio`) : {};
    const told = fromAnswer(fieldsOf(step, "phone", "options"), { ...templates, ...twilio }, {});
    return { ...types, provider, options: [told] };
  },
};

const PUSH = "guardian/factors/push-notification";
/** Each object of the push factor in the provider's order: its request, and what no answer shows. */
const PUSH_OBJECTS: Readonly<Record<string, readonly [method: "PATCH" | "PUT", path: string, hidden?: string]>> = {
  custom_app: ["PATCH", "prompts/mfa-push"],
  direct_apns: ["PUT", `${PUSH}/providers/apns`, "p12"],
  direct_fcm: ["PUT", `${PUSH}/providers/fcm`, "server_key"],
  amazon_sns: ["PUT", `${PUSH}/providers/sns`, "aws_secret_access_key"],
};
const pushMapping: Mapping = { unsent: ["direct_apns.enabled"] };

function isChanged({ prior, planned }: Step, object: string): boolean {
  const after = dictAt(planned.push)[object] ?? null;
  return !equivalent(dictAt(prior?.push)[object] ?? null, after === UNKNOWN ? null : after);
}

async function readPushObject(step: Step, object: string, hidden: string | undefined): Promise<Dict[]> {
  const path = PUSH_OBJECTS[object]?.[1] ?? "";
  const kept = hidden ? { [hidden]: text(dictAt(dictAt(step.planned.push)[object])[hidden]) } : {};
  // the service of Firebase has no answer to read
  const answer = object === "direct_fcm" ? {} : await step.api.object("GET", path);
  return [{ ...fromAnswer(fieldsOf(step, "push", object), answer, {}), ...kept }];
}

/** https://auth0.com/docs/secure/multi-factor-authentication/multi-factor-authentication-factors/configure-push-notifications-for-mfa */
export const push: Factor = {
  field: "push",
  async configure(step, written) {
    const provider = written.provider === null ? {} : { provider: text(written.provider) };
    await step.api.send("PUT", `${PUSH}/selected-provider`, provider);
    for (const [object, [method, path]] of Object.entries(PUSH_OBJECTS)) {
      if (elements(written[object]).length === 0 || !isChanged(step, object)) continue;
      const body = objectBody(fieldsOf(step, "push", object), dictAt(written[object]), pushMapping, object);
      await step.api.send(method, path, body);
    }
  },
  async read(step) {
    const provider = String((await step.api.object("GET", `${PUSH}/selected-provider`)).provider ?? "");
    const read: Dict = { provider };
    for (const [object, [, , hidden]] of Object.entries(PUSH_OBJECTS)) {
      if (object === "amazon_sns" && provider !== "sns") continue;
      read[object] = await readPushObject(step, object, hidden);
    }
    return read;
  },
};
