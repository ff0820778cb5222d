import { pem } from "../certificates.ts";
import { okta, samlp } from "../project.ts";
import { adfs } from "../strategies.ts";
import { acme, acmeSso, type Faulty } from "./case.ts";

const saml = (change: object) => acme({ connections: { "acme-sso": { ...samlp, certificate: pem, ...change } } });
const prod = { stack: "prod" } as const;

/** Servers that Auth0 or a browser would not reach, or should not. */
export const endpoints: Faulty[] = [
  {
    title: "an issuer over http",
    files: acmeSso({ issuer: "http://login.acme.example/" }),
    lines: [
      'acme.yaml: connections.acme-sso.issuer: "http://login.acme.example/" cannot be used; allowed: the issuer\'s https URL without /.well-known/openid-configuration, user, query and fragment',
    ],
  },
  {
    title: "an issuer with a fragment",
    files: acmeSso({ issuer: "https://login.acme.example/#x" }),
    lines: [
      "acme.yaml: connections.acme-sso.issuer: this string cannot be used; allowed: the issuer's https URL without /.well-known/openid-configuration, user, query and fragment",
    ],
  },
  {
    title: "an issuer with a query",
    files: acmeSso({ issuer: "https://login.acme.example/?tenant=acme" }),
    lines: [
      "acme.yaml: connections.acme-sso.issuer: this string cannot be used; allowed: the issuer's https URL without /.well-known/openid-configuration, user, query and fragment",
    ],
  },
  {
    title: "an issuer with a user and a password",
    files: acmeSso({ issuer: "https://acme:hunter2@login.acme.example/" }),
    lines: [
      "acme.yaml: connections.acme-sso.issuer: this string cannot be used; allowed: the issuer's https URL without /.well-known/openid-configuration, user, query and fragment",
    ],
  },
  {
    title: "an issuer without host",
    files: acmeSso({ issuer: "https:///login" }),
    lines: [
      "acme.yaml: connections.acme-sso.issuer: this string cannot be used; allowed: the issuer's https URL without /.well-known/openid-configuration, user, query and fragment",
    ],
  },
  {
    title: "an issuer at a private address",
    files: acmeSso({ issuer: "https://10.1.2.3/" }),
    lines: [
      'acme.yaml: connections.acme-sso.issuer: "https://10.1.2.3/" cannot be used; allowed: the issuer\'s https URL without /.well-known/openid-configuration, user, query and fragment',
    ],
  },
  {
    title: "an issuer at localhost",
    files: acmeSso({ issuer: "https://localhost/" }),
    lines: [
      'acme.yaml: connections.acme-sso.issuer: "https://localhost/" cannot be used; allowed: the issuer\'s https URL without /.well-known/openid-configuration, user, query and fragment',
    ],
  },
  {
    title: "an issuer at a name of localhost",
    files: acmeSso({ issuer: "https://login.localhost/" }),
    lines: [
      "acme.yaml: connections.acme-sso.issuer: login.localhost is each machine's name for itself; allowed: a name under which the identity provider is found",
    ],
    ...prod,
  },
  {
    title: "an issuer inside a network",
    files: acmeSso({ issuer: "https://login.acme.internal/" }),
    lines: [
      "acme.yaml: connections.acme-sso.issuer: login.acme.internal is known inside a network alone, and Auth0 asks from outside; allowed: a name of the public DNS",
    ],
    ...prod,
  },
  {
    title: "AD FS inside a network",
    files: acme({ connections: { "acme-sso": { ...adfs, metadataUrl: "https://adfs.acme.local/metadata.xml" } } }),
    lines: [
      "acme.yaml: connections.acme-sso.metadataUrl: adfs.acme.local is known inside a network alone, and Auth0 asks from outside; allowed: a name of the public DNS",
    ],
    ...prod,
  },
  {
    title: "an Okta domain inside a network",
    files: acme({ connections: { "acme-sso": { ...okta, domain: "okta.acme.test" } } }),
    lines: [
      "acme.yaml: connections.acme-sso.domain: okta.acme.test is known inside a network alone, and Auth0 asks from outside; allowed: a name of the public DNS",
    ],
    ...prod,
  },
  {
    title: "a sign-in page at a name of localhost",
    files: saml({ signInUrl: "https://idp.localhost/saml" }),
    lines: [
      "acme.yaml: connections.acme-sso.signInUrl: idp.localhost is each machine's name for itself; allowed: a name under which the identity provider is found",
    ],
    ...prod,
  },
  {
    title: "a sign-out page at a name of localhost",
    files: saml({ signOutUrl: "https://idp.localhost/out" }),
    lines: [
      "acme.yaml: connections.acme-sso.signOutUrl: idp.localhost is each machine's name for itself; allowed: a name under which the identity provider is found",
    ],
    ...prod,
  },
  {
    title: "this tenant as its own identity provider",
    files: acmeSso({ issuer: "https://travel.eu.auth0.com/" }),
    lines: [
      "acme.yaml: connections.acme-sso.issuer: travel.eu.auth0.com is this tenant itself, and a login would go in a circle; allowed: the company's own identity provider",
    ],
    ...prod,
    tenant: "travel.eu.auth0.com",
  },
];
