import { refusalCodes } from "../../access/refusal.ts";
import { overLimits } from "../../components/aws/audit/over-limits.ts";
import { mailRecords } from "../../components/aws/mail/names.ts";
import { directoryLimitBytes } from "../../components/aws/settings/names.ts";
import { breakGlassOf, type Company } from "../entries.ts";
import { allDomains } from "../entry-connections.ts";
import { type Fault, placeOf } from "../faults.ts";
import type { AwsSettings } from "../schema/aws.ts";
import { plain } from "../schema/strict.ts";

interface Around {
  readonly file: string;
  /** The tenant's own domain, where it is known. */
  readonly tenant: string | undefined;
  /** The URLs of the sites, where they could be read. */
  readonly sites: Readonly<Record<string, string>>;
  readonly companies: readonly Company[];
}

/** What no value of the setting `aws` can know by itself. */
export function checkAws(aws: AwsSettings | undefined, around: Around): Fault[] {
  if (aws === undefined) return [];
  const fault = (path: readonly PropertyKey[], message: string): Fault => {
    return { file: around.file, path: placeOf(["aws", ...path]), message };
  };
  return [
    ...rolesOf(aws).flatMap(({ path, role }) => {
      const account = role.split(":")[4] ?? "";
      if (account === aws.account) return [];
      return [fault(path, `a role of account ${account}; allowed: one of account ${aws.account}`)];
    }),
    ...connectionSecrets(aws, around.companies),
    ...(aws.loginDomain ? loginDomainFaults(aws.loginDomain.domain, aws.mail?.domain, around) : []).map((message) =>
      fault(["loginDomain", "domain"], message),
    ),
    ...(aws.auditTrail ? trailFaults(aws.auditTrail, around) : []).map((message) => fault(["auditTrail"], message)),
    ...(aws.appSettings ? directoryFaults(around.companies) : []).map((message) => fault(["appSettings"], message)),
  ];
}

/** Every role that the setting names, and where. */
function rolesOf(aws: AwsSettings) {
  const listed = (path: readonly PropertyKey[], roles: readonly string[] = []) =>
    roles.map((role, n) => ({ path: [...path, n], role }));
  const { apps = {}, operators = {}, companies } = aws.credentials?.readers ?? {};
  const named = (group: string, all: Readonly<Record<string, readonly string[] | undefined>>) =>
    Object.entries(all).flatMap(([name, roles]) => listed(["credentials", "readers", group, name], roles));
  return [
    ...listed(["deployers"], aws.deployers),
    ...listed(["previewers"], aws.previewers),
    ...named("apps", apps),
    ...named("operators", operators),
    ...listed(["credentials", "readers", "companies"], companies),
    ...listed(["appSettings", "readers"], aws.appSettings?.readers),
  ];
}

/** Secrets of connections that lie with AWS: the deployers may read those of their own account. */
function connectionSecrets({ account, region }: AwsSettings, companies: readonly Company[]): Fault[] {
  return companies.flatMap(({ file, path, entry }) =>
    Object.entries(entry.connections ?? {}).flatMap(([name, connection]) => {
      const secret = "clientSecret" in connection ? connection.clientSecret : undefined;
      if (secret === undefined || !("arn" in secret)) return [];
      const [, , , itsRegion, itsAccount] = secret.arn.split(":");
      const place = placeOf([...path, "connections", name, "clientSecret", "arn"]);
      const wrong = [
        ...(itsAccount === account ? [] : [`a secret of account ${itsAccount}; allowed: one of account ${account}`]),
        ...(itsRegion === region ? [] : [`a secret of region ${itsRegion}; allowed: one of region ${region}`]),
      ];
      return wrong.map((message) => ({ file, path: place, message }));
    }),
  );
}

/** A name of the tenant's own domain answers at Auth0 already, a site's is the app's, and one with other records takes no CNAME. */
function loginDomainFaults(domain: string, mail: string | undefined, { tenant, sites }: Around): string[] {
  const taken = new Map(Object.entries(sites).map(([site, url]) => [URL.parse(url)?.hostname, site]));
  const site = taken.get(domain);
  return [
    ...(/(^|\.)auth0\.com$/.test(domain) || domain === tenant
      ? [`${plain(domain)} is Auth0's own; allowed: a domain of your own`]
      : []),
    ...(mail !== undefined && domain === mailRecords(mail).returnPath
      ? [`${plain(domain)} holds records of aws.mail; allowed: a domain where nothing lives yet`]
      : []),
    ...(site === undefined ? [] : [`${plain(domain)} is the site ${site}; allowed: a domain where nothing lives yet`]),
  ];
}

/** Each break-glass account stands in a filter of the audit trail, with others. */
function trailFaults({ quietHours, retentionDays }: NonNullable<AwsSettings["auditTrail"]>, { companies }: Around) {
  return overLimits({ codes: refusalCodes(), breakGlass: breakGlassOf(companies), quietHours, retentionDays });
}

/** More than what a company has in it beside names and domains: ids, keys and conditions. */
const companyBytes = 700;

/** By estimate, since ids are known after an `up` alone. */
function directoryFaults(companies: readonly Company[]): string[] {
  const bytes = companies.reduce((sum, { slug, entry }) => {
    const said = [slug, entry.displayName, ...allDomains(entry), ...(entry.subdomains ?? []), ...(entry.apps ?? [])];
    return sum + companyBytes + said.reduce((all, text) => all + Buffer.byteLength(text) + 3, 0);
  }, 0);
  if (bytes <= directoryLimitBytes) return [];
  return [`the directory of all companies comes to ${bytes} bytes; allowed: ${directoryLimitBytes}`];
}
