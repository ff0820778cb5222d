import { createHash, type KeyObject, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:tls";

/**
 * The key of a server that the authority vouches for, as Chromium takes it: base64 of the SHA-256 of its SPKI.
 * @param ca PEM
 * @throws where the certificate is not the authority's, or not for that name
 */
export async function keyOfServer(ca: string, server: string): Promise<string> {
  const { hostname, port } = new URL(server);
  const socket = connect({ host: hostname, port: Number(port), servername: hostname, ca });
  await once(socket, "secureConnect");
  const certificate = socket.getPeerX509Certificate();
  socket.destroy();
  if (!certificate) throw new Error(`${server} shows no certificate`);
  return digest(certificate.publicKey);
}

/** The same of a certificate at hand, PEM. */
export function keyOf(certificate: string): string {
  return digest(new X509Certificate(certificate).publicKey);
}

function digest(key: KeyObject): string {
  return createHash("sha256")
    .update(key.export({ type: "spki", format: "der" }))
    .digest("base64");
}
