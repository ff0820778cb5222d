import { randomUUID } from "node:crypto";
import { Constants, IdentityProvider, type IdentityProviderInstance, SamlLib, ServiceProvider } from "samlify";
import type { SamlProvider } from "../description.ts";

const { binding } = Constants.namespace;

/** Minutes that an assertion is good for. */
const good = 5;

/** What a response is for. */
export interface Answered {
  /** The id of the request. */
  readonly request: string;
  /** The service provider's name, and where it takes responses. */
  readonly audience: string;
  readonly recipient: string;
}

type Attributes = { readonly [name: string]: string };

const authenticated = `<saml:AuthnStatement AuthnInstant="{IssueInstant}" SessionIndex="{SessionIndex}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`;

/** A company's provider, as the library makes one; a person's attributes are part of its template. */
export function samlProvider(
  { issuer, certificate, key }: Pick<SamlProvider, "issuer" | "certificate" | "key">,
  attributes: readonly string[] = [],
): IdentityProviderInstance {
  return IdentityProvider({
    entityID: issuer,
    signingCert: certificate,
    privateKey: key,
    singleSignOnService: [{ Binding: binding.redirect, Location: issuer }],
    singleLogoutService: [{ Binding: binding.redirect, Location: issuer }], // the library prints a warning without one; none is served
    nameIDFormat: [Constants.namespace.format.persistent],
    loginResponseTemplate: {
      context: SamlLib.defaultLoginResponseTemplate.context.replace("{AuthnStatement}", authenticated),
      attributes: attributes.map((name, at) => ({
        name: escaped(name),
        valueTag: `value${at}`,
        nameFormat: "urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified",
        valueXsiType: "xs:string",
      })),
    },
  });
}

/** Makes and signs the response in which the provider says who somebody is; Base64. */
export async function responseOf(
  provider: Pick<SamlProvider, "issuer" | "certificate" | "key">,
  person: { readonly sub: string; readonly attributes: Attributes },
  answered: Answered,
): Promise<string> {
  const { audience, recipient } = answered;
  const tags = tagsOf(provider.issuer, person, answered);
  const made = await samlProvider(provider, Object.keys(person.attributes)).createLoginResponse(
    ServiceProvider({
      entityID: audience,
      wantAssertionsSigned: true,
      assertionConsumerService: [{ Binding: binding.post, Location: recipient }],
    }),
    { extract: { request: { id: answered.request } } },
    "post",
    {},
    { customTagReplacement: (template) => ({ id: tags.ID, context: SamlLib.replaceTagsByValue(template, tags) }) },
  );
  return made.context;
}

/** The values of the template's places. */
function tagsOf(
  issuer: string,
  { sub, attributes }: { readonly sub: string; readonly attributes: Attributes },
  { request, audience, recipient }: Answered,
) {
  const now = new Date();
  const ends = new Date(now.getTime() + good * 60_000).toISOString();
  const values = Object.values(attributes).map((value, at) => [`attrValue${at}`, value]);
  return {
    ID: id(),
    AssertionID: id(),
    SessionIndex: id(),
    Issuer: issuer,
    IssueInstant: now.toISOString(),
    Destination: recipient,
    InResponseTo: request,
    StatusCode: Constants.StatusCode.Success,
    NameIDFormat: Constants.namespace.format.persistent,
    NameID: sub,
    SubjectRecipient: recipient,
    SubjectConfirmationDataNotOnOrAfter: ends,
    ConditionsNotBefore: now.toISOString(),
    ConditionsNotOnOrAfter: ends,
    Audience: audience,
    ...Object.fromEntries(values),
  };
}

const refusal = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{ID}" Version="2.0" IssueInstant="{IssueInstant}" Destination="{Destination}" InResponseTo="{InResponseTo}"><saml:Issuer>{Issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="{Top}"><samlp:StatusCode Value="{Second}"/></samlp:StatusCode><samlp:StatusMessage>{Message}</samlp:StatusMessage></samlp:Status></samlp:Response>`;

/** Says why nobody signed in, in a response without an assertion. It is not signed, as those of many providers are not. */
export function refusalOf(
  issuer: string,
  why: { readonly second: string; readonly message: string },
  answered: Answered,
): string {
  return Buffer.from(
    SamlLib.replaceTagsByValue(refusal, {
      ID: id(),
      IssueInstant: new Date().toISOString(),
      Destination: answered.recipient,
      InResponseTo: answered.request,
      Issuer: issuer,
      Top: Constants.StatusCode.Responder,
      Second: why.second,
      Message: why.message,
    }),
  ).toString("base64");
}

/** An xs:ID begins with no digit. */
function id(): string {
  return `_${randomUUID()}`;
}

/** A name stands in the library's template as it is. */
function escaped(name: string): string {
  return name.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
