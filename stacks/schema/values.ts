import { domainToUnicode } from "node:url";
import { z } from "zod";
import { normalDomain } from "../../access/address.ts";
import { isMap, quietStrict, quietText, readAs, said, saidQuietly, text } from "./strict.ts";

/** Letters that a URL, an organization name and a logical name all take: https://auth0.com/docs/manage-users/organizations/configure-organizations/create-organizations */
export const slugPattern = /^(?=.{1,50}$)[a-z0-9]+(-[a-z0-9]+)*$/;

export const slug = text(slugPattern, "1 to 50 lower-case letters, digits and single hyphens between them");

/** Auth0's rule for connection names, 128 characters: https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/oidc */
export const connectionNameRule =
  "a connection name of 1 to 128 lower-case letters, digits and single hyphens between them";

export const connectionPattern = /^(?=.{1,128}$)[a-z0-9]+(-[a-z0-9]+)*$/;

export const connectionName = text(connectionPattern, connectionNameRule);

/** Without characters that a reader cannot see, or that turn the reading direction. */
export const displayName = text(
  /^(?!\p{Z})[^<>\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]{1,255}(?<!\p{Z})$/u,
  "1 to 255 visible characters without < and >",
);

/** The same for a connection: https://auth0.com/docs/api/management/v2/connections/post-connections */
export const connectionDisplayName = text(
  /^(?!\p{Z})[^<>\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]{1,128}(?<!\p{Z})$/u,
  "1 to 128 visible characters without < and >",
);

/** The name of an encrypted setting that a reference may point to. */
export const secretName = /^[a-z][a-z0-9-]{0,63}$/;

/** A secret never stands where it is used: that place names the encrypted setting of the stack that holds it. */
export const secretReference = quietStrict({
  config: quietText(secretName, 'the name of a secret set with "pulumi config set --secret NAME"').describe(
    'The name of a secret of the stack, set with "pulumi config set --secret NAME".',
  ),
});

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_iam-permissions.html */
const arn = /^arn:aws(-[a-z]+)*:secretsmanager:[a-z]{2}(-[a-z]+)+-\d:\d{12}:secret:[\w/+=.@!-]{1,519}$/;
const arnReference = quietStrict({
  arn: quietText(
    arn,
    "the ARN of a secret such as arn:aws:secretsmanager:eu-central-1:123456789012:secret:acme-sso-AbCdEf",
  ).describe("The ARN of a secret of AWS Secrets Manager."),
});

const secretRule = "an object with config or arn and nothing else";

const secretPlaces = z.union([secretReference, arnReference]);

const readSecret = z.unknown().transform((input, context): z.infer<typeof secretPlaces> => {
  const inAws = isMap(input) && Object.hasOwn(input, "arn");
  const parsed = inAws ? arnReference.safeParse(input) : secretReference.safeParse(input);
  if (parsed.success) return parsed.data;
  const keyed = isMap(input) && Object.keys(input).length === 1 && (inAws || Object.hasOwn(input, "config"));
  const issues = keyed ? parsed.error.issues : [{ path: [], message: saidQuietly(input, secretRule) }];
  for (const { path, message } of issues) context.issues.push({ code: "custom", path, message, input });
  return z.NEVER;
});

/** The same, or the secret lies with AWS Secrets Manager. Nothing of what was written instead is quoted. */
export const connectionSecret = readAs(secretPlaces, readSecret);

/** A client id, or the name of an account at a mail server. */
export const asciiWord = quietText(/^[\x21-\x7e]{1,255}$/, "1 to 255 ASCII characters without space");

