import { domainToUnicode } from "node:url";
import { parse } from "tldts";
import { normalDomain } from "../../access/address.ts";
import { at, type Claimed } from "../entries.ts";
import type { Fault } from "../faults.ts";
import { plain, quoted } from "../schema/strict.ts";
import { mixedScripts, skeletonOf } from "./look-alikes.ts";
import { isMailProvider } from "./mail-providers.ts";

/** Domains that no company has for itself, and those that a reader takes for another company's. */
export function checkDomainNames(entries: readonly Claimed[]): Fault[] {
  const places = placesIn(entries);
  return [
    ...places.flatMap((place) => {
      const wrong = sharedBy(place.domain) ?? mixedIn(place.domain);
      return wrong === undefined ? [] : [place.says(wrong)];
    }),
    ...pairs(places, ({ domain }) => skeletonOf(domainToUnicode(domain))).flatMap(([one, other]) => {
      const [foreign, known] = isForeign(other.domain) ? [other, one] : [one, other];
      if (!isForeign(foreign.domain)) return []; // a warning: it may well be another name
      const reads = `${reading(foreign.domain)}, which looks like ${known.domain} of ${known.whose}`;
      return [foreign.says(`${reads}; allowed: a domain that nobody takes for another company's`)];
    }),
  ];
}

/**
 * What a person should look at twice. Auth0 compares whole domains, so a company and another one below its domain are
 * kept apart: https://auth0.com/docs/authenticate/login/auth0-universal-login/identifier-first
 */
export function warnOfDomains(entries: readonly Claimed[]): Fault[] {
  const places = placesIn(entries);
  return [
    ...pairs(places, ({ domain }) => registrable(domain)).map(([one, other]) => {
      const both = `${other.domain} and ${one.domain} of ${one.whose} are of one owner, ${registrable(one.domain)}`;
      return other.says(`${both}; each routes its own addresses alone: make sure that the owner means both companies`);
    }),
    ...pairs(places, ({ domain }) => skeletonOf(domainToUnicode(domain))).map(([one, other]) =>
      other.says(`${other.domain} looks like ${one.domain} of ${one.whose}; make sure whose it is`),
    ),
  ];
}

/** A claimed domain, where it stands. */
interface Place {
  readonly domain: string;
  readonly slug: string;
  readonly whose: string;
  readonly says: (message: string) => Fault;
}

function placesIn(entries: readonly Claimed[]): Place[] {
  return entries.flatMap((entry) =>
    Object.entries(entry.claims.connections).flatMap(([name, { domains }]) =>
      domains.flatMap((domain, n): Place[] => {
        if (typeof domain !== "string" || normalDomain(domain) !== domain) return []; // the schema says so
        const says = (message: string) => at(entry, ["connections", name, "domains", n], message);
        return [{ domain, slug: entry.slug, whose: `${plain(entry.slug)} (${entry.file})`, says }];
      }),
    ),
  );
}

/** Each domain with the first one of another company that is the same by some measure, and not the same domain. */
function pairs(places: readonly Place[], measure: (place: Place) => string | undefined): [Place, Place][] {
  const first = new Map<string, Place>();
  return places.flatMap((place): [Place, Place][] => {
    const key = measure(place);
    if (key === undefined) return [];
    const known = first.get(key);
    if (known === undefined) first.set(key, place);
    const apart = known !== undefined && known.slug !== place.slug && known.domain !== place.domain;
    return apart ? [[known, place]] : [];
  });
}

const withPrivate = { allowPrivateDomains: true };

/** The part that somebody registered: acme.co.uk of eu.acme.co.uk. None where it is everybody's. https://publicsuffix.org/list/ */
function registrable(domain: string): string | undefined {
  const registered = parse(domain, withPrivate).domain ?? undefined;
  return registered === undefined || isMailProvider(registered) ? undefined : registered;
}

function sharedBy(domain: string): string | undefined {
  const { publicSuffix, isIcann, isPrivate } = parse(domain, withPrivate);
  if (publicSuffix === domain && (isIcann || isPrivate)) {
    return `${plain(domain)} is a public suffix, below which anybody has names; allowed: the company's own domain, such as acme.${domain}`;
  }
  if (!isMailProvider(domain)) return undefined;
  return `${plain(domain)} is a mail provider's, where anybody has an address; allowed: a domain whose addresses are the company's alone`;
}

function mixedIn(domain: string): string | undefined {
  for (const label of domainToUnicode(domain).split(".")) {
    const mixed = mixedScripts(label);
    if (mixed.length === 0) continue;
    return `${reading(domain)}, whose ${quoted(label)} mixes ${mixed.join(" and ")} letters; allowed: letters of one script in each label`;
  }
  return undefined;
}

/** Whether it stands for letters beyond ASCII. */
function isForeign(domain: string): boolean {
  return domainToUnicode(domain) !== domain;
}

function reading(domain: string): string {
  return `${plain(domain)} reads ${quoted(domainToUnicode(domain))}`;
}
