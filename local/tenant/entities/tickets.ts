import { badBody } from "../management/faults.ts";
import { choice, flag, record, text, whole } from "../management/fields.ts";
import { textAt } from "../management/json.ts";
import type { Answer, Call, Family, Route } from "../management/tables.ts";
import { validate } from "../management/validation.ts";
import { connectionId, identityField } from "./identities-providers.ts";
import { issueTicket, type TicketKind, ticketEntity } from "./tickets-store.ts";
import { placeOf, type Subject, subjectByEmail, subjectOf, type Wording } from "./tickets-subject.ts";

const wording: Wording = {
  noEmail: badBody("The user does not have an email address.").fault,
  notDatabase: {
    status: 400,
    message: "The user's main connection does not support this operation",
    code: "operation_not_supported",
  },
  noConnection: (id) => badBody(`The connection with id ${id} does not exist.`).fault,
};

const common = {
  result_url: text({ format: "url" }),
  user_id: text(),
  client_id: text({ format: "client-id" }),
  organization_id: text({ format: "organization-id" }),
  ttl_sec: whole({ min: 0 }),
  includeEmailInRedirect: flag(),
};

/** https://auth0.com/docs/api/management/v2/tickets/post-email-verification */
const emailVerification: Route = {
  method: "POST",
  path: "/tickets/email-verification",
  fields: record({ ...common, identity: identityField() }, { required: ["user_id"] }),
  handle: (call) => {
    demandOneRedirect(call);
    return issued(call, "email-verification", subjectOf(call, wording));
  },
};

const passwordFields = record({
  ...common,
  connection_id: connectionId,
  email: text({ format: "email" }),
  mark_email_as_verified: flag(),
  identity: identityField(choice(["auth0"])),
});

/** https://auth0.com/docs/api/management/v2/tickets/post-password-change */
const passwordChange: Route = {
  method: "POST",
  path: "/tickets/password-change",
  fields: passwordFields,
  handle: (call) => {
    const { body } = call;
    demandOneRedirect(call);
    const byEmail = body.connection_id !== undefined || body.email !== undefined;
    if (byEmail && body.user_id !== undefined)
      throw badBody("user_id cannot be specified when using connection_id and email");
    const required = byEmail ? ["connection_id", "email"] : ["user_id"];
    validate(body, { ...passwordFields, required }, "body");
    if (byEmail && body.identity !== undefined) throw badBody("identity requires user_id");
    return issued(call, "password-change", (byEmail ? subjectByEmail : subjectOf)(call, wording));
  },
};

/** An app and an organization bring a route of their own. */
function demandOneRedirect({ body }: Call): void {
  if (body.result_url === undefined) return;
  if (body.client_id !== undefined || body.organization_id !== undefined)
    throw badBody("result_url cannot be specified when using client_id or organization_id");
}

function issued(call: Call, kind: TicketKind, subject: Subject): Answer {
  const { body } = call;
  const resultUrl = textAt(body, "result_url");
  const ticket = issueTicket(
    call,
    {
      kind,
      ...subject,
      ...placeOf(call, subject.user),
      ...(resultUrl === undefined ? {} : { resultUrl }),
      includeEmailInRedirect: body.includeEmailInRedirect === true,
      markEmailAsVerified: body.mark_email_as_verified === true,
    },
    Number(body.ttl_sec ?? 0),
  );
  return { status: 201, body: { ticket } };
}

/** Links that prove an address or set a password: https://auth0.com/docs/api/management/v2/tickets/post-password-change */
export const tickets: Family = { entities: [ticketEntity], routes: [emailVerification, passwordChange] };
