import { type Body, bodiesAt, bodyAt, textAt } from "../management/json.ts";
import type { Objects } from "../management/objects.ts";
import type { DeployedAction, TriggerName } from "./protocol.ts";

/** The Actions bound to a trigger, in binding order, each as it was deployed: a draft never runs. */
export function boundActions(objects: Objects, trigger: TriggerName): DeployedAction[] {
  return objects.store.select({ family: "bindings", scope: trigger }).flatMap(({ body }) => {
    const action = objects.store.get("actions", textAt(body, "action_id") ?? "");
    return action ? [deployed(action.id, action.body)] : [];
  });
}

function deployed(id: string, action: Body): DeployedAction {
  const version = bodyAt(action, "deployed_version");
  const secrets = bodiesAt(version, "secrets").map((secret) => [textAt(secret, "name"), textAt(secret, "value")]);
  return {
    id,
    name: textAt(action, "name") ?? "",
    number: Number(version.number ?? 0),
    code: textAt(version, "code") ?? "",
    secrets: Object.fromEntries(secrets),
  };
}
