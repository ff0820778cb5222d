import { uuid } from "../ids.ts";
import { missing, Refusal } from "../management/faults.ts";
import { type Body, bodiesAt, isBody, omit, pick } from "../management/json.ts";
import type { Answer, Call, Entity, Route } from "../management/tables.ts";
import type { Stored } from "../store.ts";
import { actionTime } from "./action-time.ts";

const noAction = missing("That action does not exist.");
const noVersion = missing("The action version does not exist.");

/** The part of an action that a version freezes. */
const frozen = ["code", "dependencies", "runtime", "secrets", "supported_triggers"];

/** What an answer about a version or a binding says of its action. */
const summary = ["id", "name", "supported_triggers", "created_at", "updated_at"];

/** https://auth0.com/docs/api/management/v2/actions/get-action-versions */
export const actionVersion: Entity = {
  family: "action-versions",
  path: "/actions/actions/:action/versions",
  parents: [{ param: "action", family: "actions", missing: noAction }],
  idField: "id",
  newId: uuid,
  missing: noVersion,
  shown: ({ body }) => withoutValues(body),
  list: { items: "versions", style: "numbered" },
};

function withoutValues(body: Body): Body {
  return { ...body, secrets: bodiesAt(body, "secrets").map((secret) => pick(secret, ["name", "updated_at"])) };
}

/** An action as answers show it: secret values never come back. */
export function shownAction(body: Body): Body {
  const deployed = body.deployed_version;
  return { ...withoutValues(body), ...(isBody(deployed) ? { deployed_version: withoutValues(deployed) } : {}) };
}

/** Freezes the action as its next version and makes that the one that runs. */
function deploy(action: Stored, { tenant: { objects } }: Call): Body {
  // "pending" until somebody has seen the build done: the provider's clients poll for it
  if (action.body.status !== "built")
    throw new Refusal({ status: 400, message: "A draft must be in the 'built' state" });
  const number = objects.store.count({ family: "action-versions", scope: action.id }) + 1;
  const now = actionTime();
  const version: Body = {
    ...pick(action.body, frozen),
    id: uuid(),
    number,
    status: "built",
    created_at: now,
    updated_at: now,
  };
  run(action, version, objects);
  objects.store.insert(
    "action-versions",
    action.id,
    String(version.id),
    { ...version, deployed: true, built_at: now },
    [],
  );
  return {
    ...withoutValues(version),
    deployed: false,
    action: { ...pick(action.body, summary), all_changes_deployed: false },
  };
}

function run(action: Stored, version: Body, objects: Call["tenant"]["objects"]): void {
  const built = version.created_at ?? "";
  objects.rewrite(action, {
    ...action.body,
    current_version: {
      ...pick(version, ["id", "code", "runtime", "number", "created_at", "updated_at"]),
      status: "BUILT",
      build_time: built,
    },
    deployed_version: { ...omit(version, ["action"]), deployed: true, built_at: built },
    all_changes_deployed: frozen.every((key) => JSON.stringify(version[key]) === JSON.stringify(action.body[key])),
  });
}

function redeploy(call: Call): Answer {
  const { objects } = call.tenant;
  const action = objects.require("actions", call.params.action ?? "", noAction);
  const { body } = objects.require("action-versions", call.params.id ?? "", noVersion, action.id);
  run(action, omit(body, ["deployed", "built_at"]), objects);
  return { status: 202, body: { ...withoutValues(body), action: pick(action.body, summary) } };
}

export const deployRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/actions/actions/:action/deploy",
    handle: (call) => {
      const action = call.tenant.objects.require("actions", call.params.action ?? "", noAction);
      return { status: 200, body: deploy(action, call) };
    },
  },
  { method: "POST", path: "/actions/actions/:action/versions/:id/deploy", handle: redeploy },
];
