import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";
import { reasonOf } from "./faults.ts";

/** The tenant that the provider is connected to, as it says itself. */
export interface ConnectedTenant {
  /** The tenant's own domain, never a custom one: its Management API answers there. */
  readonly domain: string;
  /** The Management API's audience. */
  readonly managementApiIdentifier: string;
}

/**
 * Asks the provider which tenant it is connected to, before anything is declared.
 * @throws pulumi.RunError in one sentence when the tenant cannot be read
 */
export async function readConnectedTenant(): Promise<ConnectedTenant> {
  try {
    const { managementApiIdentifier } = await auth0.getTenant();
    return { domain: new URL(managementApiIdentifier).host, managementApiIdentifier };
  } catch (error) {
    throw new pulumi.RunError(`The Auth0 tenant cannot be read: ${reasonOf(error)}`);
  }
}
