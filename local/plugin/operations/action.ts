import { asArray, asObject, type Json, type JsonObject } from "../management.ts";
import { type Dict, elements, isDict, text, type Value } from "../value.ts";
import { encodePath, type Operation, orGone, type Read, type Step } from "./operation.ts";

/** The provider waits six minutes for a build. */
const LONGEST_BUILD = 6 * 60 * 1000;
/** Milliseconds between two looks at a build, doubled each time. */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 10_000;

const path = (id: string): string => `actions/actions/${encodePath(id)}`;
const pick = (items: Value | undefined, names: readonly string[]): Json[] =>
  elements(items)
    .filter(isDict)
    .map((item) =>
      Object.fromEntries(names.filter((name) => item[name] !== null).map((name) => [name, item[name] as Json])),
    );

function bodyOf(step: Step): JsonObject {
  const { config, changed } = step;
  const runtime = runtimeOf(config);
  return {
    name: text(config.name),
    supported_triggers: pick(config.supported_triggers, ["id", "version"]),
    code: text(config.code),
    ...(runtime ? { runtime } : {}),
    ...(changed("dependencies") ? { dependencies: pick(config.dependencies, ["name", "version"]) } : {}),
    ...secretsOf(step),
    ...(changed("modules") ? { modules: pick(config.modules, ["module_id", "module_version_id"]) } : {}),
  };
}

/** Node 18 has another name for every trigger but the exchange of tokens. */
function runtimeOf(config: Dict): string {
  const exchanges = elements(config.supported_triggers).some(
    (trigger) => isDict(trigger) && trigger.id === "custom-token-exchange",
  );
  return config.runtime === "node18" && !exchanges ? "node18-actions" : text(config.runtime);
}

function secretsOf({ config, changed }: Step): JsonObject {
  const names = ["name", "value"];
  if (changed("secrets")) return { secrets: pick(config.secrets, names) };
  if (!changed("secrets_wo") && !changed("secrets_wo_version")) return {};
  if (elements(config.secrets_wo).length > 0) return { secrets: pick(config.secrets_wo, names) };
  return changed("secrets_wo") ? { secrets: [] } : {};
}

async function read(step: Step, id = step.id): Promise<Read> {
  const action = await orGone(step.api.object("GET", path(id)));
  if (!action) return null;
  const version = asObject(action.deployed_version);
  const runtime = String(action.runtime ?? "");
  return {
    name: String(action.name ?? ""),
    supported_triggers: asArray(action.supported_triggers).map((trigger) => named(trigger, ["id", "version"])),
    code: String(action.code ?? ""),
    dependencies: asArray(action.dependencies).map((dependency) => named(dependency, ["name", "version"])),
    runtime: runtime === "node18-actions" ? "node18" : runtime,
    modules: asArray(action.modules).map((module) => moduleOf(module, step.planned.modules)),
    ...(action.deployed_version ? { version_id: String(version.id ?? "") } : {}),
  };
}

const named = (json: Json, names: readonly string[]): Dict =>
  Object.fromEntries(names.map((name) => [name, String(asObject(json)[name] ?? "")]));

/** The version that was written stays: the API may answer with a newer one. */
function moduleOf(json: Json, written: Value | undefined): Dict {
  const { module_id, module_name, module_version_id, module_version_number } = asObject(json);
  const own = elements(written)
    .filter(isDict)
    .find((module) => module.module_id === module_id);
  return {
    module_id: String(module_id ?? ""),
    module_name: String(module_name ?? ""),
    module_version_id: own?.module_version_id ?? String(module_version_id ?? ""),
    module_version_number: Number(module_version_number ?? 0),
  };
}

/** Asks until the action is as wanted. @throws Error when it never gets there */
async function until(step: Step, id: string, what: string, isDone: (action: JsonObject) => boolean): Promise<void> {
  let wait = FIRST_WAIT;
  for (let waited = 0; waited < LONGEST_BUILD; waited += wait) {
    if (isDone(await step.api.object("GET", path(id)))) return;
    await step.api.pause(wait);
    wait = Math.min(LONGEST_WAIT, wait * 2);
  }
  throw new Error(`action ${JSON.stringify(step.config.name)} ${what}`);
}

/** https://auth0.com/docs/customize/actions/deploy-and-version-actions */
async function deploy(step: Step, id: string): Promise<void> {
  if (step.planned.deploy !== true) return;
  await until(step, id, "never reached built state", (action) => {
    if (action.status !== "failed") return action.status === "built";
    throw new Error(
      `action ${JSON.stringify(step.config.name)} never reached built state: action ${JSON.stringify(action.name)} failed to build, check the Auth0 UI for errors`,
    );
  });
  await step.api.send("POST", `${path(id)}/deploy`);
  await until(step, id, "deploy never completed", (action) => asObject(action.deployed_version).deployed === true);
}

/** An update replaces all secrets: one that someone else set would be lost. */
async function keepForeignSecrets(step: Step): Promise<boolean> {
  const { changed, prior, planned } = step;
  if (!changed("secrets") && !changed("secrets_wo") && !changed("secrets_wo_version")) return true;
  const action = await orGone(step.api.object("GET", path(step.id)));
  if (!action) return false;
  const owned = [prior?.secrets, prior?.secrets_wo, planned.secrets, planned.secrets_wo];
  const known = new Set(
    owned.flatMap((list) =>
      elements(list)
        .filter(isDict)
        .map(({ name }) => name),
    ),
  );
  const foreign = asArray(action.secrets)
    .map((secret) => String(asObject(secret).name))
    .filter((name) => !known.has(name));
  if (foreign.length === 0) return true;
  throw new Error(
    `Unmanaged Action Secret: Detected an action secret not managed here: ${foreign.join(", ")}. If you proceed, this action secret will get deleted; add it to the action's secrets first.`,
  );
}

/** https://auth0.com/docs/api/management/v2/actions */
export const action: Operation = {
  read: (step) => read(step),
  async create(step) {
    const { id } = await step.api.object("POST", "actions/actions", bodyOf(step));
    step.created(String(id));
    await deploy(step, String(id));
    return read(step, String(id));
  },
  async update(step) {
    if (!(await keepForeignSecrets(step))) return null;
    const done = await orGone(step.api.send("PATCH", path(step.id), bodyOf(step)).then(() => true));
    if (!done) return null;
    await deploy(step, step.id);
    return read(step);
  },
  async delete(step) {
    await orGone(step.api.send("DELETE", path(step.id)));
  },
};
