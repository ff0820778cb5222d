/** The claimed-domain set: the one thing that a company's change touches beside what is its own. */
export const claimedDomainSet = [
  "update Gate password-reset-post-challenge",
  "update Gate post-login",
  "update Gate pre-user-registration",
  "update auth0.Action password-reset-post-challenge",
  "update auth0.Action post-login",
  "update auth0.Action pre-user-registration",
];

export const triggers = [
  "post-login",
  "credentials-exchange",
  "pre-user-registration",
  "password-reset-post-challenge",
] as const;
