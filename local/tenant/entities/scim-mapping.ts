import { type Body, bodiesAt, textAt } from "../management/json.ts";

type Pair = readonly [scim: string, auth0: string];

const enterprise = (attribute: string): string =>
  `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.${attribute}`;
const address = (part: string): string => `addresses[type eq "work"].${part}`;
const phone = (type: string): string => `phoneNumbers[type eq "${type}"].value`;
const firstPhone: Pair = ["phoneNumbers[primary eq true].value", "app_metadata.primary_phone_number"];
const firstEmail = "emails[primary eq true].value";

/** What every strategy maps after its names and numbers; what an account has no field for goes to its metadata. */
const common: readonly Pair[] = [
  [address("streetAddress"), "app_metadata.street_address"],
  [address("locality"), "app_metadata.city"],
  [address("region"), "app_metadata.state"],
  [address("postalCode"), "app_metadata.postal_code"],
  [address("formatted"), "app_metadata.postal_address"],
  [address("country"), "app_metadata.country"],
  ["profileUrl", "app_metadata.profile_url"],
  ["userType", "app_metadata.user_type"],
  ["title", "app_metadata.title"],
  ["preferredLanguage", "app_metadata.language"],
  ["locale", "app_metadata.locale"],
  ["timezone", "app_metadata.timezone"],
  [enterprise("employeeNumber"), "app_metadata.employee_id"],
  [enterprise("costCenter"), "app_metadata.cost_center"],
  [enterprise("organization"), "app_metadata.organization"],
  [enterprise("division"), "app_metadata.division"],
  [enterprise("department"), "app_metadata.department"],
  [enterprise("manager"), "app_metadata.manager"],
];

const moreNames: readonly Pair[] = [
  ["name.middleName", "app_metadata.middle_name"],
  ["name.honorificPrefix", "app_metadata.honorific_prefix"],
  ["name.honorificSuffix", "app_metadata.honorific_suffix"],
];

/** The pairs of a strategy, by what it calls a user name, where it has the address, its further names and its telephones. */
function pairs(userName: string, email: string, names: readonly Pair[], phones: readonly Pair[]): readonly Pair[] {
  return [
    ["userName", userName],
    [email, "email"],
    ["externalId", "app_metadata.external_id"],
    ["active", "blocked"],
    ["displayName", "name"],
    ["name.givenName", "given_name"],
    ["name.familyName", "family_name"],
    ...names,
    ["nickName", "nickname"],
    ['photos[type eq "photo"].value', "picture"],
    ...phones,
    ...common,
  ];
}

const mobile: Pair = [phone("mobile"), "app_metadata.mobile_phone_number"];
const work: Pair = [phone("work"), "app_metadata.work_phone_number"];
const fax: Pair = [phone("fax"), "app_metadata.fax_number"];

/** OpenID Connect's is Okta's, which speaks it. */
const openId: Provisioned = {
  userIdAttribute: "externalId",
  mapping: pairs("preferred_username", firstEmail, moreNames, [firstPhone, mobile]),
};

/** How a strategy is provisioned, for those that are: https://auth0.com/docs/authenticate/protocols/scim/configure-inbound-scim */
interface Provisioned {
  /** The attribute that names a person from login to login: of SAML the user name, of others the provider's own id. */
  readonly userIdAttribute: "externalId" | "userName";
  readonly mapping: readonly Pair[];
}

/**
 * Okta's and Entra's are recorded: https://github.com/auth0/terraform-provider-auth0/tree/main/test/data/recordings (TestAccSCIM…).
 * SAML's user name: https://auth0.com/docs/authenticate/protocols/scim/inbound-scim-for-okta-workforce-saml-connections
 */
const provisioned: { readonly [strategy: string]: Provisioned } = {
  okta: openId,
  oidc: openId,
  samlp: { userIdAttribute: "userName", mapping: pairs("username", firstEmail, moreNames, [firstPhone, mobile]) },
  waad: {
    userIdAttribute: "externalId",
    mapping: pairs("upn", 'emails[type eq "work"].value', [], [work, mobile, fax]),
  },
};

/** What a new configuration of this strategy says; undefined where there is none. */
export function scimDefaults(strategy: string): { user_id_attribute: string; mapping: Body[] } | undefined {
  const found = Object.hasOwn(provisioned, strategy) ? provisioned[strategy] : undefined;
  return (
    found && {
      user_id_attribute: found.userIdAttribute,
      mapping: found.mapping.map(([scim, auth0]) => ({ scim, auth0 })),
    }
  );
}

/** False where one SCIM attribute has two places, or one that only Auth0 writes has any: the notes of the page above. */
export function isMapping(body: Body): boolean {
  const mapped = bodiesAt(body, "mapping").flatMap((pair) => textAt(pair, "scim") ?? []);
  return new Set(mapped).size === mapped.length && !mapped.some((scim) => /^(id|meta)(\.|$)/.test(scim));
}
