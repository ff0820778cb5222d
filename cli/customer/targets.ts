/** What a company is made of, as far as its resources are named after it. */
export interface CompanyNames {
  readonly slug: string;
  readonly connections: readonly string[];
  readonly machines: readonly string[];
  /** The connections of others, and the shared directory, through which it has guests. */
  readonly guests: readonly string[];
}

/** Components of which each is one company's. */
export const ofCompanies = {
  company: "auth0-b2b:company:Company",
  guests: "auth0-b2b:company:GuestAccess",
  /** Also of the operator's own clients, under other names. */
  credential: "auth0-b2b:aws:ClientCredential",
} as const;
const { company, guests, credential } = ofCompanies;
const settings = "auth0-b2b:aws:AppSettings";
/** What holds the set of claimed domains. */
const claiming = ["post-login", "pre-user-registration", "password-reset-post-challenge"];

/**
 * The targets that a change of one company has: every resource that the company has or could have, and no other's. Each is a pattern
 * that ends its type, so that the engine does not mind those that are not there.
 * @param domains whether its claimed domains change, and with them the Actions
 */
export function targetsOf(stack: string, names: CompanyNames, domains: boolean): string[] {
  const { slug } = names;
  const urn = (types: readonly string[], name: string) =>
    `urn:pulumi:${stack}::auth0-b2b::${types.join("$")}*::${name}`;
  const auth0 = (kind: string) => `auth0:index/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`;
  const anyAuth0 = "auth0:index/*:";
  const connection = (kind: string, name: string) => [
    urn([company, `auth0-b2b:company:${kind}`], name),
    urn([company, `auth0-b2b:company:${kind}`, anyAuth0], name),
  ];
  /** What tells the back ends of all companies: one text, and where its newest version lies. */
  const directory = [
    urn([settings, "aws:s3/bucketObjectv2:"], "app-settings"),
    urn([settings, "aws:ssm/parameter:"], "app-settings/directory"),
  ];
  return [
    urn([company], slug),
    urn([company, auth0("Organization")], slug),
    urn([company, auth0("OrganizationDiscoveryDomains")], slug),
    urn([company, auth0("OrganizationConnection")], `${slug}-directory`),
    ...names.connections.flatMap((name) => [
      ...connection("EnterpriseConnection", name),
      ...connection("CompanyDatabase", name),
    ]),
    ...names.machines.flatMap((name) => connection("MachineAccess", `${slug}-${name}`)),
    ...names.machines.flatMap((name) => [
      urn([credential], `companies/${slug}/${name}`),
      urn([credential, "aws:secretsmanager/*:"], `companies/${slug}/${name}`),
    ]),
    ...directory,
    ...names.guests.flatMap((name) => [urn([guests], `${slug}/${name}`), urn([guests, anyAuth0], `${slug}/${name}`)]),
    ...(domains ? claiming : []).flatMap((name) => [
      urn(["auth0-b2b:actions:Gate"], name),
      urn(["auth0-b2b:actions:Gate", auth0("Action")], name),
    ]),
  ];
}
