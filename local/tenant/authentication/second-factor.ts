import { Secret, TOTP } from "otpauth";
import type { Step } from "../../../login/request.ts";
import { authenticatorOf, keepAuthenticator } from "../entities/authenticators.ts";
import { textAt } from "../management/json.ts";
import { provedFactor } from "./browser-session.ts";
import { proceed, refused, type Turn } from "./flow.ts";
import { AppRefusal } from "./refusals.ts";

/** Wrong codes that end a login. The documentation of brute-force protection names ten for passwords. */
const most = 10;

const totpOf = (secret: string, label = "", issuer = "") =>
  new TOTP({ secret: Secret.fromBase32(secret), label, issuer, algorithm: "SHA1", digits: 6, period: 30 });

/** The place in time of a code that is right now, or was or will be within half a minute; undefined for a wrong one. */
function counterOf(secret: string, code: string): number | undefined {
  const totp = totpOf(secret);
  const delta = /^\d{6}$/.test(code) ? totp.validate({ token: code, window: 1 }) : null;
  return delta === null ? undefined : totp.counter() + delta;
}

/** A code of the authenticator that the account has. */
export function answerChallenge(turn: Turn, step: Step, code: string): Promise<Response> {
  const { objects } = turn.parts.tenant;
  const known = step.kind === "actions" ? authenticatorOf(objects, step.user) : undefined;
  const counter = known && counterOf(known.secret, code.trim());
  if (step.kind !== "actions" || !known || counter === undefined || counter <= known.counter) return missed(turn);
  return passed(turn, step.user, { secret: known.secret, counter });
}

/** What a person puts into an authenticator app; the same until the login is over. */
export function enrollmentOf({ login, parts }: Turn, step: Step): { readonly secret: string; readonly uri: string } {
  const { objects } = parts.tenant;
  const secret = login.waiting?.key ?? new Secret({ size: 20 }).base32;
  if (login.waiting) login.waiting.key = secret;
  const user = step.kind === "actions" ? objects.store.get("users", step.user)?.body : undefined;
  const issuer = textAt(objects.single("tenants/settings"), "friendly_name") || parts.tenant.domain;
  return { secret, uri: totpOf(secret, textAt(user ?? {}, "email") ?? "account", issuer).toString() };
}

/** The first code of a new authenticator proves that it was added. Where another login added one meanwhile, that one is asked for. */
export function answerEnrollment(turn: Turn, step: Step, code: string): Promise<Response> {
  const { login, parts } = turn;
  const secret = login.waiting?.key;
  const counter = secret === undefined ? undefined : counterOf(secret, code.trim());
  if (step.kind === "actions" && authenticatorOf(parts.tenant.objects, step.user)) {
    delete login.waiting;
    return proceed(turn);
  }
  if (step.kind !== "actions" || secret === undefined || counter === undefined) return missed(turn);
  return passed(turn, step.user, { secret, counter });
}

function missed(turn: Turn): Promise<Response> {
  const { login } = turn;
  const { waiting } = login;
  if (waiting) waiting.misses += 1;
  if (waiting && waiting.misses >= most) return refused(turn, new AppRefusal("access_denied", "Too many wrong codes"));
  login.complaint = "The code is not right, or it was used before";
  return proceed(turn);
}

function passed(turn: Turn, user: string, authenticator: { secret: string; counter: number }): Promise<Response> {
  const { objects } = turn.parts.tenant;
  const { login } = turn;
  objects.store.transaction(() => {
    keepAuthenticator(objects, user, authenticator);
    if (login.session !== undefined) provedFactor(objects, login.session);
  });
  if (login.waiting) login.waiting.passed = true;
  return proceed(turn);
}
