import { deflateRawSync } from "node:zlib";
import { Constants, Extractor, ServiceProvider, setSchemaValidator } from "samlify";
import type { SamlProvider } from "../description.ts";
import { samlProvider } from "./response.ts";

// The library wants a validator of the XML schemas, and those that there are need Java or libxml. Nothing is validated here: what reads a
// request takes four attributes out of it, and its parser refuses what is not well-formed. All that this adds is that no document type
// comes along. The side that must not be fooled, the tenant, does not read with this library's flows.
setSchemaValidator({
  validate: async (xml: string) => {
    if (/<!DOCTYPE/i.test(xml)) throw new Error("a document type");
    return "not validated";
  },
});

/** What a service provider asks. */
export interface Asked {
  readonly request: string;
  readonly audience: string;
  readonly recipient: string;
  readonly relayState: string | undefined;
  /** Whoever is signed in has to say so again. */
  readonly forced: boolean;
}

/** Auth0's names of the service provider that a connection is: https://auth0.com/docs/authenticate/identity-providers/enterprise-identity-providers/saml */
const callback = "/login/callback?connection=";

/**
 * Reads a request that came by HTTP-Redirect. Its signature is not checked: nothing is answered but to the place that the provider
 * knows. Throws an Error with one sentence for anything else.
 */
export async function askedOf(provider: SamlProvider, query: URLSearchParams): Promise<Asked> {
  const read = await samlProvider(provider)
    .parseLoginRequest(ServiceProvider({ entityID: "urn:unknown" }), "redirect", { query: Object.fromEntries(query) })
    .catch(() => undefined);
  const { request = {}, issuer } = read?.extract ?? {};
  const { id, assertionConsumerServiceUrl: recipient } = request;
  if (!read || typeof id !== "string" || id === "") throw new Error("the request cannot be read");
  if (issuer !== (provider.entityId ?? `urn:auth0:localhost:${provider.connection}`))
    throw new Error("it knows no service provider of this name");
  if (typeof recipient !== "string" || !isPlace(recipient, provider.connection))
    throw new Error("the answer was to go to another place than the service provider's");
  const { forced } = Extractor.extract(read.samlContent, [
    { key: "forced", localPath: ["AuthnRequest"], attributes: ["ForceAuthn"] },
  ]);
  return {
    request: id,
    audience: issuer,
    recipient,
    relayState: query.get(Constants.wording.urlParams.relayState) ?? undefined,
    forced: forced === "true",
  };
}

/**
 * A request that came by HTTP-POST as one by HTTP-Redirect, so that a page can ask at an address who somebody is: 3.4.4.1 of
 * https://docs.oasis-open.org/security/saml/v2.0/saml-bindings-2.0-os.pdf. Its signature stands within it, and is not checked here.
 */
export function asRedirect(form: URLSearchParams): URLSearchParams {
  const request = deflateRawSync(Buffer.from(form.get("SAMLRequest") ?? "", "base64")).toString("base64");
  const relayState = form.get("RelayState");
  return new URLSearchParams({ SAMLRequest: request, ...(relayState === null ? {} : { RelayState: relayState }) });
}

/** A tenant listens on whatever port is free: of an address on this machine the rest must fit. */
function isPlace(address: string, connection: string): boolean {
  return (
    URL.canParse(address) &&
    address === `https://localhost:${new URL(address).port}${callback}${encodeURIComponent(connection)}`
  );
}
