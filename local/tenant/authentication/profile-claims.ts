import { type Body, pick } from "../management/json.ts";

/** https://auth0.com/docs/get-started/apis/scopes/openid-connect-scopes */
const claims: { readonly [scope: string]: readonly string[] } = {
  profile: [
    ...["name", "family_name", "given_name", "middle_name", "nickname", "picture", "profile", "website", "gender"],
    ...["birthdate", "zoneinfo", "locale", "preferred_username", "updated_at"],
  ],
  email: ["email", "email_verified"],
  phone: ["phone_number", "phone_number_verified"],
};

/** What the scopes of OpenID Connect show of a person, in ID tokens and at /userinfo. */
export function profileClaims(user: Body, scopes: readonly string[]): Body {
  const names = scopes.flatMap((scope) => claims[scope] ?? []);
  const shown = pick(user, names);
  return names.includes("email_verified") && shown.email !== undefined
    ? { ...shown, email_verified: user.email_verified === true }
    : shown;
}
