import type { JsonObject } from "../management.ts";
import type { Dict } from "../value.ts";
import { fromAnswer, type Mapping, toBody } from "./mapping.ts";
import { encodePath, madeUpId, type Operation, orGone, type Read, type Step } from "./operation.ts";

/** What a kind of object in the Management API needs beyond its mapping. */
interface Particulars {
  readonly mapping: Mapping;
  /** Adds to a body what no mapping can say. */
  readonly sent?: (body: JsonObject, step: Step) => JsonObject;
  /** Adds to a read what no mapping can say. */
  readonly received?: (read: Dict, answer: JsonObject, step: Step) => Dict;
  /** Fields to set to null in a request of their own: an update leaves out what is not written. */
  readonly nulls?: (step: Step) => JsonObject;
  readonly refuse?: Operation["refuse"];
}

export interface Entity extends Particulars {
  /** `organizations` */
  readonly collection: string;
  /** Where an answer holds the id. */
  readonly idField?: string;
  /** True where nulls go before the update instead of after it. */
  readonly nullsFirst?: true;
  /** Milliseconds that the API needs after a write before it answers a read rightly. */
  readonly pauses?: { readonly create?: number; readonly update?: number };
  /** True where a deletion carries an empty object. */
  readonly deletesWithBody?: true;
  /** Requests between a creation and its read. @param answer of the creation */
  readonly afterCreate?: (step: Step, id: string, answer: JsonObject) => Promise<void>;
  /** What is read first in an update: it may refuse it, and gives what the body is to carry besides. */
  readonly beforeUpdate?: (step: Step, body: JsonObject) => Promise<JsonObject>;
}

/** Objects of a collection, each with an id: create, read, update, delete by the same few requests. */
export function entity(kind: Entity): Operation {
  const { collection, mapping, sent, received, nulls, pauses } = kind;
  const path = (id: string) => `${collection}/${encodePath(id)}`;
  const body = (step: Step) => (sent ? sent(toBody(step, mapping), step) : toBody(step, mapping));

  async function read(step: Step, id = step.id): Promise<Read> {
    const answer = await orGone(step.api.object("GET", path(id)));
    if (!answer) return null;
    const fields = fromAnswer(step.fields, answer, mapping);
    return received ? received(fields, answer, step) : fields;
  }
  async function clear(step: Step): Promise<void> {
    const cleared = nulls?.(step) ?? {};
    if (Object.keys(cleared).length > 0) await step.api.send("PATCH", path(step.id), cleared);
  }

  return {
    ...(kind.refuse ? { refuse: kind.refuse } : {}),
    read: (step) => read(step),
    async create(step) {
      const answer = await step.api.object("POST", collection, body(step));
      const id = String(answer[kind.idField ?? "id"]);
      if (pauses?.create) await step.api.pause(pauses.create);
      step.created(id);
      await kind.afterCreate?.(step, id, answer);
      return read(step, id);
    },
    async update(step) {
      const written = body(step);
      const complete = (await kind.beforeUpdate?.(step, written)) ?? written;
      if (kind.nullsFirst) await clear(step);
      const answer = await orGone(step.api.send("PATCH", path(step.id), complete).then(() => true));
      if (!answer) return null;
      if (!kind.nullsFirst) await clear(step);
      if (pauses?.update) await step.api.pause(pauses.update);
      return read(step);
    },
    async delete(step) {
      await orGone(step.api.send("DELETE", path(step.id), kind.deletesWithBody ? {} : undefined));
    },
  };
}

export interface Singleton extends Particulars {
  /** `tenants/settings` */
  readonly path: string;
  readonly pauseAfterUpdate?: number;
  /** Absent: deleting the resource leaves the tenant as it is. */
  readonly delete?: (step: Step) => Promise<void>;
  /** Requests that follow the update. */
  readonly afterUpdate?: (step: Step) => Promise<void>;
  /** Left out when the body holds nothing. */
  readonly skipsEmpty?: true;
}

/** Settings that every tenant has exactly once: a creation is an update, its id is made up. */
export function singleton(kind: Singleton): Operation {
  const { path, mapping, sent, received, nulls } = kind;

  async function read(step: Step): Promise<Read> {
    const answer = await step.api.object("GET", path);
    const fields = fromAnswer(step.fields, answer, mapping);
    return received ? received(fields, answer, step) : fields;
  }
  async function update(step: Step): Promise<Read> {
    const body = sent ? sent(toBody(step, mapping), step) : toBody(step, mapping);
    if (!kind.skipsEmpty || Object.keys(body).length > 0) await step.api.send("PATCH", path, body);
    if (kind.pauseAfterUpdate) await step.api.pause(kind.pauseAfterUpdate);
    const cleared = nulls?.(step) ?? {};
    if (Object.keys(cleared).length > 0) await step.api.send("PATCH", path, cleared);
    await kind.afterUpdate?.(step);
    return read(step);
  }

  return {
    ...(kind.refuse ? { refuse: kind.refuse } : {}),
    read,
    update,
    create(step) {
      step.created(madeUpId());
      return update(step);
    },
    async delete(step) {
      await kind.delete?.(step);
    },
  };
}
