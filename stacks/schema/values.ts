import { z } from "zod";
import { said, text } from "./strict.ts";

/** Letters that a URL, an organization name and a logical name all take: https://auth0.com/docs/manage-users/organizations/configure-organizations/create-organizations */
export const slug = text(
  /^(?=.{1,50}$)[a-z0-9]+(-[a-z0-9]+)*$/,
  "1 to 50 lower-case letters, digits and single hyphens between them",
);

/** Auth0's rule for connection names, 128 characters: https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/oidc */
export const connectionNameRule =
  "a connection name of 1 to 128 lower-case letters, digits and single hyphens between them";

export const connectionName = text(/^(?=.{1,128}$)[a-z0-9]+(-[a-z0-9]+)*$/, connectionNameRule);

export const displayName = text(/^[^<>\p{Cc}]{1,255}$/u, "1 to 255 characters without < and >");

export const colour = text(/^#[0-9a-f]{6}$/i, 'a colour such as "#1f6feb"');

export const email = text(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, "an e-mail address");

/** A host name as it stands behind the @ of an address: lower case, punycode, at least two labels. */
export const domain = text(
  /^(?=.{4,255}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{2,59})$/,
  "a domain in lower case such as example.com (punycode for other scripts)",
);

/** An https URL without user, query and fragment. */
export const httpsUrl = url("an https URL without user, query and fragment", (parsed) => parsed !== undefined);

/** The beginning of every custom claim; never under Auth0's own domains: https://auth0.com/docs/secure/tokens/json-web-tokens/create-custom-claims */
export const claimNamespace = url(
  "an https URL that ends in / and is not under auth0.com, webtask.io or webtask.run",
  (parsed, given) => given.endsWith("/") && !/(^|\.)(auth0\.com|webtask\.(io|run))$/.test(parsed.hostname),
);

/** The URL of an app's root, without a slash at the end. */
export function appUrl(localhost: boolean) {
  const allowed = `an https URL that ends without /, no wildcard${localhost ? "" : ", not localhost"}`;
  return url(allowed, (parsed, given) => {
    const local = /(^|\.)localhost$|^127\.|^\[::1\]$/.test(parsed.hostname);
    return !given.endsWith("/") && !given.includes("*") && (localhost || !local);
  });
}

function url(allowed: string, accepts: (parsed: URL, given: string) => boolean) {
  return z.string({ error: (issue) => said(issue.input, allowed) }).refine(
    (given) => {
      const parsed = URL.parse(given);
      if (parsed?.protocol !== "https:" || !given.startsWith("https://")) return false;
      if (parsed.username || parsed.password || parsed.search || parsed.hash) return false;
      return accepts(parsed, given);
    },
    { error: (issue) => said(issue.input, allowed) },
  );
}
