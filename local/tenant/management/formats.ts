import { isIP } from "node:net";

/** What a URL may hold besides itself: Auth0's placeholders and wildcards (https://auth0.com/docs/get-started/applications/wildcards-for-subdomains). */
function withoutPlaceholders(value: string): string {
  return value.replaceAll(/\{[\w.]+\}/g, "placeholder").replaceAll("*", "wildcard");
}

function isUrl(value: string, ...protocols: readonly string[]): boolean {
  if (!URL.canParse(value)) return false;
  return protocols.length === 0 || protocols.includes(new URL(value).protocol);
}

const moment = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i;

/** RFC 3339, of a day that the calendar has; no leap second, which no Date can hold. */
function isMoment(value: string): boolean {
  const [, day = ""] = moment.exec(value) ?? [];
  const midnight = new Date(`${day}T00:00:00Z`);
  return (
    !Number.isNaN(Date.parse(value)) && !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day)
  );
}

const isHttps = (value: string): boolean => isUrl(value, "https:");
const isHttpsWithPlaceholders = (value: string): boolean => isHttps(withoutPlaceholders(value));
const isColor = (value: string): boolean => /^#(?:[0-9A-Fa-f]{3}){1,2}$/.test(value);
const idOf = (prefix: string, length: number) => {
  const pattern = new RegExp(`^${prefix}_[A-Za-z0-9]{${length}}$`);
  return (value: string): boolean => pattern.test(value);
};

function isNetwork(value: string, version: 4 | 6, most: number): boolean {
  const [address = "", bits = "", ...more] = value.split("/");
  return isIP(address) === version && more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
}

/** The named formats of the field tables, by the names Auth0 gives them. */
export const formats: { readonly [name: string]: (value: string) => boolean } = {
  "absolute-uri-or-empty": (value) => value === "" || isUrl(value),
  "absolute-https-uri-or-empty": (value) => value === "" || isHttps(value),
  "absolute-https-uri-with-placeholders-or-empty": (value) => value === "" || isHttpsWithPlaceholders(value),
  "strict-https-uri-or-null": isHttps,
  "callback-url": (value) => isUrl(withoutPlaceholders(value)),
  "url-with-placeholders": (value) => isUrl(withoutPlaceholders(value)),
  url: (value) => isUrl(value),
  "date-time": isMoment,
  "email-or-empty": (value) => value === "" || /^[^@\s]+@[^@\s]+$/.test(value),
  "organization-name": (value) => /^[a-z0-9_-]+$/.test(value),
  "organization-id": idOf("org", 16),
  "connection-id": idOf("con", 16),
  "client-grant-id": idOf("cgr", 16),
  "role-id": idOf("rol", 16),
  "client-id": (value) => /^[A-Za-z0-9_-]+$/.test(value),
  "connection-realm": (value) => /^[A-Za-z0-9][A-Za-z0-9-]*$/.test(value),
  "user-id-with-max-length": (value) => value.length <= 300,
  "html-color": isColor,
  "html-color-or-null": isColor,
  cidr: (value) => isNetwork(value, 4, 32),
  ipv6_cidr: (value) => isNetwork(value, 6, 128),
  "hostname-pattern": (value) => /^(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))+$/.test(value),
};
