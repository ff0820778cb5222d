import { createRequire } from "node:module";
import { parseDomFromString, parseXml2JsFromString, xpath } from "@node-saml/node-saml/lib/xml.js";
import type { Pair } from "./saml-forger.ts";

// What a reader of SAML does that makes the mistakes which the real one does not: an attack that it falls for is stopped by reading only
// what was signed, and by nothing else.

/** The signature library that both SAML libraries stand on. */
const { SignedXml } = createRequire(import.meta.resolve("@node-saml/node-saml"))("xml-crypto") as {
  readonly SignedXml: new () => {
    publicCert: string;
    loadSignature(node: unknown): void;
    checkSignature(xml: string): boolean;
  };
};

/** Some signature of the message is good, and so all of it is believed. */
export async function anySigned(message: string, certificate: Pair["certificate"]) {
  const xml = Buffer.from(message, "base64").toString("utf8");
  const signatures = xpath.selectElements(await parseDomFromString(xml), "//*[local-name(.)='Signature']");
  const good = signatures.some((one) => {
    const signature = new SignedXml();
    signature.publicCert = certificate;
    signature.loadSignature(one);
    return signature.checkSignature(xml);
  });
  if (!good) throw new Error("Invalid signature");
  return unsigned(message);
}

/** Whatever the first assertion says is believed, and a text ends where a comment begins. */
export async function unsigned(message: string) {
  const document = await parseDomFromString(Buffer.from(message, "base64").toString("utf8"));
  const [assertion] = xpath.selectElements(document, "/*/*[local-name(.)='Assertion']");
  if (!assertion) throw new Error("Missing SAML assertion");
  const text = (node?: { readonly firstChild?: { readonly nodeValue: string | null } | null }) =>
    node?.firstChild?.nodeValue ?? "";
  const parsed = await parseXml2JsFromString(assertion.toString());
  const attributes = xpath.selectElements(assertion, "./*/*[local-name(.)='Attribute']");
  return {
    profile: {
      nameID: text(xpath.selectElements(assertion, "./*/*[local-name(.)='NameID']")[0]),
      attributes: Object.fromEntries(
        attributes.map((one) => [one.getAttribute("Name"), text(xpath.selectElements(one, "./*")[0])]),
      ),
      getAssertion: () => parsed,
    },
  };
}
