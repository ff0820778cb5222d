/**
 * The parts of Auth0's pre-user-registration event and api that the Action reads and calls. The trigger runs for
 * database and passwordless connections only.
 * Sources: https://auth0.com/docs/actions/reference/pre-user-registration/pre-user-registration-event-object
 * and https://auth0.com/docs/actions/reference/pre-user-registration/pre-user-registration-api-object
 */
export interface PreUserRegistrationEvent {
  readonly connection?: { readonly strategy?: unknown };
  readonly user?: { readonly email?: unknown };
}

export interface PreUserRegistrationApi {
  /** The reason is for the tenant's log, the message for the person. */
  readonly access: { deny(reason: string, userMessage: string): unknown };
  readonly user: { setAppMetadata(key: string, value: unknown): unknown };
}
