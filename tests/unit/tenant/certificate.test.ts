import "reflect-metadata"; // the container inside the certificate library needs it
import { createPrivateKey, webcrypto } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, createServer } from "node:tls";
import { SubjectAlternativeNameExtension, X509Certificate, X509CertificateGenerator } from "@peculiar/x509";
import { afterAll, beforeAll, expect, test } from "vitest";
import { certificateAuthority, type KeyPair, leafCertificate } from "../../../local/tenant/certificate.ts";

const folder = mkdtempSync(join(tmpdir(), "authority-"));
let authority: KeyPair;

beforeAll(async () => {
  authority = await certificateAuthority(folder);
});

afterAll(() => rmSync(folder, { recursive: true }));

/** What a client that trusts the authority makes of a server with this certificate: "trusted", or OpenSSL's complaint. */
async function verdict({ certificate, key }: KeyPair, servername: string): Promise<string> {
  const server = createServer({ cert: certificate, key }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const socket = connect({ port, host: "127.0.0.1", servername, ca: authority.certificate });
  try {
    await once(socket, "secureConnect");
    return "trusted";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    socket.destroy();
    server.close();
  }
}

/** What somebody could make who stole the authority's key. */
async function forged(name: string): Promise<KeyPair> {
  const elliptic = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const pkcs8 = createPrivateKey(authority.key).export({ type: "pkcs8", format: "der" });
  const keys = await webcrypto.subtle.generateKey(elliptic, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.create(
    {
      serialNumber: "01",
      subject: `CN=${name}`,
      issuer: new X509Certificate(authority.certificate).subject,
      notBefore: new Date(Date.now() - 60_000),
      notAfter: new Date(Date.now() + 60_000),
      publicKey: keys.publicKey,
      signingKey: await webcrypto.subtle.importKey("pkcs8", pkcs8, elliptic, false, ["sign"]),
      signingAlgorithm: elliptic,
      extensions: [new SubjectAlternativeNameExtension([{ type: "dns", value: name }])],
    },
    webcrypto,
  );
  const der = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey));
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" }).export({ type: "pkcs8", format: "pem" });
  return { certificate: certificate.toString("pem"), key: key.toString() };
}

test("whoever trusts the authority trusts the tenant at localhost", async () => {
  expect(await verdict(await leafCertificate(authority), "localhost")).toBe("trusted");
});

test("the authority's key, stolen, makes no other name trusted", async () => {
  expect(await verdict(await forged("login.bank.example"), "login.bank.example")).toBe("permitted subtree violation");
  expect(await verdict(await forged("localhost"), "localhost")).toBe("trusted");
});
