import { text } from "../value.ts";
import { fromAnswer, type Mapping, toBody } from "./mapping.ts";
import { encodePath, type Operation, orGone, type Read, type Step } from "./operation.ts";

const path = (connection: string): string => `connections/${encodePath(connection)}/scim-configuration`;
const mapping: Mapping = { unsent: ["connection_id"], unlessEmpty: ["mapping"] };

/** Nothing at all where nothing is written: the API then begins with the strategy's own mapping. */
function body(step: Step) {
  const written = toBody(step, mapping);
  return Object.keys(written).length > 0 ? written : undefined;
}

async function read(step: Step, id = step.id): Promise<Read> {
  const answer = await orGone(step.api.object("GET", path(id)));
  return answer && fromAnswer(step.fields, answer, mapping);
}

/** How an identity provider keeps one connection's people up to date: https://auth0.com/docs/api/management/v2/connections/post-scim-configuration */
export const connectionScimConfiguration: Operation = {
  read: (step) => read(step),
  async create(step) {
    const id = text(step.planned.connection_id);
    await step.api.send("POST", path(id), body(step));
    step.created(id);
    return read(step, id);
  },
  async update(step) {
    const done = await orGone(step.api.send("PATCH", path(step.id), body(step)).then(() => true));
    return done ? read(step) : null;
  },
  async delete(step) {
    await orGone(step.api.send("DELETE", path(step.id)));
  },
};
