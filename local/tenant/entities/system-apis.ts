import { choice, record, type Schema } from "../management/fields.ts";
import type { Body } from "../management/json.ts";
import { validate } from "../management/validation.ts";

/** The name of the API that every tenant has from the start. */
export const managementApi = "Auth0 Management API";
const myAccountApi = "Auth0 My Account API";

/** What a PATCH may change of an API of Auth0's own: https://github.com/auth0/auth0-deploy-cli/pull/1485 */
const changeable = [
  ...["token_lifetime", "proof_of_possession", "skip_consent_for_verifiable_first_party_clients"],
  ...["subject_type_authorization", "authorization_policy"],
];

/**
 * Refuses anything else in a PATCH of such an API. Of who may have tokens only what concerns people can change
 * (https://github.com/auth0/terraform-provider-auth0/issues/1367), and the name of My Account may be repeated.
 */
export function refuseSystemChange(change: Body, fields: Schema, { name = "" }: Body): void {
  const { user = {} } = fields.properties?.subject_type_authorization?.properties ?? {};
  const properties = {
    ...Object.fromEntries(changeable.map((field) => [field, fields.properties?.[field] ?? {}])),
    subject_type_authorization: record({ user }),
    ...(name === myAccountApi ? { name: choice([name]) } : {}),
  };
  validate(change, record(properties), "body");
}

const myAccountScopes = ["create", "read", "delete"].map((verb) => `${verb}:me:connected_accounts`);

/**
 * APIs of Auth0's own that a tenant takes into use by creating them; a request decides little about them:
 * https://auth0.com/docs/manage-users/my-account-api and
 * https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/okta/express-configuration
 */
export function systemApi(identifier: string, domain: string): Body {
  if (identifier === `https://${domain}/me/`) {
    return {
      name: myAccountApi,
      allow_offline_access: true,
      skip_consent_for_verifiable_first_party_clients: true,
      subject_type_authorization: { client: { policy: "deny_all" }, user: { policy: "require_client_grant" } },
      token_lifetime: 600,
      token_lifetime_for_web: 600,
      scopes: described(myAccountScopes),
      is_system: true,
      proof_of_possession: { mechanism: "dpop", required: false },
    };
  }
  if (identifier === "urn:auth0:express-configure") {
    return {
      name: "Okta OIN Express Configuration API",
      subject_type_authorization: { client: { policy: "deny_all" }, user: { policy: "allow_all" } },
      token_lifetime: 300,
      enforce_policies: true,
      scopes: [
        { value: "express_configure:sso", description: "Ability to create SSO configurations" },
        { value: "express_configure:scim", description: "Ability to create scim configurations" },
      ],
      is_system: true,
    };
  }
  return {};
}

/** Scopes with the description that Auth0 gives most of its own: `read:client_grants` is "Read Client Grants". */
export function described(scopes: readonly string[]): Body[] {
  return scopes.map((value) => {
    const [verb = "", ...rest] = value.split(":");
    const words = [verb, ...(rest.at(-1) ?? "").split("_")];
    return { value, description: words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join(" ") };
  });
}
