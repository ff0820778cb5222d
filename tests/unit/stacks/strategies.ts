import { customer, oidc } from "./project.ts";

const { issuer: _, ...client } = oidc;

/** A connection of each strategy as an entry has it, without fault; a test changes one thing. */
export const waad = { ...client, strategy: "waad", tenantId: "0f8fad5b-d9cb-469f-a165-70867728950e" };
export const googleApps = { ...client, strategy: "google-apps", domain: "acme.example" };
export const adfs = {
  strategy: "adfs",
  metadataUrl: "https://adfs.acme.example/FederationMetadata/2007-06/FederationMetadata.xml",
  domains: ["acme.example"],
};
export const database = { strategy: "database" };
export const selfService = { owner: "self-service", domains: ["acme.example"] };

/** The customer with this connection alone. */
export const withOnly = (connection: object) => ({ ...customer, connections: { "acme-sso": connection } });
