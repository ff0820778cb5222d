import { expect } from "vitest";
import { says } from "../scenarios/story.ts";

const denied = (sentence: string) => ({ refused: "access_denied", says: sentence });
const mismatch = denied(says.mismatch);
const wrong = { stopped: "password", complaint: "Wrong email or password" };

/** What the ID token says of whom a provider vouches for. @param email `verified` as the claim beside it has it */
const person = (sub: string, name: string, email: string, verified: boolean) => {
  const [given_name, family_name] = name.split(" ");
  return { sub, name, given_name, family_name, nickname: email.split("@")[0], email, email_verified: verified };
};

/** Dan in the database of `people`. */
const dan = {
  organization: "people",
  sub: expect.stringMatching(/^auth0\|[0-9a-f]{24}$/),
  email: "dan@mail.example",
  email_verified: true,
  name: "dan@mail.example",
  nickname: "dan",
  picture: expect.stringMatching(/^https:\/\/s\.gravatar\.com\/avatar\/[0-9a-f]{32}\?/),
};

/** What comes of each login: all that its ID token says of the person; or where it ends. @param vault id of that organization */
export const outcomesOf = (vault: string) => ({
  entra: { organization: "entra", ...person("waad|entra-sso|oid-1", "Eli Eder", "eli@entra.example", false) },
  // her user principal name
  "entra, without a mailbox": {
    organization: "entra",
    ...person("waad|entra-sso|oid-2", "Uma Unger", "uma@entra.example", false),
  },
  "entra, a guest of the directory": mismatch,
  fabrikam: {
    organization: "fabrikam",
    ...person("waad|fabrikam-sso|pairwise-4", "Fay Fox", "fay@fabrikam.example", true),
  },
  google: {
    organization: "google",
    ...person("google-apps|google-sso|1001", "Gia Gray", "gia@google-user.example", true),
    picture: "https://google.example/gia",
  },
  "google, of the second domain": {
    organization: "google",
    ...person("google-apps|google-sso|1002", "Gus Gold", "gus@second.example", true),
  },
  "google, of another Workspace": denied(
    "hd mismatch, expected google-user.example or second.example, got: other.example",
  ),
  "google, of no Workspace": denied("hd mismatch, expected google-user.example or second.example, got: undefined"),
  "google, with an address elsewhere": mismatch,
  okta: {
    organization: "okta",
    ...person("okta|okta-sso|00u1", "Ola Olsen", "ola@okta-user.example", true),
    preferred_username: "ola@okta-user.example",
    locale: "en-US",
    zoneinfo: "America/Los_Angeles",
  },
  "okta, at another company's domain": mismatch,
  openid: {
    organization: "openid",
    sub: "oidc|openid-sso|o-1",
    name: "Pia Pool",
    given_name: "Unseen",
    nickname: "pia",
    email: "pia@openid.example",
    email_verified: false,
  },
  "openid, at another company's domain": mismatch,
  saml: {
    organization: "saml",
    ...person("samlp|saml-sso|s-1", "Sam Stone", "sam@saml.example", false),
    nickname: "sst",
  },
  "saml, at another company's domain": mismatch,
  adfs: {
    refused: "server_error",
    says: "The connection adfs-sso signs in by adfs, which is not served here yet",
  },
  "saml, by posted requests and another name": {
    organization: "posted",
    ...person("samlp|posted-sso|p-1", "Pam Price", "pam@posted.example", false),
  },
  "self-service, before there is a connection": wrong,
  database: dan,
  "database, without the company": denied(says.organizationOf("people")),
  "database, by the company's name": dan,
  "database, where the shared directory answers": wrong,
  "database, an address of a company": denied(says.sso),
  "database, a sign-up": { stopped: "identifier", complaint: undefined },
  "database, at another company": wrong,
  "database, nobody's member": denied(`user is not part of the ${vault} organization`),
});

/** What Auth0 keeps of a person beside what the ID token says, by address. */
export const profiles = {
  "eli@entra.example": {
    oid: "oid-1",
    tenantid: "0f8fad5b-d9cb-469f-a165-70867728950e",
    upn: "eli.eder@entra.onmicrosoft.com",
    identities: [{ provider: "waad", user_id: "entra-sso|oid-1", connection: "entra-sso", isSocial: false }],
  },
  "sam@saml.example": {
    identities: [{ provider: "samlp", user_id: "saml-sso|s-1", connection: "saml-sso", isSocial: false }],
  },
  "gia@google-user.example": {
    identities: [{ provider: "google-apps", user_id: "google-sso|1001", connection: "google-sso", isSocial: false }],
  },
};
