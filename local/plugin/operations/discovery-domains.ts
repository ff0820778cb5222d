import { asArray, asObject, type JsonObject } from "../management.ts";
import { GuardedError } from "../provider.ts";
import type { Fields } from "../table.ts";
import { asSet, type Dict, elements, isDict, text } from "../value.ts";
import { fromAnswer, type Mapping, objectBody } from "./mapping.ts";
import { attemptAll, encodePath, type Operation, orGone, type Read, type Step } from "./operation.ts";
import { asWalked } from "./walk.ts";

const DOMAINS = "discovery_domains";
const PAGE = 100;
const mapping: Mapping = {};

const collection = (organization: string): string => `organizations/${encodePath(organization)}/discovery-domains`;
const domainsOf = (state: Dict | null): Dict[] => elements(state?.[DOMAINS]).filter(isDict);

async function listed(step: Step, organization: string): Promise<JsonObject[]> {
  const domains: JsonObject[] = [];
  for (let from = ""; ; ) {
    const query = { ...(from ? { from } : {}), take: PAGE };
    const answer = await step.api.object("GET", collection(organization), undefined, query);
    domains.push(...asArray(answer.domains).map(asObject));
    if (typeof answer.next !== "string" || answer.next === "") return domains;
    from = answer.next;
  }
}

async function read(step: Step, organization = step.id): Promise<Read> {
  const domains = await orGone(listed(step, organization));
  if (!domains) return null;
  return { ...fromAnswer(step.fields, { [DOMAINS]: domains }, mapping), organization_id: organization };
}

const fieldsOf = ({ fields }: Step): Fields => fields[DOMAINS]?.fields ?? {};

const post = (step: Step, organization: string, domain: Dict) => () =>
  step.api.send("POST", collection(organization), objectBody(fieldsOf(step), domain, mapping, DOMAINS));

/** A deletion that finds nothing to delete is done. */
const remove = (step: Step, id: string) => () =>
  orGone(step.api.send("DELETE", `${collection(step.id)}/${encodePath(id)}`));

/** Equal in all that a program writes: an update leaves such a domain alone. */
const isSame = (a: Dict, b: Dict): boolean =>
  a.domain === b.domain &&
  a.status === b.status &&
  (a.use_for_organization_discovery === true) === (b.use_for_organization_discovery === true);

/**
 * All domains by which people find one organization; its id is the organization's. A creation refuses an organization
 * that has others, in another order too; a change of a domain is a deletion and a creation.
 * https://auth0.com/docs/api/management/v2/organizations/create-discovery-domain
 */
export const organizationDiscoveryDomains: Operation = {
  read: (step) => read(step),
  async create(step) {
    const organization = text(step.planned.organization_id);
    const present = await orGone(listed(step, organization));
    if (!present) return null;
    const wanted = asSet(domainsOf(step.config)).filter(isDict);
    if (
      present.length > 0 &&
      (present.length !== wanted.length || present.some((one, i) => one.domain !== wanted[i]?.domain))
    ) {
      throw new GuardedError(
        `Organization with non empty enabled discovery domains: Detected an organization (${organization}) with already enabled ` +
          "discovery domains. Import the auth0_organization_discovery_domains resource instead of creating it.",
      );
    }
    step.created(organization);
    if (present.length === 0) await attemptAll(wanted.map((domain) => post(step, organization, domain)));
    return read(step, organization);
  },
  async update(step) {
    const [before, after] = [domainsOf(step.prior), domainsOf(step.planned)];
    const written = new Map(domainsOf(step.config).map((domain) => [domain.domain, domain]));
    const removed = before.filter((old) => !after.some((domain) => isSame(old, domain)));
    const added = after.filter((domain) => !before.some((old) => isSame(old, domain)));
    await attemptAll([
      ...asWalked(fieldsOf(step), removed).map(({ id }) => remove(step, text(id))),
      ...asWalked(fieldsOf(step), added).map((domain) =>
        post(step, step.id, written.get(domain.domain ?? "") ?? domain),
      ),
    ]);
    return read(step);
  },
  async delete(step) {
    const domains = (await orGone(listed(step, step.id))) ?? [];
    await attemptAll(domains.map(({ id }) => remove(step, String(id))));
  },
};
