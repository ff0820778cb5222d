/** One mail: https://auth0.com/docs/customize/email/email-templates */
export interface MailTemplate {
  readonly template: "verify_email" | "reset_email" | "user_invitation";
  readonly subject: string;
  readonly body: string;
  /** Seconds that the link works. */
  readonly urlLifetime: number;
}

/** Only what Auth0 fills in: nothing of a person but the address, and no name that a stranger could have chosen. */
const page = (sentence: string, link: string) => `<html>
  <body style="font-family: sans-serif; line-height: 1.5">
    <p>${sentence}</p>
    <p><a href="{{ url }}">${link}</a></p>
    <p>If you did not ask for this, you need not do anything. Help: {{ support_email }}</p>
    <p>{{ friendly_name }}</p>
  </body>
</html>
`;

const day = 86_400;

export const mailTemplates: readonly MailTemplate[] = [
  {
    template: "verify_email",
    subject: "Confirm your e-mail address",
    body: page("Please confirm that this address is yours.", "Confirm"),
    urlLifetime: 5 * day,
  },
  {
    template: "reset_email",
    subject: "Choose a new password",
    body: page("Somebody, we hope you, wants a new password for this address.", "Choose a new password"),
    urlLifetime: 3_600,
  },
  {
    template: "user_invitation",
    subject: "Your invitation to {{ organization.display_name }}",
    body: page("You are invited to {{ organization.display_name }}.", "Accept the invitation"),
    urlLifetime: 7 * day,
  },
];
