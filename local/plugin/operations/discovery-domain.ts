import { text } from "../value.ts";
import { fromAnswer, type Mapping, toBody } from "./mapping.ts";
import { encodePath, type Operation, orGone, type Read, type Step } from "./operation.ts";
import { pairId, pairState } from "./pair-id.ts";

const mapping: Mapping = { unsent: ["organization_id"], once: ["domain"], unread: ["organization_id"] };

const collection = (organization: string): string => `organizations/${encodePath(organization)}/discovery-domains`;

/** `<organization>::<domain's own id>`. @throws Error for an id of another form */
function partsOf(id: string): { organization: string; path: string } {
  const pair = pairState(id, ["organization", "domain"]);
  if (!pair) {
    throw new Error(`invalid organization discovery domain ID format: ${id}, expected format: organization_id::id`);
  }
  const organization = text(pair.organization);
  return { organization, path: `${collection(organization)}/${encodePath(text(pair.domain))}` };
}

async function read(step: Step, id = step.id): Promise<Read> {
  const { organization, path } = partsOf(id);
  const answer = await orGone(step.api.object("GET", path));
  return answer && { ...fromAnswer(step.fields, answer, mapping), organization_id: organization };
}

/** A domain by which people find their organization: https://auth0.com/docs/api/management/v2/organizations/create-discovery-domain */
export const organizationDiscoveryDomain: Operation = {
  importState: (id) => pairState(id, ["organization_id", "id"]),
  read: (step) => read(step),
  async create(step) {
    const organization = text(step.planned.organization_id);
    const answer = await step.api.object("POST", collection(organization), toBody(step, mapping));
    const id = pairId(organization, String(answer.id));
    step.created(id);
    return read(step, id);
  },
  async update(step) {
    const { path } = partsOf(step.id);
    const done = await orGone(step.api.send("PATCH", path, toBody(step, mapping)).then(() => true));
    return done ? read(step) : null;
  },
  async delete(step) {
    await orGone(step.api.send("DELETE", partsOf(step.id).path));
  },
};
