import { missing } from "../management/faults.ts";
import { flag, record, text } from "../management/fields.ts";
import type { Answer, Call, Family, Route } from "../management/tables.ts";
import { validate } from "../management/validation.ts";

const noUser = missing("The user does not exist.", "inexistent_user");
const consider = { consider_brute_force_enablement: flag() };
const named = { identifier: text() };

/** Nobody is ever blocked for wrong passwords here. */
const none: Answer = { status: 200, body: { blocked_for: [] } };

/** Refuses a request that does not say whom it means. */
function demandIdentifier({ query: { identifier } }: Call): void {
  validate(identifier === undefined ? {} : { identifier }, record(named, { required: ["identifier"] }), "query");
}

function demandUser({ params, tenant: { objects } }: Call): void {
  objects.require("users", params.id ?? "", noUser);
}

function answering(answer: Answer, method: "GET" | "DELETE"): Route[] {
  const more = method === "GET" ? consider : {};
  return [
    {
      method,
      path: "/user-blocks",
      query: { ...named, ...more },
      handle: (call) => {
        demandIdentifier(call);
        return answer;
      },
    },
    {
      method,
      path: "/user-blocks/:id",
      query: more,
      handle: (call) => {
        demandUser(call);
        return answer;
      },
    },
  ];
}

/** https://auth0.com/docs/api/management/v2/user-blocks/get-user-blocks */
export const userBlocks: Family = { routes: [...answering(none, "GET"), ...answering({ status: 204 }, "DELETE")] };
