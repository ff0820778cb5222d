import { expect } from "vitest";
import { collection } from "./collection.ts";
import { refusal, untyped } from "./refusals.ts";
import { sdk } from "./tenant.ts";

const gone = refusal(404, "That action does not exist.");
/** A moment as this part of Auth0 writes it. */
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/;
const code = "exports.onExecutePostLogin = async () => {};";

collection({
  family: "actions",
  id: "id",
  create: (n) =>
    sdk.actions.create({
      name: `action ${n}`,
      supported_triggers: [{ id: "post-login", version: "v3" }],
      code,
      secrets: [{ name: "KEY", value: "secret" }],
    }),
  made: {
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    name: "action 1",
    supported_triggers: [{ id: "post-login", version: "v3" }],
    code,
    dependencies: [],
    runtime: "node22",
    secrets: [{ name: "KEY", updated_at: expect.stringMatching(moment) }],
    status: "pending",
    all_changes_deployed: false,
    created_at: expect.stringMatching(moment),
    updated_at: expect.stringMatching(moment),
  },
  // the first look at an action finds its build done
  read: (made) => ({ ...made, status: "built" }),
  get: ({ id = "" }) => sdk.actions.get(id),
  list: { pages: () => sdk.actions.list({ per_page: 2 }), sizes: [2, 2, 1] },
  update: {
    send: async ({ id = "" }) => {
      await sdk.actions.update(id, { code: `${code}\n`, secrets: [] });
      return sdk.actions.get(id);
    },
    changes: { code: `${code}\n`, secrets: [], updated_at: expect.stringMatching(moment) },
  },
  conflict: {
    send: () => sdk.actions.create({ name: "action 1", supported_triggers: [{ id: "post-login" }] }),
    refused: untyped(refusal(409, "An action with that name already exists.")),
  },
  remove: { send: ({ id = "" }) => sdk.actions.delete(id), gone, again: gone },
});
