import { verify, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { Browser } from "../../../../local/player/browser.ts";
import { overTls } from "../../../../local/player/over-tls.ts";
import { Ephemeral } from "../../../../local/tenant/authentication/once.ts";
import { signingCertificate } from "../../../../local/tenant/certificate.ts";
import type { Body } from "../../../../local/tenant/management/json.ts";
import { postFrom } from "../../../harness/posted.ts";
import { type Claimed, forged, type Pair, type Signing, sha1 } from "../../../harness/saml-forger.ts";
import type { Tokens, Told } from "../../../scenarios/app.ts";
import { Wire } from "./raw.ts";
import { admitted, arrivedAt, CALLBACK, pageOf, refusedWith, Shop } from "./shop.ts";

const claim = (name: string) => `http://schemas.xmlsoap.org/ws/2005/05/identity/claims/${name}`;
const issuer = "https://login.birch.example/saml";
const signIn = `${issuer}/sign-in`;
/** Nobody listens there: the browser's way ends where it leads to the provider. */
const played = "https://localhost:1/birch";

let folder: string;
let pair: Pair;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "saml-"));
  pair = await signingCertificate("login.birch.example");
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => rmSync(join(folder, "tenant.db"), { force: true }));

/** A shop whose people sign in by SAML. */
async function opened(options: Body = {}) {
  const shop = await Shop.open({ folder, options: { providers: { [issuer]: played } } });
  const { id } = await shop.tenant.make("/connections", {
    name: "birch-sso",
    strategy: "samlp",
    options: { signInEndpoint: signIn, signingCert: pair.certificate, signSAMLRequest: true, ...options },
    enabled_clients: [shop.client.client_id],
  });
  const app = shop.app();
  const browser = new Browser(overTls(readFileSync(join(shop.tenant.folder, "ca.pem"), "utf8")), [
    CALLBACK,
    `${played}/sign-in`,
  ]);
  const callback = `${shop.tenant.running.url}/login/callback?connection=birch-sso`;
  /** The address at which the provider is asked, or the app is refused. */
  const begin = async () => arrivedAt(await browser.open(app.begin({ connection: "birch-sso", prompt: "login" })));
  const right = (request: string): Claimed => ({
    issuer,
    sub: "the-subject",
    attributes: {},
    audience: "urn:auth0:localhost:birch-sso",
    recipient: callback,
    destination: callback,
    inResponseTo: request,
  });
  const post = (fields: { [name: string]: string }, to = callback) =>
    postFrom(browser, new URL(signIn), new URL(to), fields);
  /** One login, answered as the provider says it. */
  const login = async (
    more: Partial<Claimed> = {},
    signs: Partial<Signing> = {},
    edits = (xml: string) => xml,
  ): Promise<Tokens | Told> => {
    const asked = await begin();
    const xml = edits(forged({ ...right(requestIn(asked).id), ...more }, { pair, ...signs }));
    return app.arrive(arrivedAt(await post(answer(asked, xml))));
  };
  const users = async (): Promise<Body[]> => (await shop.tenant.call("GET", "/users")).body;
  return { shop, app, id: String(id), browser, begin, login, post, right, users, callback };
}

const answer = (asked: URL, xml: string) => ({
  SAMLResponse: Buffer.from(xml).toString("base64"),
  RelayState: asked.searchParams.get("RelayState") ?? "",
});

function requestIn(url: URL): { readonly id: string; readonly xml: string } {
  const xml = inflateRawSync(Buffer.from(url.searchParams.get("SAMLRequest") ?? "", "base64")).toString();
  return { id: /\sID="([^"]+)"/.exec(xml)?.[1] ?? "", xml };
}

