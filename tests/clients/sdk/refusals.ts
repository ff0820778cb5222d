import { ManagementError } from "auth0";
import { expect } from "vitest";

/** How the SDK throws what Auth0 refuses: the error's class by name, and the body in full. */
export interface Refused {
  readonly name: string;
  readonly body: { readonly statusCode: number; readonly [field: string]: unknown };
}

const classes = {
  400: ["BadRequestError", "Bad Request"],
  401: ["UnauthorizedError", "Unauthorized"],
  403: ["ForbiddenError", "Forbidden"],
  404: ["NotFoundError", "Not Found"],
  409: ["ConflictError", "Conflict"],
} as const;

/** A refusal of a status that the SDK knows of the operation. */
export function refusal(statusCode: keyof typeof classes, message: string, errorCode?: string): Refused {
  const [name, error] = classes[statusCode];
  const code = errorCode === undefined ? {} : { errorCode };
  return { name, body: { statusCode, error, message, ...code } };
}

/** A refusal of a status that the SDK does not name for the operation: thrown as the class that all have in common. */
export function untyped(refused: Refused): Refused {
  return { ...refused, name: "ManagementError" };
}

/** A body that breaks its schema, as a whole or in the named property. */
export function invalid(message: string, property?: string): Refused {
  const where = property === undefined ? "" : ` on property ${property}`;
  return refusal(400, `Payload validation error: '${message}'${where}.`, "invalid_body");
}

/** Fails unless the call is refused in exactly these words. */
export async function expectRefused(call: PromiseLike<unknown>, { name, body }: Refused): Promise<void> {
  const thrown = await Promise.resolve(call).then(
    (answer) => expect.fail(`answered ${JSON.stringify(answer)} instead of a refusal`),
    (error: unknown) => error,
  );
  if (!(thrown instanceof ManagementError)) throw thrown;
  expect({ name: thrown.name, statusCode: thrown.statusCode, body: thrown.body }).toEqual({
    name,
    statusCode: body.statusCode,
    body,
  });
}
