import { uuid } from "../ids.ts";
import { type Body, textAt } from "../management/json.ts";
import type { Objects } from "../management/objects.ts";

/** Auth0's names of the templates that its own mails are written with. */
type MailKind = "user_invitation" | "verify_email" | "change_password";

/** One mail as the tenant would have sent it. */
export interface Mail {
  readonly to: string;
  readonly kind: MailKind;
  /** Where the mail leads. It is a secret of the addressee's. */
  readonly link: string;
}

const family = "mail";

/** Mails kept; the oldest goes first. */
const most = 1000;

const subjects: { readonly [kind in MailKind]: string } = {
  user_invitation: "You have been invited",
  verify_email: "Verify your email",
  change_password: "Reset your password",
};

/**
 * Keeps a mail instead of sending it, with the subject of its template; false where the template is turned off.
 * https://auth0.com/docs/customize/email/email-templates
 */
export function post({ store }: Objects, { to, kind, link }: Mail): boolean {
  const template = store.get("email-templates", kind)?.body ?? {};
  if (template.enabled === false) return false;
  const subject = textAt(template, "subject") ?? subjects[kind];
  store.insert(family, "", uuid(), { to, subject, kind, link, created_at: new Date().toISOString() }, []);
  const [oldest] = store.count({ family }) > most ? store.select({ family, limit: 1 }) : [];
  if (oldest) store.remove(oldest);
  return true;
}

/** The mails that were kept, oldest first: `to`, `subject`, `kind`, `link`, `created_at`. */
export function mails({ store }: Objects): Body[] {
  return store.select({ family }).map(({ body }) => body);
}
