import { signingCertificate } from "../../local/tenant/certificate.ts";
import { elementIn, forged, sha1 } from "../harness/saml-forger.ts";
import { connection } from "../scenarios/story.ts";
import type { Attack, Guard } from "./attack.ts";
import { sameBrowser } from "./guards.ts";
import { beaSays, begun, emailAddress, hand, own, says } from "./saml-scene.ts";

// Responses of SAML providers that are not what they say. Bea is an ordinary person of borealis, who has whatever its provider signs of her.

const folder = "local/tenant/authentication/upstream";
const ofResponses = (line: string, becomes: string): Guard => ({ source: `${folder}/saml/response.ts`, line, becomes });
const ofParties = (line: string, becomes: string): Guard => ({ source: `${folder}/saml/party.ts`, line, becomes });
const ofEnvelopes = (line: string, becomes: string): Guard => ({ source: `${folder}/saml/envelope.ts`, line, becomes });

const reading = "await saml.validatePostResponseAsync({ SAMLResponse: message })";
const naive = `await import(new URL("../../../../../tests/harness/naive-reader.ts", import.meta.url).href)`;

/** Only what was signed is read. */
const signedOnly = ofResponses(reading, `await (${naive}).anySigned(message, party.certificate)`);
const someSignature = ofResponses(reading, `await (${naive}).unsigned(message)`);
const clocks = ofParties("acceptedClockSkewMs: leeway,", "acceptedClockSkewMs: -1,");
const strength = ofEnvelopes("if (weakSignature || weakDigest)", "if (!options)");

const BEA = "borealis-1, bea@borealis.example, in borealis";
const BORIS = "borealis-2, boris@borealis.example, in borealis";
const notSigned = "access_denied: neither the response nor the assertion are signed";
const wrongSignature = "access_denied: the signature of the SAML response does not fit the connection's certificate";
const otherRequest = "access_denied: the SAML response answers another request";
const expired = "access_denied: assertion has expired.";
const weak = "access_denied: the SAML response is signed with SHA-1, which the connection does not name";

const stranger = await signingCertificate("login.borealis.example");
const birch = await signingCertificate("login.birch.example");

/** Another company with single sign-on by SAML. */
const birchToo = {
  method: "POST",
  path: "connections",
  body: {
    name: "birch-sso",
    strategy: "samlp",
    options: { signInEndpoint: "https://login.birch.example/saml/sign-in", signingCert: birch.certificate },
  },
} as const;

const assertionOf = (xml: string) => elementIn(xml, "saml:Assertion");
const signatureOf = (xml: string) => elementIn(xml, "ds:Signature");
const without = (xml: string, part: string) => xml.replace(part, "");

/** Bea's assertion, unsigned and under another id, about Boris. */
const aboutBoris = (assertion: string) =>
  without(assertion, signatureOf(assertion))
    .replace(/ ID="[^"]+"/, ' ID="_another"')
    .replaceAll("borealis-1", "borealis-2")
    .replaceAll("bea@", "boris@");

/** The signature with something in it that it does not cover. */
const holding = (signature: string, part: string) =>
  signature.replace("</ds:Signature>", `<ds:Object>${part}</ds:Object></ds:Signature>`);

/** Bea's own answer, with one text of it cut in two by a comment. */
const cut = (text: string, at: number) => (xml: string) =>
  xml.replace(text, `${text.slice(0, at)}<!-- -->${text.slice(at)}`);

const wrapped = (title: string, edits: (xml: string) => string, more: Partial<Attack> = {}): Attack => ({
  title,
  guard: signedOnly,
  attack: says({ edits }),
  refused: wrongSignature,
  gains: BORIS,
  twin: says(),
  twinGets: BEA,
  ...more,
});