// An editor knows no flags of patterns: both cases are spelt out.
export const colour = text(/^#[0-9a-fA-F]{6}$/, 'a colour such as "#1f6feb"');

const labels = String.raw`([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{2,59})`;
const domainPattern = new RegExp(`^(?=.{4,253}$)${labels}$`);

const anyCase = labels.replaceAll("a-z", "a-zA-Z").replace("xn--", "[xX][nN]--");
const addressOf = (local: string) => new RegExp(`^${local}{1,64}@(?=.{4,253}$)${anyCase}$`);
const address = addressOf(String.raw`[\w.%+-]`);

export const email = text(address, "an e-mail address");

/** The address of a person who is invited: of an O'Brien too. It stands in no text that the program writes. */
export const invitee = text(addressOf(String.raw`[\w.%+'-]`), "an e-mail address");

/** The address that mail comes from. */
export const mailSender = quietText(address, "an e-mail address");

/** A host name as it stands behind the @ of an address: lower case, punycode, at least two labels. */
const domainRule = "a domain in lower case such as example.com (punycode for other scripts)";

export const domain = z
  .string({ error: ({ input }) => said(input, domainRule) })
  .refine((given) => domainPattern.test(given) && normalDomain(given) === given && standsForSomething(given), {
    error: ({ input }) => said(input, inPunycode(String(input)) ?? domainRule),
  })
  .meta({ pattern: domainPattern.source });

/** What to write for a domain of another script. */
function inPunycode(given: string): string | undefined {
  const ascii = /[^ -~]/.test(given) ? normalDomain(given) : undefined;
  return ascii !== undefined && domainPattern.test(ascii) ? `${ascii}, which is the same in punycode` : undefined;
}

/** Whether every label in punycode can be read; one that cannot is left as it is. */
function standsForSomething(domain: string): boolean {
  return !/(^|\.)xn--/.test(domainToUnicode(domain));
}

/** The domain of a company's Okta organization; it stands beside a secret. */
export const oktaDomain = quietText(domainPattern, "the company's Okta domain in lower case such as acme.okta.com");

/** The id of a Microsoft Entra directory; it stands beside a secret. */
export const tenantId = quietText(
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  "the directory's tenant id in lower case such as 0f8fad5b-d9cb-469f-a165-70867728950e",
);

const descriptor = /<(?:[\w.-]+:)?EntityDescriptor[\s>]/;
const metadataRule = "the federation metadata of AD FS as XML, at most 100,000 characters, without a document type";

/** Read by Auth0 alone; never quoted, for it may be a whole document. */
export const federationMetadata = z
  .string({ error: ({ input }) => saidQuietly(input, metadataRule) })
  .max(100_000, { error: `too long; allowed: ${metadataRule}` })
  .refine((xml) => descriptor.test(xml) && !/<!DOCTYPE/i.test(xml), {
    error: ({ input }) => saidQuietly(input, metadataRule),
  })
  .meta({ pattern: descriptor.source });

/** A mail server's name; it stands beside a secret. */
export const hostName = quietText(domainPattern, "a host name in lower case such as smtp.example.com");

export const awsRegion = quietText(/^[a-z]{2}(-[a-z]+)+-\d$/, "an AWS region such as eu-central-1");

/** What an editor checks of a URL: it cannot read a URL as a browser does. */
const anyUrl = /^https:\/\/[a-z0-9.-]+(:[0-9]{1,5})?(\/[^?#\s]*)?$/;

/** An https URL as a browser would write it: no user, query or fragment, at most 255 characters. */
export const httpsUrl = url("an https URL without user, query and fragment", () => true);

/** An API's identifier: the Management API is Auth0's own, and its tokens pass the gate for machines, in any case. */
export const apiIdentifier = url(
  "an https URL without user, query and fragment, not of the Management API (/api/v2/)",
  ({ pathname }) => pathname.toLowerCase() !== "/api/v2/",
);

/** https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationRequest */
export const issuer = url(
  "the issuer's https URL without /.well-known/openid-configuration, user, query and fragment",
  ({ pathname }) => !pathname.includes("/.well-known/"),
).meta({ allOf: [{ pattern: "^(?!.*/\\.well-known/)" }] });

/** The beginning of every custom claim; never under Auth0's own domains: https://auth0.com/docs/secure/tokens/json-web-tokens/create-custom-claims */
export const claimNamespace = url(
  "an https URL that ends in / and is not under auth0.com, webtask.io or webtask.run",
  ({ hostname }, given) => given.endsWith("/") && !/(^|\.)(auth0\.com|webtask\.(io|run))$/.test(hostname),
).meta({ allOf: [{ pattern: "/$" }] });

/** The URL of an app's root, without a slash at the end. */
export function appUrl(localhost: boolean) {
  const allowed = `an https URL that ends without /, no wildcard${localhost ? "" : ", not localhost"}`;
  return url(allowed, (_, given) => !given.endsWith("/") && !given.includes("*"), localhost).meta({
    allOf: [{ pattern: "^[^*]*[^*/]$" }],
  });
}

/** What has the looks of a server's address. Anything else, or with a user or a query, could be or hold a secret. */
const quotable = /^(https?:\/\/[\w.*-]+|[a-z0-9-]+(\.[a-z0-9-]+)+)(:\d+)?(\/[\w./*-]*)?$/;

function url(allowed: string, accepts: (parsed: URL, given: string) => boolean, localhost = false) {
  const error = ({ input }: { input?: unknown }) =>
    typeof input === "string" && quotable.test(input) ? said(input, allowed) : saidQuietly(input, allowed);
  return z
    .string({ error })
    .meta({ pattern: anyUrl.source, maxLength: 255 })
    .refine(
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
