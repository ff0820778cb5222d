import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { parse } from "hono/utils/cookie";
import { Constants } from "samlify";
import type { SamlProvider } from "../description.ts";
import { handOverPage, signInPage } from "../page.ts";
import { personNamed } from "../play.ts";
import { formOf, show } from "../sign-in.ts";
import { inMemory } from "../storage.ts";
import { attributesOf } from "./attributes.ts";
import { type Asked, askedOf, asRedirect } from "./request.ts";
import { refusalOf, responseOf } from "./response.ts";

/** Seconds that somebody stays signed in at the provider. */
const stays = 8 * 3600;

/** What the tenant is told of somebody who cancelled. */
const cancelled = { second: Constants.StatusCode.AuthFailed, message: "The person cancelled the sign-in" };

/**
 * A provider of SAML 2.0 for one company (https://github.com/tngan/samlify): a request by HTTP-Redirect or HTTP-POST at `/sign-in`, the
 * response by HTTP-POST. What it issues names the company's own issuer, wherever it is played.
 * @param slug what its addresses begin with
 */
export function serveSaml(slug: string, provider: SamlProvider) {
  const sessions = inMemory()("Session");
  const cookie = `${slug}_session`;

  const present = async (request: IncomingMessage) => {
    const key = parse(request.headers.cookie ?? "", cookie)[cookie];
    const known = key === undefined ? undefined : await sessions.find(key);
    return provider.people.find(({ sub }) => sub === known?.accountId);
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "", "https://localhost");
    if (url.pathname !== `/${slug}/sign-in`) return show(response, 404, "There is nothing here.\n", "text/plain");
    const form = request.method === "POST" ? await formOf(request) : undefined;
    if (form?.has("SAMLRequest"))
      return void response.writeHead(303, { Location: `${url.pathname}?${asRedirect(form)}` }).end();
    let asked: Asked;
    try {
      asked = await askedOf(provider, url.searchParams);
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      return show(response, 400, `${provider.name} cannot sign anybody in: ${why}.\n`, "text/plain");
    }
    const answer = async (person: SamlProvider["people"][number]) =>
      handOver(response, asked, await responseOf(provider, { ...person, attributes: attributesOf(person) }, asked));
    if (!form) {
      const known = asked.forced ? undefined : await present(request);
      return known ? answer(known) : show(response, 200, await signInPage(provider, {}));
    }
    if (form.has("cancel")) return handOver(response, asked, refusalOf(provider.issuer, cancelled, asked));
    const named = form.get("person") ?? form.get("login") ?? "";
    const known = personNamed(provider, named);
    const person = provider.people.find(({ sub }) => sub === known?.sub);
    if (!person) return show(response, 400, await signInPage(provider, { unknown: named }));
    const key = randomBytes(32).toString("base64url");
    await sessions.upsert(key, { accountId: person.sub }, stays);
    response.setHeader("Set-Cookie", `${cookie}=${key}; Path=/${slug}; HttpOnly; Secure; SameSite=Lax`);
    return answer(person);
  };
}

async function handOver(response: ServerResponse, { recipient, relayState }: Asked, message: string): Promise<void> {
  const fields = { SAMLResponse: message, ...(relayState === undefined ? {} : { RelayState: relayState }) };
  const { content, policy } = await handOverPage(recipient, fields);
  show(response, 200, content, "text/html", policy);
}
