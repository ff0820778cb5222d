import { type Body, bodiesAt, bodyAt, listAt, omit } from "../management/json.ts";
import type { Call } from "../management/tables.ts";
import type { Stored } from "../store.ts";

/**
 * How often a build is seen going on: npm packages take a while to install, anything else is done at the first look. As
 * recorded, that of a new Action is done at the third look, that of a changed one at the fifth.
 */
export function rounds(draft: Body, before: Stored | undefined): number {
  if (listAt(draft, "dependencies").length === 0) return 0;
  return before ? 4 : 2;
}

/** The action as a look at it finds it: its build goes on by looks and not by the clock, so that no client waits for nothing. */
export function looked(stored: Stored, { tenant: { objects } }: Call): Stored {
  const { body } = stored;
  if (body.status !== "pending" && body.status !== "building") return stored;
  const left = Number(body.building ?? 0);
  return objects.rewrite(stored, left > 0 ? { ...body, status: "building", building: left - 1 } : built(body));
}

function built(body: Body): Body {
  // where a package comes from is forgotten once it is installed
  const dependencies = bodiesAt(body, "dependencies").map((one) => omit(one, ["registry_url"]));
  const done = { ...omit(body, ["building"]), dependencies, status: "built" };
  const deployed = bodyAt(body, "deployed_version");
  if (deployed.status !== "pending") return done;
  // it was deployed as it was created
  const time = body.updated_at ?? "";
  return {
    ...done,
    current_version: { ...bodyAt(body, "current_version"), status: "BUILT", build_time: time },
    deployed_version: { ...deployed, status: "built", built_at: time },
  };
}
