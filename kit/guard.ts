import { admit } from "../access/admit.ts";
import type { Policy } from "../access/policy.ts";

/** The claims of an access token whose signature has been verified. */
export type Claims = Readonly<Record<string, unknown>>;

/** A company, as `pulumi up` exports it under its organization id. */
export interface KnownOrganization {
  readonly type: string;
  /** `live` lets its people in; every other state does not. */
  readonly state: string;
  /** Organization metadata that an API may require, such as `api_access: "on"`. */
  readonly conditions: Readonly<Record<string, string>>;
}

export interface GuardOptions {
  /** `https://<domain>/`, with the slash. */
  readonly issuer: string;
  /** The API's identifier. */
  readonly audience: string;
  /** Organization id → company. */
  readonly organizations: Readonly<Record<string, KnownOrganization>>;
  /** Whom the API serves. */
  readonly admits: Pick<Policy, "orgTypes" | "orgRequires" | "individuals">;
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

/** Makes the guard of one API: whether a token is for it, of a known organization of the right type, and with the permission. */
export function guard(options: GuardOptions): (token: string, permission: string) => Promise<Guarded> {
  const now = options.now ?? (() => Date.now() / 1000);
  return async (token, permission) => {
    let claims: Claims;
    try {
      claims = await options.verify(token);
    } catch {
      return invalid("the token cannot be verified");
    }
    const wrong = addressed(claims, options, now());
    if (wrong !== undefined) return invalid(wrong);
    const machine = claims.gty === "client-credentials" || String(claims.sub).endsWith("@clients");
    return present(claims.org_id)
      ? ofCompany(claims, permission, options)
      : ofNobody(claims, permission, machine, options);
  };
}

function addressed(
  { iss, aud, exp, sub }: Claims,
  { issuer, audience }: GuardOptions,
  now: number,
): string | undefined {
  if (iss !== issuer) return "the token is of another issuer";
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud];
  if (!audiences.includes(audience)) return "the token is for another API";
  if (typeof exp !== "number" || !(exp > now)) return "the token has expired";
  return typeof sub === "string" && sub !== "" ? undefined : "the token names nobody";
}

function ofCompany(claims: Claims, permission: string, { organizations, admits }: GuardOptions): Guarded {
  const id = claims.org_id;
  if (typeof id !== "string" || !Object.hasOwn(organizations, id)) return forbidden("the organization is not known");
  const { type, state, conditions } = organizations[id] as KnownOrganization;
  const metadata = { ...conditions, type, status: state === "live" ? "active" : "suspended" };
  const verdict = admit(policyOf(admits), { damaged: false, id, metadata });
  return verdict.admitted ? permitted(claims, permission, id) : forbidden(verdict.refusal.code);
}

function ofNobody(claims: Claims, permission: string, machine: boolean, { machines, admits }: GuardOptions): Guarded {
  if (machine) {
    return machines === "allow"
      ? permitted(claims, permission, undefined)
      : forbidden("the machine has no organization");
  }
  const verdict = admit(policyOf(admits), undefined);
  return verdict.admitted ? permitted(claims, permission, undefined) : forbidden(verdict.refusal.code);
}

/**
 * A list `permissions` decides where the API adds one; else `scope`, which holds no more than the person's permissions either:
 * https://auth0.com/docs/get-started/apis/enable-role-based-access-control-for-apis
 */
function permitted(claims: Claims, permission: string, organization: string | undefined): Guarded {
  const { permissions, scope } = claims;
  const held: unknown[] = present(permissions) ? asList(permissions) : String(scope ?? "").split(" ");
  return held.includes(permission) ? { allowed: true, claims, organization } : forbidden(`${permission} is missing`);
}

function policyOf(admits: GuardOptions["admits"]): Policy {
  return { ...admits, stageClaim: "off", mfa: "off" };
}

/** Null and damaged values are there: only a claim that is left out is not. */
function present(value: unknown): boolean {
  return value !== undefined;
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function invalid(reason: string): Guarded {
  return { allowed: false, status: 401, error: "invalid_token", reason };
}

function forbidden(reason: string): Guarded {
  return { allowed: false, status: 403, error: "insufficient_scope", reason };
}
