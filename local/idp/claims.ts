import type { Flavour, OidcProvider, Person } from "./description.ts";

export type Claims = { readonly [name: string]: unknown };

/** What everybody's provider says who follows the standard: https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims */
export function standard({ sub, name, email, emailVerified = true }: Person): Claims {
  const [given_name, ...others] = name.split(" ");
  return {
    sub,
    name,
    given_name,
    ...(others.length === 0 ? {} : { family_name: others.join(" ") }),
    ...(email === undefined ? {} : { email, email_verified: emailVerified }),
  };
}

const flavoured: { readonly [flavour in Flavour]: (person: Person, provider: OidcProvider) => Claims } = {
  oidc: standard,
  // https://developer.okta.com/docs/api/openapi/okta-oauth/guides/overview/#scope-dependent-claims-not-always-returned
  okta: (person) => ({
    ...standard(person),
    preferred_username: usernameOf(person),
    locale: "en-US",
    zoneinfo: "America/Los_Angeles",
  }),
  // https://learn.microsoft.com/en-us/entra/identity-platform/id-token-claims-reference: of no address it is said that it is verified
  waad: (person, { issuer }) => {
    const { email_verified: _, ...rest } = standard(person);
    return {
      ...rest,
      oid: person.sub,
      tid: new URL(issuer).pathname.split("/")[1] ?? "",
      preferred_username: usernameOf(person),
      upn: usernameOf(person),
      ver: "2.0",
    };
  },
  // https://developers.google.com/identity/openid-connect/openid-connect#an-id-tokens-payload
  "google-apps": (person) => ({ ...standard(person), hd: usernameOf(person).split("@")[1] ?? "" }),
};

/** All that a provider says of somebody. */
export function claimsOf(person: Person, provider: OidcProvider): Claims {
  const all = { ...flavoured[provider.flavour](person, provider), ...person.claims };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

/** What somebody signs in by. */
export function usernameOf({ username, email, sub }: Person): string {
  return username ?? email ?? sub;
}

const ofEmail = ["email", "email_verified"];

/** Which claims each scope opens: what no scope of the standard has comes with `openid`. */
export function scopesOf(provider: OidcProvider): {
  readonly openid: string[];
  readonly profile: string[];
  readonly email: string[];
} {
  const names = new Set(provider.people.flatMap((person) => Object.keys(claimsOf(person, provider))));
  const ofProfile = [
    "name",
    "given_name",
    "family_name",
    "nickname",
    "picture",
    "preferred_username",
    "locale",
    "zoneinfo",
  ];
  const others = [...names].filter((name) => !ofProfile.includes(name) && !ofEmail.includes(name));
  return { openid: [...new Set(["sub", ...others])], profile: ofProfile, email: ofEmail };
}
