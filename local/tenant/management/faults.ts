import type { Body } from "./json.ts";

/** What the API refuses a request with: status, sentence and, where Auth0 has one, the error code. */
export interface Fault {
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 421 | 500;
  readonly message: string;
  readonly code?: string;
}

const names: { readonly [status in Fault["status"]]: string } = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  413: "Payload Too Large",
  415: "Unsupported Media Type",
  421: "Misdirected Request",
  500: "Internal Server Error",
};

/** A refusal on its way to the client; it undoes the request's transaction. */
export class Refusal extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.message);
    this.fault = fault;
  }
}

/** The body Auth0 puts a refusal in: https://auth0.com/docs/api/management/v2 */
export function faultBody({ status, message, code }: Fault): Body {
  return {
    statusCode: status,
    error: names[status],
    message,
    ...(code === undefined ? {} : { errorCode: code }),
  };
}

/** A refusal of the body for a rule that its schema cannot express. */
export function badBody(message: string): Refusal {
  return new Refusal({ status: 400, message, code: "invalid_body" });
}

/** A refusal because something else stands in the way. */
export function conflict(message: string, code?: string): Refusal {
  return new Refusal({ status: 409, message, ...(code === undefined ? {} : { code }) });
}

/** A 404, with Auth0's code where it has one. */
export function missing(message: string, code?: string): Fault {
  return { status: 404, message, ...(code === undefined ? {} : { code }) };
}
