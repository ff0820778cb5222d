import { normalDomain } from "./address.ts";
import { connectionLimits, fieldsOf, onlyTexts, withinLimits } from "./metadata.ts";

/** What a company's connection says of itself. */
export interface OwnDomains {
  /** The company's name in URLs and refusals. */
  readonly slug: string;
  /** The domains that this connection may assert, normalised. */
  readonly domains: readonly string[];
}

/** `domains`, `domains_2` … `domains_9`: with `slug` the ten keys that a connection may have. */
const domainKeys = Array.from({ length: connectionLimits.keys - 1 }, (_, n) =>
  n === 0 ? "domains" : `domains_${n + 1}`,
);

const slugForm = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const slugLength = 50;

/**
 * The domains that do not fit into a connection's metadata: nine values of 255 characters, comma separated.
 * Empty where all fit; for a check of the settings to turn into a fault.
 */
export function domainsOverflow(domains: readonly string[]): readonly string[] {
  return pack(domains).slice(domainKeys.length).flat();
}

/**
 * A connection's metadata: the slug, and its own domains, sorted, over as many keys as they need.
 * @throws when the slug or a domain is not in its one form, when there is none, and when they do not fit
 */
export function writeDomains(slug: string, domains: readonly string[]): Record<string, string> {
  checkSlug(slug);
  if (domains.length === 0) throw new Error(`connection ${slug} has no domain of its own`);
  for (const domain of domains) {
    if (normalDomain(domain) !== domain) {
      throw new Error(`domain ${JSON.stringify(domain)} of connection ${slug} is not normalised`);
    }
  }
  const overflow = domainsOverflow(domains).length;
  if (overflow > 0) throw new Error(`connection ${slug} has ${overflow} domains more than its metadata holds`);
  const values = pack(domains).map((value, n) => [domainKeys[n], value.join(",")]);
  return { slug, ...Object.fromEntries(values) };
}

/** Reads what `writeDomains` wrote, or undefined where any part of it is missing or damaged. */
export function readDomains(value: unknown): OwnDomains | undefined {
  const metadata = fieldsOf(value);
  if (!metadata || !withinLimits(metadata, connectionLimits) || !onlyTexts(metadata)) return undefined;
  const { slug } = metadata;
  if (slug === undefined || !isSlug(slug)) return undefined;
  const found = Object.keys(metadata).filter((key) => key === "domains" || key.startsWith("domains_"));
  const keys = domainKeys.slice(0, found.length);
  const values = keys.map((key) => metadata[key]);
  if (values.length === 0 || !values.every((text) => text !== undefined)) return undefined;
  const domains = values.flatMap((text) => text.split(","));
  return domains.every((domain) => normalDomain(domain) === domain) ? { slug, domains } : undefined;
}

/** The metadata of a database that holds one company's people, none of whom is an individual. @throws as `writeDomains` */
export function writeOwner(slug: string): Record<string, string> {
  checkSlug(slug);
  return { slug };
}

/** Whose people a database holds: undefined where they are nobody's, as in the shared one; empty where that cannot be read. */
export function readOwner(value: unknown): string | undefined {
  const slug = fieldsOf(value)?.slug ?? undefined;
  return slug === undefined || isSlug(slug) ? slug : "";
}

function checkSlug(slug: string): void {
  if (!isSlug(slug))
    throw new Error(`connection slug ${JSON.stringify(slug)} is not of lower-case words, 50 characters at most`);
}

function isSlug(text: unknown): text is string {
  return typeof text === "string" && text.length <= slugLength && slugForm.test(text);
}

/** Fills one value after the other, in the domains' order of the alphabet. */
function pack(domains: readonly string[]): string[][] {
  const values: string[][] = [];
  for (const domain of [...new Set(domains)].sort()) {
    const last = values.at(-1);
    if (last && [...last, domain].join(",").length <= connectionLimits.characters) last.push(domain);
    else values.push([domain]);
  }
  return values;
}
