import type { Body } from "../management/json.ts";

/** Which connections people can be provisioned into: https://auth0.com/docs/authenticate/protocols/scim */
export const provisioning = ["samlp", "oidc", "okta", "waad"];

/**
 * The attribute that names a person from login to login. SAML sends the user name, the others the identity provider's own id:
 * https://auth0.com/docs/authenticate/protocols/scim/configure-inbound-scim
 */
export function userIdAttribute(strategy: string): string {
  return strategy === "samlp" ? "userName" : "externalId";
}

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:";

/** SCIM → Auth0, as a new configuration has it; what an account has no field for goes to its metadata. */
const attributes: readonly (readonly [scim: string, auth0: string])[] = [
  ["userName", "username"],
  ["emails[primary eq true].value", "email"],
  ["externalId", "app_metadata.external_id"],
  ["active", "blocked"],
  ["displayName", "name"],
  ["name.givenName", "given_name"],
  ["name.familyName", "family_name"],
  ["nickName", "nickname"],
  ['photos[type eq "photo"].value', "picture"],
  ['phoneNumbers[type eq "work"].value', "app_metadata.work_phone_number"],
  ['phoneNumbers[type eq "home"].value', "app_metadata.home_phone_number"],
  ['phoneNumbers[type eq "mobile"].value', "app_metadata.mobile_phone_number"],
  ['addresses[type eq "work"].streetAddress', "app_metadata.street_address"],
  ['addresses[type eq "work"].locality', "app_metadata.city"],
  ['addresses[type eq "work"].region', "app_metadata.state"],
  ['addresses[type eq "work"].postalCode', "app_metadata.postal_code"],
  ['addresses[type eq "work"].formatted', "app_metadata.postal_address"],
  ['addresses[type eq "work"].country', "app_metadata.country"],
  ["profileUrl", "app_metadata.profile_url"],
  ["userType", "app_metadata.user_type"],
  ["title", "app_metadata.title"],
  ["preferredLanguage", "app_metadata.language"],
  ["locale", "app_metadata.locale"],
  ["timezone", "app_metadata.timezone"],
  ["entitlements", "app_metadata.entitlements"],
  ["roles", "app_metadata.roles"],
  [`${enterprise}employeeNumber`, "app_metadata.employee_id"],
  [`${enterprise}costCenter`, "app_metadata.cost_center"],
  [`${enterprise}organization`, "app_metadata.organization"],
  [`${enterprise}division`, "app_metadata.division"],
  [`${enterprise}department`, "app_metadata.department"],
  [`${enterprise}manager`, "app_metadata.manager"],
];

export const defaultMapping: Body[] = attributes.map(([scim, auth0]) => ({ scim, auth0 }));
