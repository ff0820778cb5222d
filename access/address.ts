import { domainToASCII } from "node:url";
import { fieldsOf } from "./metadata.ts";

/** What ASCII may stand in a domain. `domainToASCII` would cut at a slash, decode a `%`, and drop a line break. */
const writable = /^[a-z0-9.\-\u0080-\u{10ffff}]+$/iu;

/** At least two labels of at most 63 characters, 253 in all; a last label of digits would be an IP address. */
const hostName =
  /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** The one form of a domain in which two are compared: ASCII by UTS 46, lower case, no dot at the end. Undefined: none. */
export function normalDomain(domain: string): string | undefined {
  if (!writable.test(domain)) return undefined;
  const ascii = domainToASCII(domain).replace(/\.$/, "");
  return hostName.test(ascii) ? ascii : undefined;
}

/** The domain of an e-mail address in its one form, or undefined where the value is no address. */
export function domainOf(address: unknown): string | undefined {
  if (typeof address !== "string") return undefined;
  const [local, domain, ...more] = address.split("@");
  if (!local || !domain || more.length > 0) return undefined;
  return /[\s\p{Cc}]/u.test(local) ? undefined : normalDomain(domain);
}

/** Where a person's addresses are. A linked user has more than one, and each could let the person in. */
export interface Addresses {
  /** Domain of the root address; undefined where that is absent or damaged. */
  readonly root: string | undefined;
  /** Domains of the identities' own addresses; undefined for a damaged one. */
  readonly others: readonly (string | undefined)[];
}

/**
 * Reads the addresses of `event.user`: the root `email`, and the `profileData.email` of each identity that has one.
 * An identity, or a list of them, that is not of the documented shape counts as a damaged address.
 * https://auth0.com/docs/manage-users/user-accounts/user-account-linking
 */
export function addressesOf(user: unknown): Addresses {
  const { email, identities } = fieldsOf(user) ?? {};
  return { root: domainOf(email), others: identityDomains(identities) };
}

function identityDomains(identities: unknown): (string | undefined)[] {
  const all = identities ?? [];
  return Array.isArray(all) ? all.flatMap(identityDomain) : [undefined];
}

function identityDomain(value: unknown): (string | undefined)[] {
  const identity = fieldsOf(value);
  if (!identity) return [undefined];
  const profile = fieldsOf(identity.profileData ?? {});
  if (!profile) return [undefined];
  const email = profile.email ?? undefined;
  return email === undefined ? [] : [domainOf(email)];
}
