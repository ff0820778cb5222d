import { prefixed } from "../ids.ts";
import { badBody, missing } from "../management/faults.ts";
import { record, text } from "../management/fields.ts";
import { type Body, textAt } from "../management/json.ts";
import type { Call, Family, Route } from "../management/tables.ts";
import { validate } from "../management/validation.ts";
import { identityField } from "./identities-providers.ts";
import { mailTicket } from "./ticket-mail.ts";
import { placeOf, subjectOf, type Wording } from "./tickets-subject.ts";

const family = "jobs";
const newId = prefixed("job");

const wording: Wording = {
  noEmail: badBody("User does not have an email address.").fault,
  notDatabase: badBody("Connection must be a database connection.").fault,
  noConnection: () => badBody("connection does not exist.").fault,
};

/** https://auth0.com/docs/api/management/v2/jobs/post-verification-email */
const verificationEmail: Route = {
  method: "POST",
  path: "/jobs/verification-email",
  fields: record(
    {
      user_id: text(),
      client_id: text({ format: "client-id" }),
      identity: identityField(),
      organization_id: text({ format: "organization-id" }),
    },
    { required: ["user_id"] },
  ),
  handle: (call) => {
    const { store } = call.tenant.objects;
    const status = sendVerification(call) ? "completed" : "failed";
    const job: Body = { type: "verification_email", status, created_at: new Date().toISOString(), id: newId() };
    store.insert(family, "", String(job.id), job, []);
    // the answer shows it before its work was done
    return { status: 201, body: { ...job, status: "pending" } };
  },
};

/** Mails a ticket; false where there is nothing to send: to an address that is verified, or with the template turned off. */
function sendVerification(call: Call): boolean {
  const { objects } = call.tenant;
  const subject = subjectOf(call, wording);
  const place = placeOf(call, subject.user);
  const account = objects.store.get("users", subject.user)?.body ?? {};
  if (account.email_verified === true && textAt(account, "email") === subject.email) return false;
  return mailTicket(call.tenant, { kind: "email-verification", ...subject, ...place });
}

/** https://auth0.com/docs/api/management/v2/jobs/get-jobs-by-id */
const readJob: Route = {
  method: "GET",
  path: "/jobs/:id",
  handle: ({ params, tenant: { objects } }) => {
    const id = params.id ?? "";
    validate({ id }, record({ id: text({ pattern: "^job_[A-Za-z0-9]{16}$" }) }), "path");
    return { status: 200, body: objects.require(family, id, missing("Job not found.")).body };
  },
};

export const jobs: Family = { routes: [verificationEmail, readJob] };