export const saml: readonly Attack[] = [
  wrapped(
    "puts an assertion of their own before the signed one",
    (xml) => xml.replace(assertionOf(xml), `${aboutBoris(assertionOf(xml))}${assertionOf(xml)}`),
    { refused: "access_denied: A SAMLResponse can contain only one Assertion element." },
  ),
  wrapped("moves the signed assertion aside, and its signature to the response", (xml) => {
    const assertion = assertionOf(xml);
    const signature = signatureOf(assertion);
    const aside = `${signature}<samlp:Extensions>${without(assertion, signature)}</samlp:Extensions>`;
    return xml.replace(assertion, aboutBoris(assertion)).replace("<samlp:Status>", `${aside}<samlp:Status>`);
  }),
  wrapped("moves the signed assertion into its signature, and that into an assertion of their own", (xml) => {
    const assertion = assertionOf(xml);
    const signature = signatureOf(assertion);
    const evil = aboutBoris(assertion);
    const inside = `</saml:Issuer>${holding(signature, without(assertion, signature))}`;
    return xml.replace(assertion, evil.replace("</saml:Issuer>", inside));
  }),
  {
    title: "moves the signed response into its signature, and that into a response of their own",
    guard: signedOnly,
    attack: says({
      signs: { what: "response" },
      edits: (xml) => {
        const signature = signatureOf(xml);
        const inner = without(xml, signature);
        const assertion = assertionOf(xml);
        const evil = assertion
          .replace(/ ID="[^"]+"/, ' ID="_another"')
          .replaceAll("borealis-1", "borealis-2")
          .replaceAll("bea@", "boris@");
        return xml
          .replace(/ ID="[^"]+"/, ' ID="_one"')
          .replace(assertion, evil)
          .replace(signature, holding(signature, inner));
      },
    }),
    refused: wrongSignature,
    gains: BORIS,
    twin: says({ signs: { what: "response" } }),
    twinGets: BEA,
  },
  {
    title: "brings an assertion that nobody signed",
    guard: someSignature,
    attack: says({ signs: { what: "nothing" } }),
    refused: notSigned,
    gains: BEA,
    twin: says(),
  },
  {
    title: "changes a signed assertion",
    guard: someSignature,
    attack: says({ edits: (xml) => xml.replaceAll("borealis-1", "borealis-2").replaceAll("bea@", "boris@") }),
    refused: wrongSignature,
    gains: BORIS,
    twin: says(),
    twinGets: BEA,
  },
  {
    title: "signs with a key of their own, and sends its certificate along",
    guard: ofResponses(
      "const saml = await samlOf(party, request);",
      "const saml = await samlOf({ ...party, certificate: /X509Certificate>([^<]+)</.exec(Buffer.from(message, 'base64'))[1] }, request);",
    ),
    attack: says({ signs: { pair: stranger } }),
    refused: wrongSignature,
    gains: BEA,
    twin: says(),
  },
  {
    title: "runs another company's provider",
    guard: ofParties(
      `const certificate = textAt(options, "cert") ?? textAt(options, "signingCert");`,
      `const certificate = tenant.objects.store.select({ family: "connections" }).flatMap(({ body }) => body.options?.cert ?? []);`,
    ),
    given: [birchToo],
    attack: says({ signs: { pair: birch } }),
    refused: wrongSignature,
    gains: BEA,
    twin: says(),
  },
  {
    title: "calls themselves another company's provider, with the right key",
    guard: ofResponses("if (Issuer[0]._ !== party.issuer)", "if (!Issuer[0])"),
    attack: says({ says: { issuer: "https://login.birch.example/saml" } }),
    refused:
      "access_denied: iss mismatch, expected https://login.borealis.example/saml, got: https://login.birch.example/saml",
    gains: BEA,
    twin: says(),
  },
  {
    title: "brings an assertion for another service provider",
    guard: ofParties("audience: entityId,", "audience: false,"),
    attack: says({ says: { audience: "urn:auth0:another:borealis-sso" } }),
    refused: "access_denied: Audience is invalid. Configured: urn:auth0:localhost:borealis-sso",
    gains: BEA,
    twin: says(),
  },
  {
    title: "brings an assertion for another address of this tenant's",
    guard: ofResponses("if (Recipient !== undefined && Recipient !== party.recipient)", "if (!Subject[0])"),
    attack: says({ says: (scene) => ({ recipient: scene.at("login/callback?connection=birch-sso").href }) }),
    refused: "access_denied: Recipient is invalid. Configured: https://tenant/login/callback?connection=borealis-sso",
    gains: BEA,
    twin: says(),
  },
  {
    title: "brings a response that was sent to somebody else",
    guard: ofEnvelopes("if (destination !== undefined && destination !== party.destination)", "if (!party)"),
    attack: says({ says: { destination: "https://other.example/login/callback?connection=borealis-sso" } }),
    refused:
      "access_denied: Destination endpoint https://other.example/login/callback?connection=borealis-sso did not match https://tenant/login/callback?connection=borealis-sso",
    gains: BEA,
    twin: says(),
  },
  {
    title: "brings an assertion that is over",
    guard: clocks,
    attack: says({ says: { from: -10, until: -4 } }),
    refused: expired,
    gains: BEA,
    twin: says({ says: { from: -10, until: -2 } }),
  },
  {
    title: "brings an assertion before its time",
    guard: clocks,
    attack: says({ says: { from: 4, until: 9 } }),
    refused: expired,
    gains: BEA,
    twin: says({ says: { from: 2, until: 7 } }),
  },
  {
    title: "brings an assertion a second time, under another response",
    guard: ofResponses("if (!parts.providers.assertions.addNew(", "if (!String("),
    attack: async (scene) => {
      const twice = says({ says: { id: "_the-same" } });
      await twice(scene);
      return twice(scene);
    },
    refused: "access_denied: the assertion was used before",
    gains: BEA,
    twin: async (scene) => {
      await says({ says: { id: "_the-first" } })(scene);
      return says({ says: { id: "_the-next" } })(scene);
    },
  },
  {
    title: "brings an assertion that answers an earlier request, in a response to this one",
    guard: ofParties("ValidateInResponseTo.always", "ValidateInResponseTo.never"),
    attack: async (scene) => {
      const earlier = await begun(scene);
      const login = await begun(scene, earlier.person);
      const xml = forged(beaSays(scene, earlier), { pair: own });
      return hand(scene, login, xml.replace(earlier.request, login.request));
    },
    refused: otherRequest,
    gains: BEA,
    twin: async (scene) => {
      const { person } = await begun(scene);
      const login = await begun(scene, person);
      return hand(scene, login, forged(beaSays(scene, login), { pair: own }));
    },
  },
  {
    title: "brings an assertion that the provider made unasked, in a response to this request",
    guard: ofResponses("if (InResponseTo === undefined) throw unasked(party);", ""),
    attack: async (scene) => {
      const login = await begun(scene);
      const xml = forged({ ...beaSays(scene, login), inResponseTo: undefined }, { pair: own });
      return hand(scene, login, xml.replace("<samlp:Response ", `<samlp:Response InResponseTo="${login.request}" `));
    },
    refused: `access_denied: IdP-Initiated login is not enabled for connection "borealis-sso"`,
    gains: BEA,
    twin: says(),
  },
  {
    title: "gives somebody else's browser the answer to their own request, so that the other is signed in as them",
    guard: sameBrowser,
    attack: async (scene) => {
      const login = await begun(scene);
      const xml = forged(beaSays(scene, login), { pair: own });
      return hand(scene, { ...login, person: scene.person() }, xml);
    },
    refused:
      "Sign-in is not possible: invalid_request: This login is over or began in another browser. Start again from the app.",
    gains: BEA,
    twin: says(),
  },
  {
    title: "has a name at the provider that begins as another's, and cuts it by a comment",
    guard: signedOnly,
    attack: says({ says: { sub: "borealis-12" }, edits: cut("borealis-12", 10) }),
    refused: "borealis-12, bea@borealis.example, in borealis",
    gains: BEA,
    twin: says({ says: { sub: "borealis-12" } }),
    twinGets: "borealis-12, bea@borealis.example, in borealis",
  },
  {
    title: "has an address that begins as one of the company's, and cuts it by a comment",
    guard: signedOnly,
    attack: says({
      says: { attributes: { [emailAddress]: "bea@borealis.example.evil.example" } },
      edits: cut("bea@borealis.example.evil.example", 20),
    }),
    refused: "access_denied: domain_mismatch: Your company's login did not give an e-mail address of your company.",
    gains: BEA,
    twin: says(),
  },
  {
    title: "brings a response that is signed with SHA-1",
    guard: strength,
    attack: says({ signs: { algorithm: sha1 } }),
    refused: weak,
    gains: BEA,
    twin: says(),
  },
  {
    title: "brings a document type along, with an entity",
    guard: ofEnvelopes("if (/<!DOCTYPE/i.test(xml)) throw unreadable(party);", ""),
    attack: says({ edits: (xml) => `<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/hostname">]>${xml}` }),
    refused: "server_error: the answer of the identity provider https://login.borealis.example/saml cannot be read",
    gains: BEA,
    twin: says({ edits: (xml) => `<?xml version="1.0" encoding="UTF-8"?>${xml}` }),
  },
  {
    title: "is the provider of a company whose connection names SHA-1 for signatures, and uses it for digests as well",
    guard: strength,
    given: [
      connection("borealis-sso", {
        options: { domain_aliases: ["borealis.example"], signatureAlgorithm: "rsa-sha1", digestAlgorithm: "sha256" },
      }),
    ],
    attack: says({ signs: { algorithm: sha1 } }),
    refused: weak,
    gains: BEA,
    twin: says(),
  },
];
