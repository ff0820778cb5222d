import { z } from "zod";
import { quietText, said, saidQuietly, text } from "./strict.ts";

/** Letters that a URL, an organization name and a logical name all take: https://auth0.com/docs/manage-users/organizations/configure-organizations/create-organizations */
export const slug = text(
  /^(?=.{1,50}$)[a-z0-9]+(-[a-z0-9]+)*$/,
  "1 to 50 lower-case letters, digits and single hyphens between them",
);

/** Auth0's rule for connection names, 128 characters: https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/oidc */
export const connectionNameRule =
  "a connection name of 1 to 128 lower-case letters, digits and single hyphens between them";

export const connectionName = text(/^(?=.{1,128}$)[a-z0-9]+(-[a-z0-9]+)*$/, connectionNameRule);

/** Without characters that a reader cannot see, or that turn the reading direction. */
export const displayName = text(
  /^(?! )[^<>\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,255}(?<! )$/u,
  "1 to 255 visible characters without < and >",
);

export const clientId = quietText(/^[\x21-\x7e]{1,255}$/, "1 to 255 ASCII characters without space");

/** The name of an encrypted setting that an entry may point to. */
export const secretName = /^[a-z][a-z0-9-]{0,63}$/;

export const colour = text(/^#[0-9a-f]{6}$/i, 'a colour such as "#1f6feb"');

const labels = String.raw`([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{2,59})`;
const domainPattern = new RegExp(String.raw`^(?=.{4,253}$)${labels}$`);

export const email = text(new RegExp(String.raw`^[\w.%+-]{1,64}@(?=.{4,253}$)${labels}$`, "i"), "an e-mail address");

/** A host name as it stands behind the @ of an address: lower case, punycode, at least two labels. */
export const domain = text(domainPattern, "a domain in lower case such as example.com (punycode for other scripts)");

/** An https URL as a browser would write it: no user, query or fragment, at most 255 characters. */
export const httpsUrl = url("an https URL without user, query and fragment", () => true);

/** An API's identifier: the Management API is Auth0's own. */
export const apiIdentifier = url(
  "an https URL without user, query and fragment, not of the Management API (/api/v2/)",
  ({ pathname }) => pathname !== "/api/v2/",
);

/** https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationRequest */
export const issuer = url(
  "the issuer's https URL without /.well-known/openid-configuration, user, query and fragment",
  ({ pathname }) => !pathname.includes("/.well-known/"),
);

/** The beginning of every custom claim; never under Auth0's own domains: https://auth0.com/docs/secure/tokens/json-web-tokens/create-custom-claims */
export const claimNamespace = url(
  "an https URL that ends in / and is not under auth0.com, webtask.io or webtask.run",
  ({ hostname }, given) => given.endsWith("/") && !/(^|\.)(auth0\.com|webtask\.(io|run))$/.test(hostname),
);

/** The URL of an app's root, without a slash at the end. */
export function appUrl(localhost: boolean) {
  const allowed = `an https URL that ends without /, no wildcard${localhost ? "" : ", not localhost"}`;
  return url(allowed, (_, given) => !given.endsWith("/"), localhost);
}

function url(allowed: string, accepts: (parsed: URL, given: string) => boolean, localhost = false) {
  // A URL with a user, a query or odd characters could hold a secret: it is not quoted.
  const error = ({ input }: { input?: unknown }) =>
    typeof input === "string" && /^[\w.:/*-]{0,255}$/.test(input) ? said(input, allowed) : saidQuietly(input, allowed);
  return z.string({ error }).refine(
    (given) => {
      const parsed = URL.parse(given);
      if (parsed?.protocol !== "https:" || given.length > 255) return false;
      if (parsed.href !== given && parsed.href !== `${given}/`) return false; // as a browser would write it
      if (parsed.username || parsed.password || /[?#]/.test(given) || parsed.port === "0") return false;
      const known = domainPattern.test(parsed.hostname) || (localhost && parsed.hostname === "localhost");
      return known && accepts(parsed, given);
    },
    { error },
  );
}
