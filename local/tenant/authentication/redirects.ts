/**
 * Whether an address that a request names is among those that a client allows. Exact, but for a `*` that stands for one label of the
 * host (https://auth0.com/docs/get-started/applications/wildcards-for-subdomains) and `{organization_name}`
 * (https://auth0.com/docs/get-started/applications/wildcards-for-subdomains).
 * @param options `organization`: the name of the login's organization. `anyQuery`: the query does not count, as at logout
 */
export function isAllowed(
  asked: string,
  allowed: readonly string[],
  { organization, anyQuery = false }: { organization?: string | undefined; anyQuery?: boolean } = {},
): boolean {
  if (!URL.canParse(asked)) return false;
  const { username, password, hash } = new URL(asked);
  // what is before an @ looks like a host to a person, and what is behind a # never reaches the app's server
  if (username !== "" || password !== "" || hash !== "" || asked.includes("#") || /[\\\s]/.test(asked)) return false;
  const compared = anyQuery ? asked.replace(/\?.*$/s, "") : asked;
  return allowed.some((one) => fits(compared, one, organization));
}

function fits(asked: string, written: string, organization: string | undefined): boolean {
  if (written.includes("{organization_name}")) {
    if (organization === undefined) return false;
    return fits(asked, written.replaceAll("{organization_name}", organization), undefined);
  }
  const wild = /^([a-z][a-z0-9+.-]*:\/\/)\*\.([^/?#*]+)([/?][^*]*)?$/i.exec(written);
  if (!wild) return asked === written;
  const [, scheme = "", host = "", rest = ""] = wild;
  const tail = `.${host}${rest}`;
  if (!asked.startsWith(scheme) || !asked.endsWith(tail)) return false;
  return /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i.test(asked.slice(scheme.length, asked.length - tail.length));
}