test("the tenant asks for the connection's sign-in URL, in its own name and signed with its own key", async () => {
  const { begin, callback, shop } = await opened();
  const url = await begin();
  expect(`${url.origin}${url.pathname}`).toBe(`${played}/sign-in`);
  const { id, xml } = requestIn(url);
  expect(id).toMatch(/^_[0-9a-f]{40}$/);
  expect(xml).toContain(`Destination="${signIn}"`);
  expect(xml).toContain(`AssertionConsumerServiceURL="${callback}"`);
  expect(xml).toContain(">urn:auth0:localhost:birch-sso</saml:Issuer>");
  expect(url.searchParams.get("RelayState")).toMatch(/^[\w-]{43}$/);
  expect(url.searchParams.get("SigAlg")).toBe("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
  const [{ cert }] = (await shop.tenant.call("GET", "/keys/signing")).body;
  const said = ["SAMLRequest", "RelayState", "SigAlg"].map(
    (name) => `${name}=${encodeURIComponent(url.searchParams.get(name) ?? "")}`,
  );
  const signature = Buffer.from(url.searchParams.get("Signature") ?? "", "base64");
  expect(verify("sha256", Buffer.from(said.join("&")), new X509Certificate(cert).publicKey, signature)).toBe(true);
});

test("a connection that posts its requests sends a form with one, signed within and not compressed", async () => {
  const protocolBinding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
  for (const signSAMLRequest of [true, false]) {
    rmSync(join(folder, "tenant.db"), { force: true });
    const { app, browser, post, right, shop } = await opened({ protocolBinding, signSAMLRequest });
    const page = pageOf(await browser.open(app.begin({ connection: "birch-sso" })));
    const [form, ...others] = page.forms;
    expect([others, form?.method, form?.action.href]).toEqual([[], "POST", `${played}/sign-in`]);
    const { SAMLRequest = "", RelayState = "", ...more } = Object.fromEntries(form?.fields ?? []);
    expect(more).toEqual({});
    const xml = Buffer.from(SAMLRequest, "base64").toString();
    expect(xml).toContain(`Destination="${signIn}"`);
    expect(xml.includes("<ds:SignatureValue>") || xml.includes("<SignatureValue>")).toBe(signSAMLRequest);
    const id = / ID="(_[0-9a-f]{40})"/.exec(xml)?.[1] ?? "";
    const response = forged(right(id), { pair });
    const came = await app.arrive(
      arrivedAt(await post({ SAMLResponse: Buffer.from(response).toString("base64"), RelayState })),
    );
    expect(admitted(came).id.sub).toBe("samlp|birch-sso|the-subject");
    await shop.tenant.running.close();
  }
});

test("a connection that signs no requests sends none that are signed; two requests are two", async () => {
  const { begin } = await opened({ signSAMLRequest: false });
  const [first, second] = [await begin(), await begin()];
  expect([...first.searchParams.keys()]).toEqual(["SAMLRequest", "RelayState"]);
  expect(requestIn(first).id).not.toBe(requestIn(second).id);
});

test("without a mapping of its own a connection reads the usual attributes, and nothing that is the tenant's", async () => {
  const { login, users } = await opened();
  const attributes = {
    [claim("emailaddress")]: "ann@birch.example",
    [claim("name")]: "Ann Archer",
    [claim("givenname")]: "Ann",
    [claim("surname")]: "Archer",
    "http://schemas.xmlsoap.org/claims/Group": "travellers",
    email_verified: "true",
    app_metadata: "a",
    department: "Travel",
  };
  const { id } = admitted(await login({ attributes }));
  expect(id).toMatchObject({ sub: "samlp|birch-sso|the-subject", email: "ann@birch.example", email_verified: false });
  const [user, ...others] = await users();
  expect(others).toEqual([]);
  expect(user).toMatchObject({
    name: "Ann Archer",
    given_name: "Ann",
    family_name: "Archer",
    nickname: "ann",
    groups: "travellers",
  });
  for (const name of ["app_metadata", "department"]) expect(user).not.toHaveProperty(name);
});

test("an attribute that the assertion has no more is gone, and several values are a list", async () => {
  const { login, users } = await opened({ fieldsMap: { groups: "group" } });
  const twice = (xml: string) => xml.replace(/<saml:AttributeValue.*?<\/saml:AttributeValue>/, "$&$&");
  await login({ attributes: { group: "one", [claim("emailaddress")]: "ann@birch.example" } });
  const [before = {}] = await users();
  expect(before).toMatchObject({ groups: "one", email: "ann@birch.example" });
  await login({ attributes: { group: "two" } }, { first: twice });
  const [after = {}] = await users();
  expect(after).toMatchObject({ groups: ["two", "two"], logins_count: 2 });
  expect(after).not.toHaveProperty("email");
});

test("somebody without a user id does not come in", async () => {
  const { login } = await opened({ fieldsMap: { user_id: "employee" } });
  expect(refusedWith(await login())).toEqual({
    error: "access_denied",
    description: "the identity provider did not say by which name it knows the person",
  });
  expect(admitted(await login({ attributes: { employee: "4711" } })).id.sub).toBe("samlp|birch-sso|4711");
});

test("the connection may say by which name the tenant goes, and what destination and recipient must be", async () => {
  const gateway = "https://gateway.example/acs";
  const { login, begin } = await opened({ entityId: "urn:shop", destinationUrl: gateway, recipientUrl: gateway });
  expect(requestIn(await begin()).xml).toContain(">urn:shop</saml:Issuer>");
  expect(refusedWith(await login()).description).toMatch(/^Destination endpoint https:\/\/localhost.* did not match/);
  expect(refusedWith(await login({ destination: gateway, audience: "urn:shop" })).description).toBe(
    `Recipient is invalid. Configured: ${gateway}`,
  );
  admitted(await login({ destination: gateway, recipient: gateway, audience: "urn:shop" }));
});

test("SHA-1 counts where the connection names it, for the signature and for the digest by itself", async () => {
  const weak = "the SAML response is signed with SHA-1, which the connection does not name";
  for (const [options, description] of [
    [{}, weak],
    [{ signatureAlgorithm: "rsa-sha1" }, weak],
    [{ digestAlgorithm: "sha1" }, weak],
    [{ signatureAlgorithm: "rsa-sha1", digestAlgorithm: "sha1" }, undefined],
  ] as const) {
    rmSync(join(folder, "tenant.db"), { force: true });
    const { login, shop } = await opened(options);
    const came = await login({}, { algorithm: sha1 });
    expect("error" in came ? came.description : undefined).toBe(description);
    await shop.tenant.running.close();
  }
});

test.each<[string, Body, string]>([
  ["has no certificate", { signingCert: undefined as never }, "The connection birch-sso has no certificate"],
  [
    "is elsewhere",
    { signInEndpoint: "https://login.birch.example/other" },
    "the identity provider https://login.birch.example/other cannot be reached from this tenant",
  ],
])("a connection that %s ends with a sentence", async (_, options, description) => {
  const { app, begin } = await opened(options);
  expect(refusedWith(await app.arrive(await begin()))).toEqual({ error: "server_error", description });
});

test("what is no response ends with one sentence, and says nothing of what was in it", async () => {
  const { app, begin, post, right } = await opened();
  const unreadable = `the answer of the identity provider ${issuer} cannot be read`;
  const wrongKey = "the signature of the SAML response does not fit the connection's certificate";
  const signed = (id: string) => forged(right(id), { pair });
  const cases: [string, (id: string) => string, string][] = [
    ["no XML", () => "hidden <", unreadable],
    ["nothing", () => "", unreadable],
    ["another message", () => "<hidden/>", "the identity provider signed nobody in"],
    ["no assertion", (id) => signed(id).replace(/<saml:Assertion.*<\/saml:Assertion>/s, ""), unreadable],
    [
      "an algorithm without a key",
      (id) => signed(id).replace("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "none"),
      wrongKey,
    ],
    [
      "an algorithm whose key is the certificate",
      (id) =>
        signed(id).replace(
          "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
          "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
        ),
      wrongKey,
    ],
    [
      "an encrypted assertion",
      (id) =>
        signed(id)
          .replace("<saml:Assertion", "<saml:EncryptedAssertion><saml:Assertion")
          .replace("</saml:Assertion>", "</saml:Assertion></saml:EncryptedAssertion>"),
      unreadable,
    ],
    [
      "a status that is none of success",
      (id) => signed(id).replace("status:Success", "status:Requester"),
      "The request could not be performed due to an error on the part of the requester",
    ],
  ];
  for (const [what, xmlFor, description] of cases) {
    const asked = await begin();
    const rest = await post(answer(asked, xmlFor(requestIn(asked).id)));
    expect([what, refusedWith(await app.arrive(arrivedAt(rest))).description]).toEqual([what, description]);
  }
});

test("a response that no login of this browser waits for is none of this tenant's", async () => {
  const { app, begin, post, right } = await opened();
  const asked = await begin();
  const message = answer(asked, forged(right(requestIn(asked).id), { pair }));
  const idpInitiated = `invalid_request: IdP-Initiated login is not enabled for connection "birch-sso"`;
  for (const RelayState of ["", "another"]) {
    const { status, items } = pageOf(await post({ ...message, RelayState }));
    expect([status, items.join(": ")]).toEqual([400, idpInitiated]);
  }
  admitted(await app.arrive(arrivedAt(await post(message))));
  const { status, items } = pageOf(await post(message));
  expect([status, items.join(": ")]).toEqual([400, idpInitiated]);
});

test("what a provider has to know of the tenant stands at /samlp/metadata", async () => {
  const { shop, callback } = await opened();
  const wire = Wire.to(shop.tenant);
  const text = async (path: string) => {
    const answered = await wire.ask({ path });
    return { status: answered.status, type: answered.type, body: answered.text };
  };
  const { status, type, body } = await text("/samlp/metadata?connection=birch-sso");
  expect([status, type]).toEqual([200, "application/xml; charset=utf-8"]);
  expect(body).toContain('entityID="urn:auth0:localhost:birch-sso"');
  expect(body).toContain(`Location="${callback}"`);
  expect(body).toContain('AuthnRequestsSigned="true"');
  const [{ cert }] = (await shop.tenant.call("GET", "/keys/signing")).body;
  const [, published = ""] = /<ds:X509Certificate>([^<]+)</.exec(body) ?? [];
  expect(new X509Certificate(Buffer.from(published, "base64")).fingerprint).toBe(new X509Certificate(cert).fingerprint);
  for (const name of ["", "?connection=users", "?connection=nowhere"])
    expect((await text(`/samlp/metadata${name}`)).status).toBe(404);
  wire.close();
});

test("a name counts once, until its time is over or too many others came", () => {
  const once = new Ephemeral<true>(60, 2);
  expect(["a", "a", "b", "a", "c", "a"].map((name) => once.addNew(name, true))).toEqual([
    true,
    false,
    true,
    false,
    true,
    true,
  ]);
  const short = new Ephemeral<true>(0);
  expect([short.addNew("a", true), short.addNew("a", true)]).toEqual([true, true]);
});
