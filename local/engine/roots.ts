import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { rootCertificates } from "node:tls";
import type { LocalFolder } from "./folder.ts";

// The places in which Go itself looks (crypto/x509, root_linux.go), in its order.
const SYSTEM_ROOTS = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/tls/cacert.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

/** The person's or the system's roots as PEM; Node's own list where the system has none. */
function systemRoots(inherited: string | undefined, own: string): string {
  const candidates = [...(inherited !== undefined && inherited !== own ? [inherited] : []), ...SYSTEM_ROOTS];
  const found = candidates.find((file) => existsSync(file));
  return found === undefined ? rootCertificates.join("\n") : readFileSync(found, "utf8");
}

/**
 * Writes the bundle for `SSL_CERT_FILE`: it replaces the system's roots for a Go program, so it holds both
 * those and the local tenant's authority. Go reads it on Linux only.
 * @param inherited the `SSL_CERT_FILE` of the person's own environment, whose roots are kept
 */
export function writeRoots(local: LocalFolder, inherited: string | undefined): void {
  const text = `${systemRoots(inherited, local.roots).trimEnd()}\n${readFileSync(local.ca, "utf8")}`;
  if (existsSync(local.roots) && readFileSync(local.roots, "utf8") === text) return;
  writeFileSync(local.roots, text);
}
