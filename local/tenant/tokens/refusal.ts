/** What the token endpoint refuses a request with: https://auth0.com/docs/api/authentication#standard-error-responses */
export class TokenRefusal extends Error {
  readonly status: 400 | 401 | 403 | 500;
  readonly error: string;
  readonly uri: string | undefined;

  constructor(status: TokenRefusal["status"], error: string, description: string, uri?: string) {
    super(description);
    this.status = status;
    this.error = error;
    this.uri = uri;
  }
}

export function accessDenied(description: string): TokenRefusal {
  return new TokenRefusal(403, "access_denied", description);
}

export function invalidRequest(description: string): TokenRefusal {
  return new TokenRefusal(400, "invalid_request", description);
}

/** A code or refresh token that is unknown, over, used or meant for another: RFC 6749, 5.2. */
export function invalidGrant(description: string): TokenRefusal {
  return new TokenRefusal(403, "invalid_grant", description);
}

/** A client that is unknown or does not prove itself. */
export function unproven(): TokenRefusal {
  return new TokenRefusal(401, "access_denied", "Unauthorized");
}
