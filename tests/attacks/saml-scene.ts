import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { decodeJwt } from "jose";
import { readProviders } from "../../local/idp/file.ts";
import type { Rest } from "../../local/player/browser.ts";
import { postFrom } from "../harness/posted.ts";
import { type Claimed, forged, type Pair, type Signing } from "../harness/saml-forger.ts";
import { root } from "../harness/stack-settings.ts";
import type { Person } from "../scenarios/person.ts";
import { knownApp } from "../scenarios/places.ts";
import type { Doing } from "./attack.ts";
import { type Scene, verifier, wordsOf } from "./scene.ts";

export const emailAddress = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress";

const issuer = "https://login.borealis.example/saml";
const { borealis } = readProviders(join(root, "stacks/local/identity-providers.yaml"));
if (borealis?.flavour !== "samlp") throw new Error("borealis does not sign in by SAML");

/** The key pair of borealis's own provider. */
export const own: Pair = borealis;

/** A login that is with borealis's provider: what came there, and the browser that waits. */
export interface Begun {
  readonly person: Person;
  readonly request: string;
  readonly relayState: string;
}

/** Begins a login at borealis, up to the provider's page. */
export async function begun(scene: Scene, person = scene.person()): Promise<Begun> {
  const asked = { organization: "{org:borealis}", connection: "borealis-sso" };
  const rest = await person.browser.open(await scene.request("main", asked));
  if ("arrived" in rest) throw new Error(wordsOf(rest));
  const said = rest.page.url.searchParams;
  const xml = inflateRawSync(Buffer.from(said.get("SAMLRequest") ?? "", "base64")).toString();
  const request = /\sID="([^"]+)"/.exec(xml)?.[1] ?? "";
  return { person, request, relayState: said.get("RelayState") ?? "" };
}

/** What the provider says of Bea in answer to a request. */
export function beaSays(scene: Scene, { request }: Pick<Begun, "request">): Claimed {
  const callback = scene.at("login/callback?connection=borealis-sso").href;
  return {
    issuer,
    sub: "borealis-1",
    attributes: { [emailAddress]: "bea@borealis.example" },
    audience: "urn:auth0:localhost:borealis-sso",
    recipient: callback,
    destination: callback,
    inResponseTo: request,
  };
}

/** Sends a response as a provider's page does, and takes what the app gets for it. */
export async function hand(scene: Scene, { person, relayState }: Begun, xml: string): Promise<string> {
  const action = scene.at("login/callback?connection=borealis-sso");
  const fields = { SAMLResponse: Buffer.from(xml).toString("base64"), RelayState: relayState };
  const rest = await agreed(person, await postFrom(person.browser, new URL(issuer), action, fields));
  return (await whoComesIn(scene, rest)).replaceAll(scene.stage.issuer, "https://tenant/");
}

/** Goes past the page that asks whether the app may. */
async function agreed({ browser }: Person, rest: Rest): Promise<Rest> {
  if ("arrived" in rest) return rest;
  const { page } = rest;
  const [form] = page.forms;
  const accept = form?.buttons.find(({ label }) => label === "Accept");
  return form && accept ? browser.press(page, { form, button: accept }) : rest;
}

/** Whom the app's tokens are about, and in which organization; or why there are none. */
async function whoComesIn(scene: Scene, rest: Rest): Promise<string> {
  const code = "arrived" in rest ? rest.arrived.searchParams.get("code") : null;
  if (code === null) return wordsOf(rest);
  const { body } = await scene.token("main", {
    grant_type: "authorization_code",
    code,
    redirect_uri: knownApp("main").redirectUri,
    code_verifier: verifier,
  });
  const { id_token = "" } = body as { readonly id_token?: string };
  const { sub = "", email, org_id } = decodeJwt(id_token);
  return `${sub.split("|").at(-1)}, ${email}, in ${await scene.hands.slugOf(String(org_id))}`;
}

/** How a response differs from what the provider says of Bea. */
export interface Different {
  readonly says?: Partial<Claimed> | ((scene: Scene) => Partial<Claimed>);
  readonly signs?: Partial<Signing>;
  /** What becomes of the response after it was signed. */
  readonly edits?: (xml: string) => string;
}

/** Begins a login, and hands in a response. */
export const says =
  ({ says: said = {}, signs = {}, edits = (xml) => xml }: Different = {}): Doing =>
  async (scene) => {
    const login = await begun(scene);
    const more = typeof said === "function" ? said(scene) : said;
    return hand(scene, login, edits(forged({ ...beaSays(scene, login), ...more }, { pair: own, ...signs })));
  };
