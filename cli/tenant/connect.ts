import * as pulumi from "@pulumi/pulumi";
import type { ManagementClient } from "auth0";
import { readProviderCredentials, readTenantDomain } from "../../stacks/config.ts";
import { Faults } from "../customer/asked.ts";

/** The tenant of a stack, as its file says. */
interface Set {
  readonly stack: string;
  /** `auth0:domain` of the stack's file; undefined where it leaves that to the environment. */
  readonly domain: string | undefined;
}

/**
 * Works on a stack's tenant, by the credentials that the provider takes.
 * @throws Faults where it is not said which tenant, or as whom
 * @throws pulumi.RunError in one sentence where the tenant refuses something or does not answer
 */
export async function withTenant<Result>(set: Set, work: (client: ManagementClient) => Promise<Result>) {
  const domain = domainOf(set);
  const credentials = readProviderCredentials();
  if (!("token" in credentials) && (credentials.clientId === "" || credentials.clientSecret === ""))
    throw new Faults([
      "AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET: missing; allowed: those of the operator's client for this (stack output operators), or AUTH0_API_TOKEN",
    ]);
  const sdk = await import("auth0"); // loaded by nobody who asks no tenant
  try {
    return await work(new sdk.ManagementClient({ domain, ...credentials }));
  } catch (thrown) {
    if (thrown instanceof sdk.ManagementError || thrown instanceof sdk.ManagementTimeoutError || isNetworks(thrown))
      throw new pulumi.RunError(`Tenant ${domain}: ${reasonOf(thrown)}`);
    throw thrown;
  }
}

/** A command that names one stack must not reach another's tenant. */
function domainOf({ stack, domain: set }: Set): string {
  const given = readTenantDomain();
  if (given !== undefined && set !== undefined && given !== set)
    throw new Faults([`AUTH0_DOMAIN: ${given} is not the tenant of stack ${stack}; allowed: ${set}, or leave it out`]);
  const domain = set ?? given;
  if (domain !== undefined) return domain;
  throw new Faults(["AUTH0_DOMAIN: missing; allowed: the tenant's domain, such as travel.eu.auth0.com"]);
}

/** What `fetch` throws where nobody answers. */
const isNetworks = (thrown: unknown): thrown is Error =>
  thrown instanceof TypeError && thrown.message === "fetch failed";

/** The SDK's own message is many lines; what the tenant said is in the body. */
function reasonOf(thrown: Error): string {
  const { statusCode, body } = thrown as { readonly statusCode?: number; readonly body?: unknown };
  const { message, error_description: described } = Object(body) as Readonly<Record<string, unknown>>;
  const said = [message, described].find((text) => typeof text === "string") ?? thrown.message;
  const words = String(said).replace(/\s+/g, " ").trim();
  return statusCode === undefined ? `no answer (${words})` : `answered ${statusCode}, ${words}`;
}
