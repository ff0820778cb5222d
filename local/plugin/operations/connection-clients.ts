import { asArray, asObject } from "../management.ts";
import { asSet, elements, text } from "../value.ts";
import { encodePath, type Operation, orGone, type Read, type Step } from "./operation.ts";

const path = (id: string): string => `connections/${encodePath(id)}/clients`;

async function enabledClients(step: Step, id: string): Promise<string[]> {
  const clients: string[] = [];
  for (let from = ""; ; ) {
    const answer = await step.api.object("GET", path(id), undefined, from ? { from } : {});
    clients.push(...asArray(answer.clients).map((client) => String(asObject(client).client_id)));
    if (typeof answer.next !== "string" || answer.next === "") return clients;
    from = answer.next;
  }
}

async function read(step: Step, id = step.id): Promise<Read> {
  const enabled = await enabledClients(step, id);
  const query = { fields: "strategy,name", include_fields: "true" };
  const connection = await orGone(step.api.object("GET", `connections/${encodePath(id)}`, undefined, query));
  if (!connection) return null;
  const { name = "", strategy = "" } = connection;
  return { connection_id: id, name: String(name), strategy: String(strategy), enabled_clients: enabled };
}

const status = (clients: readonly string[], enabled: boolean) =>
  clients.map((client) => ({ client_id: client, status: enabled }));

/**
 * The whole list of clients that may use a connection. A creation refuses a connection that has others, in another
 * order too: https://auth0.com/docs/api/management/v2/connections/patch-clients
 */
export const connectionClients: Operation = {
  read: (step) => read(step),
  async create(step) {
    const id = text(step.planned.connection_id);
    const wanted = asSet(elements(step.config.enabled_clients)).map(text);
    const present = await enabledClients(step, id);
    if (present.length > 0 && (present.length !== wanted.length || present.some((one, i) => one !== wanted[i]))) {
      throw new Error(
        `Connection with non empty enabled clients: ${id} already has ${present.length} of its own; import them as ${id} first.`,
      );
    }
    if (wanted.length > 0) await step.api.send("PATCH", path(id), status(wanted, true));
    step.created(id);
    return read(step, id);
  },
  async update(step) {
    const [before, after] = [step.prior?.enabled_clients, step.planned.enabled_clients].map((list) =>
      elements(list).map(text),
    );
    const added = (after ?? []).filter((client) => !before?.includes(client));
    const removed = (before ?? []).filter((client) => !after?.includes(client));
    const changes = [...status(added, true), ...status(removed, false)];
    const done = await orGone(step.api.send("PATCH", path(step.id), changes).then(() => true));
    return done ? read(step) : null;
  },
  async delete(step) {
    const clients = elements(step.planned.enabled_clients).map(text);
    if (clients.length > 0) await orGone(step.api.send("PATCH", path(step.id), status(clients, false)));
  },
};
