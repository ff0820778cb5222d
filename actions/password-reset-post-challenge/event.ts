/**
 * The parts of Auth0's password-reset-post-challenge event and api that the Action reads and calls.
 * Sources: https://auth0.com/docs/actions/reference/password-reset-post-challenge/password-reset-post-challenge-event-object
 * and https://auth0.com/docs/actions/reference/password-reset-post-challenge/password-reset-post-challenge-api-object
 */
export interface PostChallengeEvent {
  /** `{ email, identities, … }` */
  readonly user?: unknown;
}

export interface PostChallengeApi {
  readonly access: { deny(reason: string): unknown };
}
