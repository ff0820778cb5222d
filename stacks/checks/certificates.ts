import { X509Certificate } from "node:crypto";
import { at, type Claimed } from "../entries.ts";
import type { Fault } from "../faults.ts";
import type { Previous } from "../history.ts";

const day = 86_400_000; // milliseconds
const warnedDays = 60;

/**
 * A certificate that is past is not brought up. Of a connection that the last `up` had it is a warning alone: logins go
 * on, as far as Auth0 says (https://community.auth0.com/t/140113), and the other companies' changes must go through.
 * @param now without it no date is judged
 */
export function checkCertificates(now: Date | undefined, previous: Previous, entries: readonly Claimed[]): Fault[] {
  return certificatesIn(now, entries).flatMap(({ entry, name, end, days }) => {
    if (days >= 0 || isUp(previous, entry, name)) return [];
    const message = `it ended on ${end}; allowed: the certificate that the identity provider signs with now`;
    return [at(entry, ["connections", name, "certificate"], message)];
  });
}

export function warnOfCertificates(now: Date | undefined, previous: Previous, entries: readonly Claimed[]): Fault[] {
  return certificatesIn(now, entries).flatMap(({ entry, name, end, days }) => {
    const place = ["connections", name, "certificate"];
    const next = "ask the company for the next one";
    if (days < 0) return isUp(previous, entry, name) ? [at(entry, place, `it ended on ${end}; ${next}`)] : [];
    if (days >= warnedDays) return [];
    return [at(entry, place, `it ends on ${end}, in ${days} ${days === 1 ? "day" : "days"}; ${next}`)];
  });
}

function isUp(previous: Previous, { slug }: Claimed, name: string): boolean {
  return Object.hasOwn(previous, slug) && previous[slug]?.connections.includes(name) === true;
}

/** Each with the day of its end, and the whole days until then; less than 0 where it is past. */
function certificatesIn(now: Date | undefined, entries: readonly Claimed[]) {
  if (now === undefined) return [];
  return entries.flatMap((entry) =>
    Object.entries(entry.claims.connections).flatMap(([name, { certificate }]) => {
      const ends = endOf(certificate);
      if (ends === undefined) return [];
      const days = Math.floor((ends.getTime() - now.getTime()) / day);
      return [{ entry, name, end: ends.toISOString().slice(0, 10), days }];
    }),
  );
}

function endOf(certificate: unknown): Date | undefined {
  if (typeof certificate !== "string") return undefined;
  try {
    return new X509Certificate(certificate).validToDate;
  } catch {
    return undefined; // the schema says so
  }
}
