/** What is wrong with a request, in the codes of OAuth and the words of Auth0: https://auth0.com/docs/api/authentication#standard-error-responses */
export interface Wrong {
  readonly error: string;
  readonly description: string;
}

/** Told to the person on a page, because there is no address of the app's that could be trusted with it. */
export class PageRefusal extends Error {
  readonly wrong: Wrong;
  readonly status: 400 | 403 | 404 | 500;

  constructor(error: string, description: string, status: PageRefusal["status"] = 400) {
    super(description);
    this.wrong = { error, description };
    this.status = status;
  }
}

/** Told to the app, at the address that it asked to be answered at. */
export class AppRefusal extends Error {
  readonly wrong: Wrong;

  constructor(error: string, description: string) {
    super(description);
    this.wrong = { error, description };
  }
}
