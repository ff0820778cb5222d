import { text } from "../value.ts";
import { fromAnswer, type Mapping, toBody } from "./mapping.ts";
import { encodePath, type Operation, orGone, type Read, type Step } from "./operation.ts";

const mapping: Mapping = {
  names: {
    result_url: "resultUrl",
    url_lifetime_in_seconds: "urlLifetimeInSeconds",
    include_email_in_redirect: "includeEmailInRedirect",
  },
  whenChanged: [
    ...["body", "from", "subject", "syntax", "enabled"],
    ...["result_url", "url_lifetime_in_seconds", "include_email_in_redirect"],
  ],
};
const path = (template: string): string => `email-templates/${encodePath(template)}`;

async function read(step: Step, template = step.id): Promise<Read> {
  const answer = await orGone(step.api.object("GET", path(template)));
  return answer && fromAnswer(step.fields, answer, mapping);
}

async function update(step: Step, template = step.id): Promise<Read> {
  const answer = await orGone(step.api.send("PATCH", path(template), toBody(step, mapping)).then(() => true));
  return answer ? read(step, template) : null;
}

/**
 * The mails of a tenant: no template can be deleted, so one that is there already is taken over and a deletion
 * switches it off. https://auth0.com/docs/customize/email/email-templates
 */
export const emailTemplate: Operation = {
  read: (step) => read(step),
  update: (step) => update(step),
  async create(step) {
    const template = text(step.planned.template);
    if (await orGone(step.api.object("GET", path(template)))) {
      step.created(template);
      return update(step, template);
    }
    const made = await step.api.object("POST", "email-templates", toBody(step, mapping));
    const id = String(made.template);
    step.created(id);
    return read(step, id);
  },
  async delete({ api, id }) {
    await orGone(api.send("PATCH", path(id), { template: id, enabled: false }));
  },
};
