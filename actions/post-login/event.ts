/**
 * The parts of Auth0's post-login event and api that the Action reads and calls. Nothing is taken on trust: what the
 * rules read is unknown here, and read by them.
 * Sources: https://auth0.com/docs/actions/reference/post-login/post-login-event-object
 * and https://auth0.com/docs/actions/reference/post-login/post-login-api-object
 */
export interface PostLoginEvent {
  readonly client?: { readonly metadata?: unknown };
  readonly connection?: { readonly strategy?: unknown; readonly metadata?: unknown };
  /** `{ id, metadata, … }`; undefined in a login without an organization. */
  readonly organization?: unknown;
  /** `{ user_id, email, email_verified, identities, app_metadata, enrolledFactors, … }` */
  readonly user?: unknown;
  readonly authentication?: { readonly methods?: unknown };
  readonly authorization?: { readonly roles?: unknown };
  readonly transaction?: { readonly protocol?: unknown };
  readonly secrets?: Secrets;
}

/** What the operator keeps with the Action. None of it may reach a claim, a log line or an error. */
export type Secrets = Readonly<Record<string, unknown>>;

/** A factor of https://auth0.com/docs/secure/multi-factor-authentication/customize-mfa/customize-mfa-selection-universal-login */
export interface Factor {
  readonly type: "otp" | "webauthn-roaming" | "recovery-code";
}

/** At most 20 entries a trigger, 64 bytes a key, 4 kB a value: https://auth0.com/docs/customize/actions/limitations */
export interface Cache {
  get(key: string): { readonly value: string } | undefined;
  /** @param options `ttl` in milliseconds, at most 24 hours */
  set(key: string, value: string, options: { readonly ttl: number }): unknown;
  delete(key: string): unknown;
}

export interface PostLoginApi {
  readonly access: { deny(reason: string): unknown };
  readonly authentication: {
    challengeWithAny(factors: readonly Factor[]): unknown;
    enrollWithAny(factors: readonly Factor[]): unknown;
  };
  readonly idToken: { setCustomClaim(name: string, value: string): unknown };
  readonly accessToken: { setCustomClaim(name: string, value: string): unknown };
  readonly user: { setAppMetadata(key: string, value: unknown): unknown };
  readonly cache: Cache;
}
