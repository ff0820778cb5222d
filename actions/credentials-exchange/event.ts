/**
 * The parts of Auth0's credentials-exchange event and api that the Action reads and calls.
 * Sources: https://auth0.com/docs/actions/reference/credentials-exchange/credentials-exchange-event-object
 * and https://auth0.com/docs/actions/reference/credentials-exchange/credentials-exchange-api-object
 */
export interface CredentialsExchangeEvent {
  readonly client?: { readonly metadata?: unknown };
  /** `{ id, metadata, … }`; undefined where the token is for no organization. */
  readonly organization?: unknown;
  readonly resource_server?: { readonly identifier?: unknown };
}

export interface CredentialsExchangeApi {
  /** The code is an OAuth error; of the three that are allowed, only this one says that the request is at fault. */
  readonly access: { deny(code: "invalid_request", reason: string): unknown };
  readonly accessToken: { setCustomClaim(name: string, value: string): unknown };
}
