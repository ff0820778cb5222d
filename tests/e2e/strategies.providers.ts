import { otherTenantId, saml, secretOf, tenantId } from "./strategies.entries.ts";

const microsoft = (directory: string) => `https://login.microsoftonline.com/${directory}/v2.0`;
const known = (slug: string) => ({ clientId: `${slug}-client`, clientSecret: secretOf(`${slug}-secret`) });

/** Who plays the companies' providers, each with the claims of its own kind; the text of IDENTITY_PROVIDERS is made of it. */
export const providers = {
  entra: {
    name: "Entra",
    issuer: microsoft(tenantId),
    flavour: "waad",
    ...known("entra"),
    people: [
      {
        sub: "pairwise-1",
        name: "Eli Eder",
        email: "eli@entra.example",
        claims: {
          oid: "oid-1",
          upn: "eli.eder@entra.onmicrosoft.com",
          groups: ["11111111-2222-3333-4444-555555555555"],
        },
      },
      // an account without a mailbox: its name stands in for the address
      { sub: "pairwise-2", name: "Uma Unger", username: "uma@entra.example", claims: { oid: "oid-2" } },
      // a guest of the directory, whom Microsoft names by an address of her own
      { sub: "pairwise-3", name: "Mallory", email: "mallory@fabrikam.example", claims: { oid: "oid-3" } },
    ],
  },
  fabrikam: {
    name: "Fabrikam",
    issuer: microsoft(otherTenantId),
    also: [microsoft("fabrikam.example")],
    flavour: "waad",
    ...known("fabrikam"),
    people: [{ sub: "pairwise-4", name: "Fay Fox", email: "fay@fabrikam.example", claims: { oid: "oid-4" } }],
  },
  google: {
    name: "Google",
    issuer: "https://accounts.google.com",
    flavour: "google-apps",
    ...known("google"),
    people: [
      {
        sub: "1001",
        name: "Gia Gray",
        email: "gia@google-user.example",
        claims: { picture: "https://google.example/gia" },
      },
      { sub: "1002", name: "Gus Gold", email: "gus@second.example" },
      { sub: "1003", name: "Mallory", email: "mallory@other.example" },
      { sub: "1004", name: "Max", email: "max@google-user.example", claims: { hd: null } },
      // of the Workspace, with an address elsewhere
      { sub: "1005", name: "Meg", email: "meg@entra.example", claims: { hd: "google-user.example" } },
    ],
  },
  okta: {
    name: "Okta",
    issuer: "https://okta-user.okta.example",
    flavour: "okta",
    ...known("okta"),
    people: [
      { sub: "00u1", name: "Ola Olsen", email: "ola@okta-user.example" },
      { sub: "00u2", name: "Mallory", email: "mallory@entra.example" },
    ],
  },
  openid: {
    name: "Openid",
    issuer: "https://login.openid.example/",
    flavour: "oidc",
    clientId: "oidc-client",
    clientSecret: secretOf("oidc-secret"),
    people: [
      { sub: "o-1", name: "Unseen", username: "pia", claims: { mail: "pia@openid.example", display: "Pia Pool" } },
      { sub: "o-2", name: "Mallory", email: "mallory@openid.example", claims: { mail: "mallory@okta-user.example" } },
    ],
  },
  saml: {
    name: "Saml",
    issuer: "https://login.saml.example/sso",
    flavour: "samlp",
    connection: "saml-sso",
    ...saml,
    people: [
      { sub: "s-1", name: "Sam Stone", email: "sam@saml.example", claims: { uid: "sst" } },
      { sub: "s-2", name: "Mallory", email: "mallory@openid.example" },
    ],
  },
  posted: {
    name: "Posted",
    issuer: "https://login.posted.example",
    flavour: "samlp",
    connection: "posted-sso",
    entityId: "urn:travel:posted",
    ...saml,
    people: [{ sub: "p-1", name: "Pam Price", email: "pam@posted.example" }],
  },
};
