import { uuid } from "../ids.ts";
import { missing, Refusal } from "../management/faults.ts";
import { flag, nullable, record } from "../management/fields.ts";
import { type Body, bodiesAt, bodyAt, isBody, omit, pick } from "../management/json.ts";
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
  shown: ({ body, scope }, { tenant: { objects } }) => {
    const action = objects.store.get("actions", scope)?.body ?? {};
    return { ...withoutValues(body), action: { ...pick(action, summary), all_changes_deployed: false } };
  },
  list: { items: "versions", style: "numbered" },
};

function withoutValues(body: Body): Body {
  return { ...body, secrets: bodiesAt(body, "secrets").map((secret) => pick(secret, ["name", "updated_at"])) };
}

/** An action as answers show it: secret values never come back. */
export function shownAction(body: Body): Body {
  const deployed = body.deployed_version;
  return {
    ...withoutValues(omit(body, ["building"])),
    ...(isBody(deployed) ? { deployed_version: withoutValues(deployed) } : {}),
  };
}

/** Freezes what is given as the action's next version. */
function nextVersion(action: Stored, frozenBody: Body, { tenant: { objects } }: Call): Body {
  const now = actionTime();
  const number = objects.store.count({ family: "action-versions", scope: action.id }) + 1;
  const version = {
    ...pick(frozenBody, frozen),
    id: uuid(),
    number,
    status: "built",
    created_at: now,
    updated_at: now,
  };
  const kept = { ...version, deployed: true, built_at: now };
  objects.store.insert("action-versions", action.id, version.id, kept, []);
  return version;
}

/** The action with this version as the one that runs. */
function running(action: Body, version: Body): Body {
  const built = version.created_at ?? "";
  return {
    ...action,
    current_version: {
      ...pick(version, ["id", "code", "runtime", "number", "created_at", "updated_at"]),
      status: "BUILT",
      build_time: built,
    },
    deployed_version: { ...version, deployed: true, built_at: built },
    all_changes_deployed: frozen.every((key) => JSON.stringify(version[key]) === JSON.stringify(action[key])),
  };
}

/** Deploys an action as it is created; its build is still to come. */
export function deployAtOnce(action: Stored, call: Call): void {
  const deployed = running(action.body, nextVersion(action, action.body, call));
  const current = omit(bodyAt(deployed, "current_version"), ["build_time"]);
  const version = omit(bodyAt(deployed, "deployed_version"), ["built_at"]);
  Object.assign(action.body, deployed, {
    current_version: { ...current, status: "PENDING" },
    deployed_version: { ...version, status: "pending" },
  });
  call.tenant.objects.rewrite(action, action.body);
}

function deploy(action: Stored, draft: Body, call: Call): Answer {
  const version = nextVersion(action, draft, call);
  call.tenant.objects.rewrite(action, running(action.body, version));
  const body = {
    ...withoutValues(version),
    deployed: false,
    action: { ...pick(action.body, summary), all_changes_deployed: false },
  };
  return { status: 200, body };
}

export const deployRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/actions/actions/:action/deploy",
    handle: (call) => {
      const action = call.tenant.objects.require("actions", call.params.action ?? "", noAction);
      // clients poll for the end of the build, so that "pending" is until somebody has looked
      if (action.body.status !== "built")
        throw new Refusal({ status: 400, message: "A draft must be in the 'built' state" });
      return deploy(action, action.body, call);
    },
  },
  {
    // deploys an earlier version again, as a new one
    method: "POST",
    path: "/actions/actions/:action/versions/:id/deploy",
    fields: nullable(record({ update_draft: flag() })),
    handle: (call) => {
      const { objects } = call.tenant;
      const action = objects.require("actions", call.params.action ?? "", noAction);
      const { body } = objects.require("action-versions", call.params.id ?? "", noVersion, action.id);
      if (call.body.update_draft !== true) return deploy(action, body, call);
      const draft = objects.rewrite(action, { ...action.body, ...pick(body, frozen) });
      return deploy(draft, body, call);
    },
  },
];
