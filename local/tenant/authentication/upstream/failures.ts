import { AuthorizationResponseError, ClientError, ResponseBodyError } from "openid-client";
import { AppRefusal } from "../refusals.ts";
import { Unreachable } from "./loopback.ts";

/**
 * What the app is told of a login that failed at the identity provider. What the provider itself answers to the browser goes on as it
 * is; whatever is wrong with its tokens is `access_denied`, and a mismatch is worded as Auth0 words one of the nonce:
 * https://community.auth0.com/t/receive-error-nonce-mismatch-expected-undefined-got-value-when-setting-up-an-enterprise-oidc-connection-using-cognito/137669
 */
export function refusalOf(thrown: unknown, issuer: string): AppRefusal {
  if (thrown instanceof AppRefusal) return thrown;
  const causes = causesOf(thrown);
  if (causes.some((cause) => cause instanceof Unreachable)) return unreachable(issuer);
  if (thrown instanceof AuthorizationResponseError || thrown instanceof ResponseBodyError) {
    const error = thrown instanceof AuthorizationResponseError ? thrown.error : "access_denied";
    return new AppRefusal(error, thrown.error_description ?? thrown.error);
  }
  if (!(thrown instanceof ClientError))
    return new AppRefusal("server_error", `the answer of the identity provider ${issuer} cannot be read`);
  return new AppRefusal("access_denied", mismatch(causes) ?? (causes[1] instanceof Error ? causes[1] : thrown).message);
}

export function unreachable(issuer: string): AppRefusal {
  return new AppRefusal("server_error", `the identity provider ${issuer} cannot be reached from this tenant`);
}

/** An error and those that led to it, the last one first. */
function causesOf(thrown: unknown): unknown[] {
  const causes: unknown[] = [];
  for (let cause = thrown; cause !== undefined && causes.length < 10; cause = partOf(cause, "cause"))
    causes.push(cause);
  return causes;
}

/** The claim that is not as it must be: the library keeps it, what was expected and all claims of the token as the last cause. */
function mismatch(causes: readonly unknown[]): string | undefined {
  const found = causes.at(-1);
  const claim = partOf(found, "claim");
  const expected = partOf(found, "expected");
  if (typeof claim !== "string") return undefined;
  if (claim === "exp") return "jwt expired";
  const got = partOf(partOf(found, "claims"), claim);
  return expected === undefined ? undefined : `${claim} mismatch, expected ${expected}, got: ${got}`;
}

function partOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && name in value
    ? (value as { [name: string]: unknown })[name]
    : undefined;
}
