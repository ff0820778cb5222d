import { choice, flag, list, record, type Schema, text, without } from "../management/fields.ts";

const pem = text({ min: 1, max: 4096 });
const credentialName = text({ max: 128 });

/** A key or certificate that a client proves itself with: https://auth0.com/docs/api/management/v2/clients/post-credentials */
export const credential = record(
  {
    credential_type: choice(["public_key", "cert_subject_dn", "x509_cert"]),
    name: credentialName,
    subject_dn: text({ min: 1, max: 256 }),
    pem,
    alg: choice(["RS256", "RS384", "PS256"]),
    parse_expiry_from_cert: flag(),
    expires_at: text({ format: "date-time" }),
    kid: text({ pattern: "^([0-9a-zA-Z-_]{10,64})$" }),
  },
  { required: ["credential_type"] },
);

/** The credentials that each way to prove itself takes. */
export const publicKey = record(
  {
    ...without(credential, "subject_dn", "credential_type").properties,
    credential_type: choice(["public_key"]),
  },
  { required: ["credential_type", "pem"] },
);
const subjectName = record(
  { credential_type: choice(["cert_subject_dn"]), name: credentialName, subject_dn: text({ min: 1, max: 256 }), pem },
  { required: ["credential_type"] },
);
const certificate = record(
  { credential_type: choice(["x509_cert"]), name: credentialName, pem },
  { required: ["credential_type", "pem"] },
);

const holding = (item: Schema): Schema => record({ credentials: list(item) }, { required: ["credentials"] });
export const credentialId = record({ id: text({ min: 1 }) }, { required: ["id"] });
export const givenMethods = record(
  {
    private_key_jwt: holding(publicKey),
    tls_client_auth: holding(subjectName),
    self_signed_tls_client_auth: holding(certificate),
  },
  { min: 1, max: 1 },
);
export const namedMethods = record(
  {
    private_key_jwt: holding(credentialId),
    tls_client_auth: holding(credentialId),
    self_signed_tls_client_auth: holding(credentialId),
  },
  { min: 1, max: 1 },
);

/** Early access: what a client may fetch from the token vault without a user. */
export const vaultAccess = (item: Schema): Schema =>
  record(
    {
      credentials: list(item),
      ip_allowlist: list(text({ min: 1 })),
      grants: list(
        record(
          { connection: text({ min: 1 }), scopes: list(text({ min: 1 })) },
          { required: ["connection", "scopes"] },
        ),
      ),
    },
    { required: ["credentials"] },
  );
