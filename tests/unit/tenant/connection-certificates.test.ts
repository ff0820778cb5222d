import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Body } from "../../../local/tenant/management/json.ts";
import { TestTenant } from "./harness.ts";

/** The options that a new connection of this strategy shows. */
async function optionsOf(strategy: string, options: Body = {}): Promise<Body> {
  const tenant = await TestTenant.fresh();
  return (await tenant.call("POST", "/connections", { name: "acme", strategy, options })).body.options;
}

/** What a connection shows of a certificate. */
function factsOf(pem: string): Body {
  const { validToDate, subject, fingerprint } = new X509Certificate(pem);
  return {
    expires: validToDate.toISOString(),
    subject: { commonName: subject.replace("CN=", "") },
    thumbprints: [fingerprint.replaceAll(":", "").toLowerCase()],
  };
}

const idp = "https://idp.acme.com";

test("a SAML connection shows what its certificate says, and keeps it over a PATCH", async () => {
  const tenant = await TestTenant.fresh();
  const pem = readFileSync(join(tenant.folder, "ca.pem"), "utf8");
  const facts = { signingCert: pem, cert: pem, ...factsOf(pem) };
  const options = { signingCert: pem, signInEndpoint: `${idp}/in` };
  const made = await tenant.make("/connections", { name: "acme", strategy: "samlp", options });
  expect(made.options).toEqual({
    signInEndpoint: `${idp}/in`,
    ...facts,
    assertion_decryption_settings: { algorithm_profile: "v2026-1", algorithm_exceptions: [] },
  });
  const patched = await tenant.call("PATCH", `/connections/${made.id}`, { options: { debug: true } });
  expect(patched.body.options).toEqual({ debug: true, signInEndpoint: `${idp}/in`, ...facts });
});

/** SAML metadata of an identity provider that signs with this certificate. */
function metadataOf(pem: string): string {
  const base64 = pem.replaceAll(/-----[A-Z ]+-----/g, "").replaceAll("\n", "\n        ");
  return `<?xml version="1.0"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${idp}">
  <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
      <ds:X509Data><ds:X509Certificate>${base64}</ds:X509Certificate></ds:X509Data>
    </ds:KeyInfo></md:KeyDescriptor>
    <md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${idp}/out"/>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location='${idp}/in?a=1&amp;b=2'/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>`;
}

test("SAML metadata is read once: what it says takes its place, but for what the request names itself", async () => {
  const tenant = await TestTenant.fresh();
  const pem = readFileSync(join(tenant.folder, "ca.pem"), "utf8");
  const options = { metadataXml: metadataOf(pem), signOutEndpoint: `${idp}/bye` };
  const made = await tenant.make("/connections", { name: "acme", strategy: "samlp", options });
  const facts = {
    signInEndpoint: `${idp}/in?a=1&b=2`,
    signOutEndpoint: `${idp}/bye`,
    bindingMethod: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
    signingCert: Buffer.from(pem).toString("base64"),
    cert: pem,
    ...factsOf(pem),
  };
  const assertion_decryption_settings = { algorithm_profile: "v2026-1", algorithm_exceptions: [] };
  expect(made.options).toEqual({ ...facts, assertion_decryption_settings });
  const metadataXml = `<SingleSignOnService Location="${idp}/elsewhere"/>`;
  const patched = await tenant.call("PATCH", `/connections/${made.id}`, { options: { metadataXml } });
  expect(patched.body.options).toEqual({ ...facts, signInEndpoint: `${idp}/elsewhere` });
});

test("the federation metadata of AD FS stays and says where people sign in", async () => {
  const endpoint = (name: string) => `<fed:${name}><wsa:Address> ${idp}/${name} </wsa:Address></fed:${name}>`;
  const fedMetadataXml = `<EntityDescriptor>${endpoint("TargetScopes")}${endpoint("PassiveRequestorEndpoint")}</EntityDescriptor>`;
  const added = { thumbprints: [], should_trust_email_verified_connection: "always_set_emails_as_verified" };
  expect(await optionsOf("adfs", { fedMetadataXml })).toEqual({
    fedMetadataXml,
    signInEndpoint: `${idp}/PassiveRequestorEndpoint`,
    ...added,
  });
  const signInEndpoint = `${idp}/other`;
  expect(await optionsOf("adfs", { fedMetadataXml, signInEndpoint })).toMatchObject({ signInEndpoint });
});

test("PingFederate signs in at its base URL and keeps what its certificate said", async () => {
  const tenant = await TestTenant.fresh();
  const pem = readFileSync(join(tenant.folder, "ca.pem"), "utf8");
  const options = { signingCert: Buffer.from(pem).toString("base64"), pingFederateBaseUrl: `${idp}/ping` };
  const made = await tenant.make("/connections", { name: "acme", strategy: "pingfederate", options });
  const endpoints = { pingFederateBaseUrl: `${idp}/ping`, signInEndpoint: `${idp}/ping` };
  const facts = { cert: pem, ...factsOf(pem) };
  expect(made.options).toEqual({ ...endpoints, ...facts });
  const patched = await tenant.call("PATCH", `/connections/${made.id}`, { options: { debug: true } });
  expect(patched.body.options).toEqual({ debug: true, ...facts });
});
