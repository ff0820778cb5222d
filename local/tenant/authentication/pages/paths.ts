import type { Step } from "../../../../login/request.ts";

/** The pages of a login, at the addresses that Auth0's Universal Login has where these are documented. */
export const paths = {
  "name-organization": "/u/organization",
  "select-organization": "/u/organization/selection",
  identify: "/u/login/identifier",
  password: "/u/login/password",
  signup: "/u/signup",
  pick: "/u/organization/picker",
  challenge: "/u/mfa-otp-challenge",
  enroll: "/u/mfa-otp-enrollment",
  consent: "/u/consent",
  reset: "/u/reset-password/request",
} as const;

export type PageKind = keyof typeof paths;

/** The page that a step of the rules is shown on. */
export type PagedStep = Extract<Step, { readonly kind: PageKind }>;

/** The address of a page of one login. */
export function pageOf(kind: PageKind, key: string): string {
  return `${paths[kind]}?state=${key}`;
}
