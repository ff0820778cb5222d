import type { Profile as Verified } from "@node-saml/node-saml";
import { z } from "zod";
import { type Body, bodyAt, type Json } from "../../../management/json.ts";
import type { Profile } from "../../accounts.ts";
import { AppRefusal } from "../../refusals.ts";
import { tidied } from "../attributes.ts";
import type { SamlParty } from "./party.ts";

const claim = (name: string) => `http://schemas.xmlsoap.org/ws/2005/05/identity/claims/${name}`;
const nameIdentifier = claim("nameidentifier");

/**
 * What a connection's `fieldsMap` is merged with; the field's attributes in the order in which they are looked for:
 * https://auth0.github.io/node-auth0/types/management.Management.ConnectionFieldsMapSaml.html. Of `user_id`:
 * https://auth0.com/docs/authenticate/protocols/saml/saml-sso-integrations/configure-auth0-saml-service-provider
 */
const usual: Body = {
  user_id: [nameIdentifier, claim("upn"), claim("name")],
  email: [claim("emailaddress"), "email"],
  name: [claim("name")],
  given_name: [claim("givenname")],
  family_name: [claim("surname")],
  groups: ["http://schemas.xmlsoap.org/claims/Group"],
};

/**
 * A person as the connection's mapping reads the assertion. The NameID counts as the attribute `nameidentifier`. What is mapped to
 * no field is left out; no address is verified, for no attribute of SAML is more than a text. Throws an AppRefusal without a user id.
 */
export function samlAttributes({ options }: SamlParty, verified: Verified): Profile {
  const given = z.record(z.string(), z.unknown()).catch({}).parse(verified.attributes);
  const said: { readonly [name: string]: unknown } = { ...given, [nameIdentifier]: verified.nameID };
  const map = { ...usual, ...bodyAt(options, "fieldsMap") };
  const fields = Object.entries(map).flatMap(([field, names]) => {
    const value = firstOf(names, said);
    return value === undefined ? [] : [[field, value] as const];
  });
  const { user_id: subject, ...attributes }: Body = Object.fromEntries(fields);
  if (typeof subject !== "string")
    throw new AppRefusal("access_denied", "the identity provider did not say by which name it knows the person");
  return { subject, attributes: tidied(attributes) };
}

function firstOf(names: Json, said: { readonly [name: string]: unknown }): Json | undefined {
  for (const name of [names].flat()) {
    const value = typeof name === "string" && Object.hasOwn(said, name) ? said[name] : undefined;
    if (typeof value === "string" && value !== "") return value;
    if (Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "string")) return value;
  }
  return undefined;
}
