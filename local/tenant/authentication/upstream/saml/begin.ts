import { randomBytes } from "node:crypto";
import type { Stored } from "../../../store.ts";
import type { Turn } from "../../flow.ts";
import { formPost } from "../../replies.ts";
import { samlOf, samlParty } from "./party.ts";

/**
 * Sends the person to the sign-in URL of the connection's provider, with a request by HTTP-Redirect or, as the connection says, by
 * HTTP-POST, signed within the request itself: 3.4 and 3.5 of https://docs.oasis-open.org/security/saml/v2.0/saml-bindings-2.0-os.pdf.
 * The RelayState is the key of what the response must fit.
 * Throws an AppRefusal.
 */
export async function toSamlProvider({ parts, context, key }: Turn, connection: Stored): Promise<Response> {
  const party = samlParty(parts, connection);
  const request = `_${randomBytes(20).toString("hex")}`;
  const relayState = parts.providers.begun.add({ login: key, connection: connection.id, proof: { request } });
  const signing = party.options.signSAMLRequest === true ? parts.signer.pair : undefined;
  const saml = await samlOf(party, request, signing);
  if (party.posts) {
    const { SAMLRequest } = await saml.getAuthorizeMessageAsync(relayState);
    return formPost(context, party.signIn.at, { SAMLRequest: String(SAMLRequest), RelayState: relayState });
  }
  const made = new URL(await saml.getAuthorizeUrlAsync(relayState, undefined, {}));
  const to = new URL(party.signIn.at);
  to.search = made.search;
  return context.redirect(to.href, 302);
}
