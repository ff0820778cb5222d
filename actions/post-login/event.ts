/**
 * The parts of Auth0's post-login event and api that the Action reads and calls.
 * Sources: https://auth0.com/docs/actions/reference/post-login/post-login-event-object
 * and https://auth0.com/docs/actions/reference/post-login/post-login-api-object
 */
export interface PostLoginEvent {
  readonly client?: { readonly metadata?: unknown };
  readonly organization?: { readonly metadata?: unknown } | null;
  readonly user?: { readonly app_metadata?: unknown };
}

export interface PostLoginApi {
  readonly access: { deny(reason: string): void };
  readonly idToken: { setCustomClaim(name: string, value: string): void };
  readonly accessToken: { setCustomClaim(name: string, value: string): void };
}
