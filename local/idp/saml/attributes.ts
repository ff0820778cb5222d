import { standard } from "../claims.ts";
import type { SamlProvider } from "../description.ts";

type SamlPerson = SamlProvider["people"][number];

const claim = (name: string) => `http://schemas.xmlsoap.org/ws/2005/05/identity/claims/${name}`;

/** The names that providers such as AD FS give what OpenID Connect has names of its own for: http://docs.oasis-open.org/imi/identity/v1.0/identity.html, 7.5 */
const names: { readonly [standard: string]: string } = {
  email: claim("emailaddress"),
  name: claim("name"),
  given_name: claim("givenname"),
  family_name: claim("surname"),
};

/** What the provider says of somebody, by the attribute's name; who has no address or family name is asserted without that attribute. */
export function attributesOf(person: SamlPerson): { readonly [name: string]: string } {
  const said = Object.entries(standard(person)).flatMap(([key, value]) => {
    const name = names[key];
    return name === undefined || typeof value !== "string" ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(said), ...person.claims };
}
