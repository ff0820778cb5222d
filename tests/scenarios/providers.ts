import { join } from "node:path";
import type { Providers } from "../../local/idp/description.ts";
import { readProviders } from "../../local/idp/file.ts";
import { root } from "../harness/stack-settings.ts";

/** The identity providers of acme, borealis and cedar, and one whose people the story's cases invite in. @param secrets by connection */
export function providersOf(secrets: Readonly<Record<"acme-sso" | "cedar-sso", string>>): Providers {
  return {
    acme: {
      name: "Acme",
      issuer: "https://login.acme.example/",
      flavour: "oidc",
      clientId: "example-travel",
      clientSecret: secrets["acme-sso"],
      people: [
        { sub: "acme-1", name: "Ann Abel", email: "ann@acme.example" },
        { sub: "acme-2", name: "Adam Aziz", email: "adam@acme.example" },
        // what a provider may say and must not be believed
        { sub: "acme-3", name: "Mallory", email: "mallory@cedar.example" },
        { sub: "acme-4", name: "Nobody", username: "nobody@acme.example" },
        { sub: "acme-5", name: "Lena, as Acme says", email: "lena@mail.example" },
      ],
    },
    cedar: {
      name: "Cedar",
      issuer: "https://login.cedar.example/",
      flavour: "oidc",
      clientId: "example-travel",
      clientSecret: secrets["cedar-sso"],
      people: [{ sub: "cedar-1", name: "Cem Celik", email: "cem@cedar.example" }],
    },
    borealis: borealis(),
    // Azure AD routes the directory's own domain without an alias, and vouches for no address
    elm: {
      name: "Elm",
      issuer: "https://login.microsoftonline.com/elm.example/v2.0",
      flavour: "waad",
      clientId: "elm-client",
      clientSecret: "elm-secret",
      people: [{ sub: "elm-1", name: "Eli Eder", email: "eli@elm.example" }],
    },
    // anybody's account, also one that was made with a company's address
    google: {
      name: "Google",
      issuer: "https://accounts.google.com",
      flavour: "oidc",
      clientId: "google-client",
      clientSecret: "google-secret",
      people: [
        { sub: "google-1", name: "Eve Eaton", email: "eve@acme.example" },
        { sub: "google-2", name: "Gil Gray", email: "gil@mail.example" },
      ],
    },
  };
}

/** By SAML, with the key pair and the people of stacks/local/identity-providers.yaml, and one of whom the provider says more. */
function borealis(): Providers[string] {
  const { borealis } = readProviders(join(root, "stacks/local/identity-providers.yaml"));
  if (borealis?.flavour !== "samlp") throw new Error("borealis does not sign in by SAML");
  const more = {
    sub: "borealis-5",
    name: "Olga",
    username: "olga",
    claims: {
      "urn:oid:0.9.2342.19200300.100.1.3": "olga@borealis-group.example",
      "urn:oid:2.16.840.1.113730.3.1.3": "4711",
      department: "Travel & Events",
      groups: "administrators",
    },
  };
  return { ...borealis, people: [...borealis.people, more] };
}
