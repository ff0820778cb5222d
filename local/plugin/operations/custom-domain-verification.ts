import { GuardedError } from "../provider.ts";
import { text } from "../value.ts";
import { encodePath, type Operation, orGone, type Read, type Step } from "./operation.ts";

const path = (id: string): string => `custom-domains/${encodePath(id)}`;

/** Seconds that the provider gives a verification unless the program says otherwise. */
const PATIENCE = 300;
/** Milliseconds before the second attempt and the longest between two; each wait is twice the one before. */
const [FIRST_WAIT, LONGEST_WAIT] = [500, 10_000];

async function read(step: Step, id = step.id): Promise<Read> {
  const answer = await orGone(step.api.object("GET", path(id)));
  // The key for the operator's proxy is told once, by the verification: a read leaves it as it is.
  return answer && { custom_domain_id: id, origin_domain_name: String(answer.origin_domain_name ?? "") };
}

/**
 * Waits until Auth0 has seen the domain's record: https://auth0.com/docs/api/management/v2/custom-domains/post-verify.
 * Its deletion leaves the domain verified.
 */
export const customDomainVerification: Operation = {
  read: (step) => read(step),
  async create(step) {
    const domain = text(step.planned.custom_domain_id);
    let left = (step.timeout || PATIENCE) * 1000;
    for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      const answer = await step.api.object("POST", `${path(domain)}/verify`);
      const status = String(answer.status ?? "");
      if (status === "ready") {
        const id = String(answer.custom_domain_id ?? "");
        step.created(id);
        const told = await read(step, id);
        return told && { ...told, cname_api_key: String(answer.cname_api_key ?? "") };
      }
      if (wait > left) {
        await step.api.pause(left);
        throw new GuardedError(`custom domain has status ${JSON.stringify(status)}`);
      }
      await step.api.pause(wait);
      left -= wait;
    }
  },
  async delete() {},
};
