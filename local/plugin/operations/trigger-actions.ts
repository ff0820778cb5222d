import { asArray, asObject } from "../management.ts";
import { elements, isDict, text, type Value } from "../value.ts";
import { encodePath, hasNextPage, type Operation, orGone, orNull, type Read, type Step } from "./operation.ts";

const path = (trigger: string): string => `actions/triggers/${encodePath(trigger)}/bindings`;
const PAGE = 100;

async function read(step: Step, trigger = step.id): Promise<Read> {
  const actions: Value[] = [];
  for (let page = 0; ; page++) {
    const answer = await orGone(step.api.object("GET", path(trigger), undefined, { page, per_page: PAGE }));
    if (!answer) return null;
    const bindings = asArray(answer.bindings).map(asObject);
    for (const binding of bindings) {
      actions.push({
        id: String(asObject(binding.action).id ?? ""),
        display_name: String(binding.display_name ?? ""),
      });
    }
    if (bindings.length === 0 || !hasNextPage(answer)) return { trigger, actions };
  }
}

/** The whole, ordered list of a trigger: what is not in it is unbound. */
function bind(step: Step, trigger: string) {
  const actions = elements(step.config.actions).filter(isDict);
  const bindings = actions.map((action) => ({
    ref: { type: "action_id", value: text(action.id) },
    display_name: text(action.display_name),
  }));
  return step.api.send("PATCH", path(trigger), { bindings: orNull(bindings) });
}

/** https://auth0.com/docs/api/management/v2/actions/patch-bindings */
export const triggerActions: Operation = {
  read: (step) => read(step),
  async create(step) {
    const trigger = text(step.planned.trigger);
    await bind(step, trigger);
    step.created(trigger);
    return read(step, trigger);
  },
  async update(step) {
    const done = await orGone(bind(step, step.id).then(() => true));
    return done ? read(step) : null;
  },
  async delete(step) {
    await orGone(step.api.send("PATCH", path(step.id), { bindings: [] }));
  },
};
