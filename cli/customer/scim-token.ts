import * as pulumi from "@pulumi/pulumi";
import type { ManagementClient } from "auth0";
import type { Company } from "../../stacks/entries.ts";
import { declaredConnections } from "../../stacks/entry-connections.ts";
import { Faults } from "./asked.ts";

/** What an identity provider is given to keep its people up to date. */
export interface ScimToken {
  readonly connection: string;
  /** The path of the endpoint below the tenant's domain. */
  readonly path: string;
  /** Shown this once: Auth0 keeps none that could be read. */
  readonly token: string;
}

/**
 * The connection of a company that is provisioned.
 * @param given which one, where the company has several
 * @throws Faults where there is none, or several of which none is named
 */
export function provisionedBy({ slug, entry }: Company, given: string | undefined): string {
  const all = Object.entries(declaredConnections(entry)).flatMap(([name, one]) =>
    "scim" in one && one.scim ? [name] : [],
  );
  const [only, ...others] = given === undefined ? all : all.filter((name) => name === given);
  if (only !== undefined && others.length === 0) return only;
  if (all.length === 0)
    throw new Faults([`slug: no connection of ${slug} has SCIM; allowed: with scim: true in its entry`]);
  throw new Faults([`--connection: ${given === undefined ? "missing" : "cannot be used"}; allowed: ${all.join(", ")}`]);
}

/**
 * Makes a token for a connection's SCIM endpoint: https://auth0.com/docs/api/management/v2/connections/post-scim-token
 * Takes the scopes `read:connections` and `create:scim_token`.
 * @throws pulumi.RunError where the connection is not up yet
 */
export async function makeScimToken(client: ManagementClient, connection: string): Promise<ScimToken> {
  const { data } = await client.connections.list({ name: connection, fields: "id" });
  const id = data[0]?.id;
  if (id === undefined)
    throw new pulumi.RunError(
      `The tenant has no connection ${connection}; allowed: after pulumi up, on its own tenant.`,
    );
  const { token = "" } = await client.connections.scimConfiguration.tokens.create(id);
  return { connection, path: `/scim/v2/connections/${id}/`, token };
}
