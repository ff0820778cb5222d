import { asArray, asObject, type JsonObject } from "../management.ts";
import { type Dict, dictAt, elements, text, type Value } from "../value.ts";
import { phone, push } from "./guardian-messages.ts";
import { fromAnswer, type Mapping, objectBody } from "./mapping.ts";
import { attemptAll, madeUpId, type Operation, type Read, type Step } from "./operation.ts";

const POLICIES = "guardian/policies";
const factorPath = (factor: string): string => `guardian/factors/${factor}`;

/** Factors that are on or off and nothing else, by field. */
const SWITCHES: Readonly<Record<string, string>> = { email: "email", otp: "otp", recovery_code: "recovery-code" };

/** A factor with an object of its own. */
export interface Factor {
  readonly field: string;
  /** Its requests once it is on; what the program writes of it is handed in. */
  readonly configure: (step: Step, written: Dict) => Promise<void>;
  /** What the server has of a factor that is on. */
  readonly read: (step: Step) => Promise<Dict>;
}

/** A factor with one object of settings, which are only sent when any is written. */
function withSettings(field: string, factor: string, names: Readonly<Record<string, string>>): Factor {
  const path = `${factorPath(factor)}/settings`;
  const mapping: Mapping = { names, unsent: ["enabled"], unread: ["enabled"] };
  const fieldsOf = (step: Step) => step.fields[field]?.fields ?? {};
  return {
    field,
    async configure(step, written) {
      const body = objectBody(fieldsOf(step), written, mapping, "");
      if (Object.keys(body).length > 0) await step.api.send("PUT", path, body);
    },
    read: async (step) => fromAnswer(fieldsOf(step), await step.api.object("GET", path), mapping),
  };
}

const relyingParty = {
  override_relying_party: "overrideRelyingParty",
  relying_party_identifier: "relyingPartyIdentifier",
};
/** By the API's name, in the provider's order. https://auth0.com/docs/secure/multi-factor-authentication/multi-factor-authentication-factors */
const FACTORS: Readonly<Record<string, Factor>> = {
  sms: phone,
  "webauthn-roaming": withSettings("webauthn_roaming", "webauthn-roaming", {
    user_verification: "userVerification",
    ...relyingParty,
  }),
  "webauthn-platform": withSettings("webauthn_platform", "webauthn-platform", relyingParty),
  duo: withSettings("duo", "duo", { integration_key: "ikey", secret_key: "skey", hostname: "host" }),
  "push-notification": push,
};

const turn = ({ api }: Step, factor: string, enabled: boolean) => api.send("PUT", factorPath(factor), { enabled });

async function updateFactor(step: Step, name: string, factor: Factor): Promise<void> {
  const enabled = dictAt(step.planned[factor.field]).enabled === true;
  await turn(step, name, enabled);
  if (enabled && elements(step.config[factor.field]).length > 0) {
    await factor.configure(step, dictAt(step.config[factor.field]));
  }
}

async function update(step: Step): Promise<Read> {
  const policy = text(step.planned.policy);
  const changedOf = <T>(entries: [string, T][], field: (entry: [string, T]) => string) =>
    entries.filter((entry) => step.changed(field(entry)));
  await attemptAll([
    ...(step.changed("policy") ? [() => step.api.send("PUT", POLICIES, policy === "never" ? [] : [policy])] : []),
    ...changedOf(Object.entries(SWITCHES), ([field]) => field).map(
      ([field, name]) =>
        () =>
          turn(step, name, step.planned[field] === true),
    ),
    ...changedOf(Object.entries(FACTORS), ([, { field }]) => field).map(
      ([name, factor]) =>
        () =>
          updateFactor(step, name, factor),
    ),
  ]);
  return read(step);
}

/** Factors are read in the order in which the API lists them; one that is off tells nothing more. */
async function read(step: Step): Promise<Read> {
  const [policy = "never"] = asArray(await step.api.send("GET", POLICIES));
  const fields: Record<string, Value> = { policy: String(policy) };
  for (const listed of asArray(await step.api.send("GET", "guardian/factors")).map(asObject)) {
    const { name, enabled } = factorOf(listed);
    const plain = Object.entries(SWITCHES).find(([, factor]) => factor === name)?.[0];
    const factor = FACTORS[name];
    if (plain) fields[plain] = enabled;
    else if (factor) fields[factor.field] = [enabled ? { ...(await factor.read(step)), enabled } : { enabled }];
  }
  return fields;
}

const factorOf = ({ name, enabled }: JsonObject) => ({ name: String(name), enabled: enabled === true });

/** Multi-factor authentication of a tenant; a deletion takes the policy away and switches every factor off. */
export const guardian: Operation = {
  read,
  update,
  create(step) {
    step.created(madeUpId());
    return update(step);
  },
  async delete(step) {
    const { sms: _, ...rest } = FACTORS;
    const factors = ["sms", ...Object.values(SWITCHES), ...Object.keys(rest)];
    await attemptAll([
      () => step.api.send("PUT", POLICIES, []),
      ...factors.map((factor) => () => turn(step, factor, false)),
    ]);
  },
};
