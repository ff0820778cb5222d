import type { z } from "zod";
import { certificate } from "../../stacks/schema/certificate.ts";
import {
  asciiWord,
  domain,
  federationMetadata,
  httpsUrl,
  issuer,
  oktaDomain,
  tenantId,
} from "../../stacks/schema/values.ts";

/** What a new connection of a strategy has to be told. */
export interface Field {
  /** In the entry. */
  readonly key: string;
  /** On the command line: `--issuer`. */
  readonly flag: string;
  /** As a person reads it: `the issuer, such as …`. */
  readonly what: string;
  /** Rules of the entry's own. */
  readonly schema: z.ZodType;
  /** Read from a file that is named. @default what is typed */
  readonly file?: true;
}

const clientId: Field = {
  key: "clientId",
  flag: "client-id",
  what: "the client ID that the identity provider gave out",
  schema: asciiWord,
};

/** Strategy → what it needs beside domains and secret. A database needs nothing. */
export const strategies = {
  oidc: {
    label: "OpenID Connect",
    secret: true,
    fields: [
      { key: "issuer", flag: "issuer", what: "the issuer, such as https://login.acme.example/", schema: issuer },
      clientId,
    ],
  },
  okta: {
    label: "Okta",
    secret: true,
    fields: [
      { key: "domain", flag: "okta-domain", what: "the Okta domain, such as acme.okta.com", schema: oktaDomain },
      clientId,
    ],
  },
  samlp: {
    label: "SAML 2.0",
    secret: false,
    fields: [
      { key: "signInUrl", flag: "sign-in-url", what: "the sign-in URL of the identity provider", schema: httpsUrl },
      {
        key: "certificate",
        flag: "certificate",
        what: "the file with its signing certificate (PEM)",
        schema: certificate,
        file: true,
      },
    ],
  },
  waad: {
    label: "Microsoft Entra ID",
    secret: true,
    fields: [
      { key: "tenantId", flag: "tenant-id", what: "the tenant ID of the directory", schema: tenantId },
      { ...clientId, what: "the application (client) ID of the registration there" },
    ],
  },
  "google-apps": {
    label: "Google Workspace",
    secret: true,
    fields: [
      { key: "domain", flag: "workspace-domain", what: "the primary domain of the Workspace", schema: domain },
      clientId,
    ],
  },
  adfs: {
    label: "AD FS",
    secret: false,
    fields: [
      {
        key: "metadata",
        flag: "metadata",
        what: "the file with its federation metadata (XML)",
        schema: federationMetadata,
        file: true,
      },
    ],
  },
} as const satisfies Record<string, { label: string; secret: boolean; fields: readonly Field[] }>;

export type StrategyName = keyof typeof strategies;

export const strategyNames = Object.keys(strategies) as StrategyName[];

/** Every field's flag, once. */
export const fieldFlags: readonly Field[] = [
  ...new Map(
    strategyNames.flatMap((name): readonly Field[] => strategies[name].fields).map((field) => [field.flag, field]),
  ).values(),
];
