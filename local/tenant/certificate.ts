import "reflect-metadata"; // the container inside the certificate library needs it
import { createPrivateKey, randomBytes, webcrypto } from "node:crypto";
import { chmodSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AsnConvert } from "@peculiar/asn1-schema";
import {
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_nameConstraints,
  NameConstraints,
} from "@peculiar/asn1-x509";
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";
import { makeFolder } from "./folder.ts";

const elliptic = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const day = 24 * 60 * 60 * 1000;

/** Certificate and private key, both PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

/**
 * The certificate authority of a folder: `ca.pem` for those who trust it, `ca.key` (mode 0600) for this program.
 * Made once, whoever comes first: `ca.key` holds key and certificate together and appears in one step, and `ca.pem` is copied from it.
 * Throws an Error with one sentence where the folder cannot be used or the key is damaged.
 */
export async function certificateAuthority(folder: string): Promise<KeyPair> {
  const keyFile = join(folder, "ca.key");
  try {
    makeFolder(folder);
    const bundle = readIfThere(keyFile) ?? (await makeOnce(keyFile));
    const pair = split(bundle, keyFile);
    if (readIfThere(join(folder, "ca.pem")) !== pair.certificate) replace(join(folder, "ca.pem"), pair.certificate);
    return pair;
  } catch (cause) {
    if (cause instanceof DamagedKey) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The certificate authority in ${folder} cannot be used: ${reason}.`, { cause });
  }
}

/** A certificate for this machine's own names, signed by the authority; it lives in memory only. */
export async function leafCertificate({ certificate, key }: KeyPair): Promise<KeyPair> {
  const issuer = new X509Certificate(certificate);
  const pkcs8 = createPrivateKey(key).export({ type: "pkcs8", format: "der" });
  const signingKey = await webcrypto.subtle.importKey("pkcs8", pkcs8, elliptic, false, ["sign"]);
  const keys = await webcrypto.subtle.generateKey(elliptic, true, ["sign", "verify"]);
  const leaf = await X509CertificateGenerator.create(
    {
      serialNumber: serial(),
      subject: "CN=localhost",
      issuer: issuer.subject,
      notBefore: new Date(Date.now() - day),
      notAfter: new Date(Date.now() + 397 * day),
      publicKey: keys.publicKey,
      signingKey,
      signingAlgorithm: elliptic,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension([
          { type: "dns", value: "localhost" },
          { type: "ip", value: "127.0.0.1" },
          { type: "ip", value: "::1" },
        ]),
      ],
    },
    webcrypto,
  );
  return { certificate: pem(leaf), key: await privatePem(keys.privateKey) };
}

/** The self-signed RSA certificate that a tenant's clients show as their signing key. */
export async function signingCertificate(name: string): Promise<KeyPair> {
  const rsa = {
    name: "RSASSA-PKCS1-v1_5",
    hash: "SHA-256",
    publicExponent: new Uint8Array([1, 0, 1]),
    modulusLength: 2048,
  };
  const keys = await webcrypto.subtle.generateKey(rsa, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serial(),
      name: `CN=${name}`,
      notBefore: new Date(),
      notAfter: new Date(Date.now() + 5000 * day),
      keys,
      signingAlgorithm: rsa,
    },
    webcrypto,
  );
  return { certificate: pem(certificate), key: await privatePem(keys.privateKey) };
}

class DamagedKey extends Error {}

async function makeOnce(keyFile: string): Promise<string> {
  const keys = await webcrypto.subtle.generateKey(elliptic, true, ["sign", "verify"]);
  const authority = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serial(),
      name: `CN=auth0-b2b local tenant ${randomBytes(4).toString("hex")}`,
      notBefore: new Date(Date.now() - day),
      notAfter: new Date(Date.now() + 3650 * day),
      keys,
      signingAlgorithm: elliptic,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        thisMachineOnly(),
      ],
    },
    webcrypto,
  );
  const own = temporary(keyFile, `${await privatePem(keys.privateKey)}${pem(authority)}`);
  try {
    // a link cannot replace: of two programs that start at once one loses, and takes the winner's
    linkSync(own, keyFile);
  } catch (cause) {
    if (!isCode(cause, "EEXIST")) throw cause;
  } finally {
    rmSync(own);
  }
  return readFileSync(keyFile, "utf8");
}

function split(bundle: string, file: string): KeyPair {
  const [key] = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----\n/.exec(bundle) ?? [];
  const [certificate] = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/.exec(bundle) ?? [];
  const damaged = new DamagedKey(
    `The key of the certificate authority, ${file}, is damaged; delete it and a new authority is made.`,
  );
  if (key === undefined || certificate === undefined) throw damaged;
  try {
    createPrivateKey(key);
    new X509Certificate(certificate);
  } catch {
    throw damaged;
  }
  return { key, certificate };
}

function temporary(file: string, content: string): string {
  const own = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  try {
    writeFileSync(own, content, { mode: 0o600, flag: "wx" });
  } catch (cause) {
    rmSync(own, { force: true });
    throw cause;
  }
  return own;
}

function replace(file: string, content: string): void {
  const own = temporary(file, content);
  chmodSync(own, 0o644);
  renameSync(own, file);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    if (isCode(cause, "ENOENT")) return undefined;
    throw cause;
  }
}

function isCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && "code" in cause && cause.code === code;
}

/** Whoever trusts the authority trusts it for this machine's own names only: RFC 5280, 4.2.1.10. */
function thisMachineOnly(): Extension {
  const names = [{ dNSName: "localhost" }, { iPAddress: "127.0.0.1/32" }, { iPAddress: "::1/128" }];
  const subtrees = names.map((name) => new GeneralSubtree({ base: new GeneralName(name) }));
  const permittedSubtrees = new GeneralSubtrees(subtrees);
  return new Extension(id_ce_nameConstraints, true, AsnConvert.serialize(new NameConstraints({ permittedSubtrees })));
}

/** Positive and random, as RFC 5280 asks. */
function serial(): string {
  return `00${randomBytes(16).toString("hex")}`;
}

function pem(certificate: X509Certificate): string {
  return `${certificate.toString("pem").trim()}\n`;
}

async function privatePem(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", key));
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" })
    .export({ type: "pkcs8", format: "pem" })
    .toString();
}
