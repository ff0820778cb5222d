import { uuid } from "../ids.ts";
import { badBody, conflict, missing, Refusal } from "../management/faults.ts";
import { choice, flag, list, record, text, whole, without } from "../management/fields.ts";
import { type Body, bodiesAt, omit, textAt } from "../management/json.ts";
import type { Call, Entity, Family } from "../management/tables.ts";
import type { Stored } from "../store.ts";
import { binding, bindingRoutes } from "./action-bindings.ts";
import { looked, rounds } from "./action-builds.ts";
import { actionTime } from "./action-time.ts";
import { defaultRuntime, triggerNames } from "./action-triggers.ts";
import { actionVersion, deployAtOnce, deployRoutes, shownAction } from "./action-versions.ts";

/** https://auth0.com/docs/api/management/v2/actions/post-action; limits: https://auth0.com/docs/customize/actions/limitations */
const fields = record(
  {
    name: text({ min: 1 }),
    supported_triggers: list(
      record(
        {
          id: choice(triggerNames),
          version: text(),
          status: text(),
          runtimes: list(text()),
          default_runtime: text(),
          compatible_triggers: list(
            record({ id: choice(triggerNames), version: text() }, { required: ["id", "version"] }),
          ),
          binding_policy: choice(["trigger-bound", "entity-bound"]),
        },
        { required: ["id"] },
      ),
      { min: 1 },
    ),
    code: text({ max: 100_000 }),
    dependencies: list(record({ name: text(), version: text(), registry_url: text() }), { max: 10 }),
    runtime: text(),
    secrets: list(record({ name: text({ max: 128 }), value: text({ max: 4096 }) }, { open: true }), { max: 30 }),
    modules: list(
      record({
        module_id: text(),
        module_name: text(),
        module_version_id: text(),
        module_version_number: whole(),
      }),
      { max: 3 },
    ),
    deploy: flag(),
  },
  { required: ["name", "supported_triggers"] },
);

const noAction = missing("That action does not exist.");

const action: Entity = {
  family: "actions",
  path: "/actions/actions",
  idField: "id",
  newId: uuid,
  missing: noAction,
  keys: [
    {
      name: "actionName",
      of: (body) => textAt(body, "name"),
      conflict: conflict("An action with that name already exists.").fault,
    },
    {
      name: "triggerId",
      of: (body) => bodiesAt(body, "supported_triggers").flatMap((trigger) => textAt(trigger, "id") ?? []),
    },
    { name: "deployed", of: (body) => String(body.deployed_version !== undefined) },
  ],
  create: { fields, status: 201 },
  update: { fields: without(fields, "deploy") },
  remove: { status: 204, repeated: 404, query: { force: flag() } },
  defaults: (body) => {
    const [trigger = {}] = bodiesAt(body, "supported_triggers");
    const runtime = defaultRuntime(textAt(trigger, "id"), textAt(trigger, "version"));
    return { code: "", dependencies: [], runtime, secrets: [] };
  },
  settle,
  afterCreate: (stored, call) => {
    const { objects } = call.tenant;
    if (call.body.deploy === true) deployAtOnce(stored, call);
    if (objects.store.count({ family: "actions" }) > 100) throw new Refusal(tooMany);
  },
  beforeRemove: ({ id }, { query, tenant: { objects } }) => {
    const bound = objects.store.count({ family: "bindings", where: [{ name: "action_id", values: [id] }] }) > 0;
    if (bound && query.force !== "true") throw conflict("Unable to delete an action bound to a trigger.");
  },
  shown: (stored, call) => shownAction(call.method === "GET" ? looked(stored, call).body : stored.body),
  list: {
    items: "actions",
    style: "numbered",
    filters: {
      actionName: text(),
      triggerId: choice(triggerNames),
      deployed: flag(),
    },
  },
};

const tooMany = badBody("A tenant can have at most 100 actions").fault;

/** Every edit starts a build, and is not deployed yet. */
function settle(next: Body, _: Call, before?: Stored): Body {
  if (next.modules !== undefined) throw badBody("The module does not exist");
  const now = actionTime();
  return {
    ...omit(next, ["deploy"]),
    secrets: mergedSecrets(before?.body ?? {}, next, now),
    created_at: before?.body.created_at ?? now,
    updated_at: now,
    status: "pending",
    building: rounds(next, before),
    all_changes_deployed: false,
  };
}

/** A secret without a value keeps the one it has; those not named are gone. */
function mergedSecrets(before: Body, next: Body, now: string): Body[] {
  const had = bodiesAt(before, "secrets");
  const given = bodiesAt(next, "secrets");
  const place = (secret: Body): number => {
    const known = had.findIndex(({ name }) => name === secret.name);
    return known === -1 ? had.length : known;
  };
  return given
    .toSorted((one, other) => place(one) - place(other))
    .map((secret) => {
      const known = had.find(({ name }) => name === secret.name);
      if (secret.value === undefined && known) return known;
      return { name: secret.name ?? "", value: secret.value ?? "", updated_at: now };
    });
}

export const actions: Family = {
  entities: [action, actionVersion, binding],
  routes: [...deployRoutes, ...bindingRoutes],
};
