import type { Context, Hono } from "hono";
import { textAt } from "../../../management/json.ts";
import type { TokenParts } from "../../../tokens/endpoint.ts";
import { errorPage } from "../../pages/error.ts";
import { PageRefusal } from "../../refusals.ts";
import { addressesOf } from "./party.ts";

/** What a connection's identity provider has to know of this tenant: https://auth0.com/docs/authenticate/protocols/saml/saml-configuration */
export function mountSamlMetadata(app: Hono, parts: TokenParts): void {
  app.get("/samlp/metadata", async (context) => {
    try {
      return context.body(await metadataOf(parts, context), 200, { "Content-Type": "application/xml; charset=utf-8" });
    } catch (thrown) {
      if (!(thrown instanceof PageRefusal)) throw thrown;
      return errorPage(context, parts.tenant, thrown);
    }
  });
}

async function metadataOf({ tenant, signer }: TokenParts, context: Context): Promise<string> {
  const named = tenant.objects.store.owner("connections", "name", context.req.query("connection") ?? "");
  const found = named && textAt(named.body, "strategy") === "samlp" ? named : undefined;
  if (!found) throw new PageRefusal("invalid_request", "the connection was not found", 404);
  const { entityId, callback, options } = addressesOf(tenant, found);
  const { generateServiceProviderMetadata } = await import("@node-saml/node-saml");
  const { key, certificate } = signer.pair;
  return generateServiceProviderMetadata({
    issuer: entityId,
    callbackUrl: callback,
    identifierFormat: null,
    wantAssertionsSigned: false,
    ...(options.signSAMLRequest === true ? { privateKey: key, publicCerts: certificate } : {}),
  });
}
