import { uuid } from "../ids.ts";
import { missing, Refusal } from "../management/faults.ts";
import { choice, freeRecord, list, record, text, whole } from "../management/fields.ts";
import { type Body, bodiesAt, bodyAt, omit, textAt } from "../management/json.ts";
import { listAnswer, listQuery } from "../management/listing.ts";
import type { Call, Entity, Listing, Route } from "../management/tables.ts";
import { validate } from "../management/validation.ts";
import type { Stored } from "../store.ts";
import { actionTime } from "./action-time.ts";
import { listedTriggers, triggerNames } from "./action-triggers.ts";
import { shownAction } from "./action-versions.ts";

/** The Actions of a trigger, in the order in which they run; known only through their trigger. */
export const binding: Entity = {
  family: "bindings",
  path: "/actions/triggers/:trigger/bindings",
  idField: "id",
  newId: uuid,
  missing: missing("Not Found"),
  readable: false,
  references: [{ field: "action_id", family: "actions", missing: missing("That action does not exist.") }],
};

const listing: Listing = { items: "bindings", style: "numbered" };

function checkTrigger({ params }: Call): string {
  validate({ triggerId: params.trigger ?? "" }, record({ triggerId: choice(triggerNames) }), "path");
  return params.trigger ?? "";
}

function shown({ body }: Stored, { tenant: { objects } }: Call): Body {
  const action = objects.store.get("actions", textAt(body, "action_id") ?? "")?.body ?? {};
  const summary = omit(shownAction(action), ["code", "dependencies", "runtime", "secrets", "status"]);
  return { ...omit(body, ["action_id"]), action: { ...summary, all_changes_deployed: false } };
}

function actionOf(given: Body, trigger: string, { tenant: { objects } }: Call): Stored | undefined {
  const { type, value } = bodyAt(given, "ref");
  if (typeof value !== "string") return undefined;
  if (type === "action_id") return objects.store.get("actions", value);
  if (type === "action_name") return objects.store.owner("actions", "actionName", value);
  const known = objects.store.get("bindings", value, trigger);
  return known && objects.store.get("actions", textAt(known.body, "action_id") ?? "");
}

/** Replaces the whole list; every binding is made anew. */
function replace(call: Call): void {
  const trigger = checkTrigger(call);
  const { objects } = call.tenant;
  const bound = bodiesAt(call.body, "bindings").map((given): Body => {
    const action = actionOf(given, trigger, call);
    if (!action) throw new Refusal(missing("That action does not exist."));
    if (!bodiesAt(action.body, "supported_triggers").some(({ id }) => id === trigger)) throw new Refusal(incompatible);
    if (action.body.deployed_version === undefined) throw new Refusal(undeployed);
    return { action_id: action.id, display_name: given.display_name ?? action.body.name ?? "" };
  });
  for (const known of objects.store.select({ family: "bindings", scope: trigger })) objects.remove(known);
  for (const { action_id = "", display_name = "" } of bound) {
    const now = actionTime();
    const id = uuid();
    const body = { id, trigger_id: trigger, action_id, created_at: now, updated_at: now, display_name };
    objects.store.insert("bindings", trigger, id, body, [
      { name: "action_id", value: String(action_id), unique: false },
    ]);
  }
}

const incompatible = {
  status: 400,
  message: "Trying to create a binding between an incompatible action and trigger.",
} as const;
const undeployed = {
  status: 400,
  message: "Trying to create a binding for an action that has not been deployed.",
} as const;

const ref = record({ type: choice(["binding_id", "action_id", "action_name"]), value: text() });

export const bindingRoutes: readonly Route[] = [
  {
    method: "GET",
    path: binding.path,
    query: { ...listQuery(listing), page: whole({ min: 0 }) },
    handle: (call) => {
      const selection = { family: "bindings", scope: checkTrigger(call) };
      return listAnswer(call.tenant.objects.store, listing, selection, call, (stored) => shown(stored, call));
    },
  },
  {
    method: "PATCH",
    path: binding.path,
    fields: record({
      bindings: list(
        record({ ref, display_name: text({ min: 1 }), secrets: list(freeRecord()) }, { required: ["ref"] }),
        { max: 20 },
      ),
    }),
    handle: (call) => {
      replace(call);
      const page = call.tenant.objects.store.select({ family: "bindings", scope: call.params.trigger ?? "" });
      return { status: 200, body: { bindings: page.map((stored) => shown(stored, call)) } };
    },
  },
  {
    method: "GET",
    path: "/actions/triggers",
    handle: () => ({ status: 200, body: listedTriggers() }),
  },
];
