import { asArray, asObject } from "../management.ts";
import { type Dict, elements, text } from "../value.ts";
import { fromAnswer, type Mapping, toBody } from "./mapping.ts";
import { encodePath, type Operation, orGone, type Read, type Step } from "./operation.ts";

const mapping: Mapping = {
  names: { scopes: "scope" },
  once: ["client_id", "audience", "subject_type", "default_for"],
  whenChanged: [
    "scopes",
    "allow_any_organization",
    "organization_usage",
    "authorization_details_types",
    "allow_all_scopes",
  ],
};
const path = (id: string): string => `client-grants/${encodePath(id)}`;

async function read(step: Step, id = step.id): Promise<Read> {
  const answer = await orGone(step.api.object("GET", path(id)));
  if (!answer) return null;
  const { scopes, ...rest } = fromAnswer(step.fields, answer, mapping);
  return answer.allow_all_scopes === true ? rest : { ...rest, scopes: scopes ?? null };
}

/** The id of a grant that there is already for this client, API and subject: the provider takes it over as it is. */
async function existing(step: Step): Promise<string | undefined> {
  const client = text(step.planned.client_id);
  if (!client) return undefined;
  const query = { audience: text(step.planned.audience), client_id: client, per_page: 50, include_totals: "true" };
  const answer = await step.api.send("GET", "client-grants", undefined, query);
  const grants = Array.isArray(answer) ? answer : asArray(asObject(answer).client_grants);
  const subject = text(step.planned.subject_type) || "client";
  const found = grants.map(asObject).find((grant) => String(grant.subject_type || "client") === subject);
  return found === undefined ? undefined : String(found.id);
}

function refuse(config: Dict): string | undefined {
  const all = config.allow_all_scopes === true;
  if (all && elements(config.scopes).length > 0) {
    return "`scopes` cannot be provided when `allow_all_scopes` is set to `true`";
  }
  if (all || config.scopes !== null) return undefined;
  return "either `scopes` must be provided or `allow_all_scopes` must be set to `true`";
}

/** https://auth0.com/docs/api/management/v2/client-grants */
export const clientGrant: Operation = {
  refuse,
  read: (step) => read(step),
  async create(step) {
    let id = await existing(step);
    if (id === undefined) id = String((await step.api.object("POST", "client-grants", toBody(step, mapping))).id);
    step.created(id);
    return read(step, id);
  },
  async update(step) {
    const bodies = [
      ...(step.changed("allow_all_scopes") && step.planned.allow_all_scopes !== true
        ? [{ allow_all_scopes: false, scope: [] }]
        : []),
      toBody(step, mapping),
    ].filter((body) => Object.keys(body).length > 0);
    for (const body of bodies) {
      if (!(await orGone(step.api.send("PATCH", path(step.id), body).then(() => true)))) return null;
    }
    return read(step);
  },
  async delete(step) {
    await orGone(step.api.send("DELETE", path(step.id)));
  },
};
