import { missing, Refusal } from "../management/faults.ts";
import { flag, freeRecord, nullable, record, text } from "../management/fields.ts";
import { type Body, bodyAt, omit, pick } from "../management/json.ts";
import { listAnswer, listQuery } from "../management/listing.ts";
import type { Objects } from "../management/objects.ts";
import type { Answer, Call, Entity, Listing, Route } from "../management/tables.ts";
import type { Stored } from "../store.ts";
import { living, sweep } from "./lifetime.ts";

/** What an account has until it is over: a session, a refresh token. */
interface Passing {
  readonly entity: Entity;
  /** The fields that are shown; whatever else is stored stays inside. */
  readonly fields: readonly string[];
  /** The field that a PATCH sets, the only one. */
  readonly metadata: string;
  /** The name of the list that an account has of them. */
  readonly items: string;
  end(objects: Objects, stored: Stored): void;
}

/** The deletion itself goes on in the background, so what is not there is accepted as well. */
export const accepted: Answer = { status: 202 };

/** As the response texts have it: https://auth0.com/docs/api/management/v2/users/get-sessions-for-user */
export const noUser = missing("User not found");

/** Texts by at most 25 names: https://auth0.com/docs/manage-users/sessions/session-metadata */
const metadataFields = nullable(freeRecord({ max: 25, values: text({ max: 255 }) }));

/** The endpoints that sessions and refresh tokens have alike. */
export function passingRoutes({ entity, fields, metadata, items, end }: Passing): Route[] {
  const { family, path } = entity;
  const listing: Listing = { items, style: "checkpoint" };
  const shown = ({ body }: Stored): Body => pick(body, fields);
  const user = ({ params, tenant: { objects } }: Call) => objects.require("users", params.user ?? "", noUser).id;
  const one = `${path}/:id`;
  return [
    {
      method: "GET",
      path: one,
      handle: (call) => ({ status: 200, body: shown(requireLiving(call, entity)) }),
    },
    {
      method: "PATCH",
      path: one,
      fields: record({ [metadata]: metadataFields }, { min: 1 }),
      handle: (call) => {
        const stored = requireLiving(call, entity);
        const given = bodyAt(call.body, metadata);
        const kept = omit(stored.body, [metadata]);
        const touched = kept.updated_at === undefined ? {} : { updated_at: new Date().toISOString() };
        // null and {} alike take it away
        const next = Object.keys(given).length === 0 ? kept : { ...kept, [metadata]: given };
        return { status: 200, body: shown(call.tenant.objects.rewrite(stored, { ...next, ...touched })) };
      },
    },
    {
      method: "DELETE",
      path: one,
      handle: ({ params, tenant: { objects } }) => {
        const stored = living(objects, family, params.id ?? "");
        if (stored) end(objects, stored);
        return accepted;
      },
    },
    {
      method: "GET",
      path: `/users/:user${path}`,
      query: { ...listQuery(listing), include_totals: flag() },
      handle: (call) => {
        const { objects } = call.tenant;
        const selection = { family, where: [{ name: "user_id", values: [user(call)] }] };
        sweep(objects, family);
        return listAnswer(objects.store, listing, selection, call, shown);
      },
    },
    {
      method: "DELETE",
      path: `/users/:user${path}`,
      handle: (call) => {
        const { objects } = call.tenant;
        const where = [{ name: "user_id", values: [user(call)] }];
        for (const stored of objects.store.select({ family, where })) end(objects, stored);
        return accepted;
      },
    },
  ];
}

/** The object of the path that is not over, or the refusal. */
export function requireLiving({ params, tenant: { objects } }: Call, { family, missing: absent }: Entity): Stored {
  const stored = living(objects, family, params.id ?? "");
  if (!stored) throw new Refusal(absent);
  return stored;
}
