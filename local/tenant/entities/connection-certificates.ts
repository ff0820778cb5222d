import { X509Certificate } from "node:crypto";
import { badBody } from "../management/faults.ts";
import { type Body, omit, textAt } from "../management/json.ts";

/** The parts of a subject that Auth0 shows, by their short names in a certificate. */
const subjectNames: { readonly [short: string]: string } = {
  C: "countryName",
  ST: "stateOrProvinceName",
  L: "localityName",
  O: "organizationName",
  OU: "organizationalUnitName",
  CN: "commonName",
  emailAddress: "emailAddress",
};

/** Adds what Auth0 reads off the identity provider's signing certificate, which may come as PEM or as its Base64. */
export function withCertificate(options: Body): Body {
  const given = textAt(options, "signingCert");
  if (given === undefined) return options;
  const pem = given.includes("BEGIN") ? given : Buffer.from(given, "base64").toString();
  const certificate = certificateOf(pem);
  return {
    ...options,
    expires: certificate.validToDate.toISOString(),
    subject: subjectOf(certificate),
    thumbprints: [certificate.fingerprint.replaceAll(":", "").toLowerCase()],
    cert: pem,
  };
}

/** PingFederate keeps the certificate under one name only, and signs in at its base URL unless told otherwise. */
export function withPingFederate(options: Body): Body {
  const base = textAt(options, "pingFederateBaseUrl");
  return omit({ ...(base === undefined ? {} : { signInEndpoint: base }), ...withCertificate(options) }, [
    "signingCert",
  ]);
}

function certificateOf(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw badBody("The signing certificate is not valid");
  }
}

function subjectOf({ subject }: X509Certificate): Body {
  const parts = subject.split("\n").map((line) => {
    const [short = "", ...value] = line.split("=");
    return [subjectNames[short], value.join("=")] as const;
  });
  return Object.fromEntries(parts.flatMap(([name, value]) => (name === undefined ? [] : [[name, value]])));
}
