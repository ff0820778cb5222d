import type { Admission } from "../access/admit.ts";
import type { Directory } from "../access/directory.ts";
import { textsOf } from "../access/metadata.ts";
import { companyById, found, refusalOf } from "./companies.ts";

/** The claims of an access token whose signature has been verified. */
export type Claims = Readonly<Record<string, unknown>>;

export interface GuardOptions {
  readonly directory: Directory;
  /** The API's name in the directory. */
  readonly api: string;
  /** Whom the API serves. */
  readonly admits: Admission;
  /** Whether a machine without an organization, which is the operator's own, is served. @default deny */
  readonly machines?: "allow" | "deny";
  /**
   * Verifies signature and algorithm against the tenant's published keys, by a library for JOSE such as `jose`. Rejects what it cannot
   * vouch for.
   */
  verify(token: string): Promise<Claims>;
  /** Seconds since 1970. @default the clock */
  now?(): number;
}

/** The answer in the words of https://datatracker.ietf.org/doc/html/rfc6750#section-3.1 */
export type Guarded =
  | { readonly allowed: true; readonly claims: Claims; readonly organization: string | undefined }
  | {
      readonly allowed: false;
      readonly status: 401 | 403;
      readonly error: "invalid_token" | "insufficient_scope";
      readonly reason: string;
    };

/**
 * Makes the guard of one API: whether a token is for it, of a known organization of the right type, and with the permission.
 * @throws when the directory has no such API
 */
export function guard(options: GuardOptions): (token: string, permission: string) => Promise<Guarded> {
  const audience = found(options.directory.apis, options.api, "API").identifier;
  const now = options.now ?? (() => Date.now() / 1000);
  return async (token, permission) => {
    let claims: Claims;
    try {
      claims = await options.verify(token);
    } catch {
      return invalid("the token cannot be verified");
    }
    const wrong = addressed(claims, { issuer: options.directory.issuer, audience }, now());
    return wrong === undefined ? judged(claims, permission, options) : invalid(wrong);
  };
}

function addressed(
  { iss, aud, exp, sub }: Claims,
  { issuer, audience }: { readonly issuer: string; readonly audience: string },
  now: number,
): string | undefined {
  if (iss !== issuer) return "the token is of another issuer";
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud];
  if (!audiences.includes(audience)) return "the token is for another API";
  if (typeof exp !== "number" || !(exp > now)) return "the token has expired";
  return typeof sub === "string" && sub !== "" ? undefined : "the token names nobody";
}

/** A claim `org_id` that is null or damaged is there, and names nothing: only one that is left out makes an individual or a machine. */
function judged(claims: Claims, permission: string, { directory, admits, machines }: GuardOptions): Guarded {
  const id = claims.org_id;
  if (id === undefined && isMachine(claims)) {
    return machines === "allow" ? permitted(claims, permission) : forbidden("the machine has no organization");
  }
  const company = companyById(directory, id);
  if (id !== undefined && !company) return forbidden("the organization is not known");
  const cause = refusalOf(admits, company);
  return cause ? forbidden(cause.code) : permitted(claims, permission, company?.id);
}

function isMachine({ gty, sub }: Claims): boolean {
  return gty === "client-credentials" || String(sub).endsWith("@clients");
}

/**
 * A list `permissions` decides where the API adds one; else `scope`, which holds no more than the person's permissions either:
 * https://auth0.com/docs/get-started/apis/enable-role-based-access-control-for-apis
 */
function permitted(claims: Claims, permission: string, organization?: string): Guarded {
  const { permissions, scope } = claims;
  const held = permissions === undefined ? String(scope ?? "").split(" ") : (textsOf(permissions) ?? []);
  const holds = permission !== "" && held.includes(permission); // a scope that is empty splits into one empty text
  return holds ? { allowed: true, claims, organization } : forbidden(`${permission} is missing`);
}

function invalid(reason: string): Guarded {
  return { allowed: false, status: 401, error: "invalid_token", reason };
}

function forbidden(reason: string): Guarded {
  return { allowed: false, status: 403, error: "insufficient_scope", reason };
}
