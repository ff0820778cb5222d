import * as pulumi from "@pulumi/pulumi";

/**
 * For every organization connection: the provider would update a changed connection in place, which Auth0 answers
 * with 404. It is replaced instead, the old one first, because an organization has a connection once.
 */
export const replaceWithConnection = { replaceOnChanges: ["connectionId"], deleteBeforeReplace: true };

/**
 * Google's choice of a person's id is sent when a connection is made and never again: an update would say that it changed
 * and change nothing. The connection is replaced instead, which takes its people away and is refused where it is protected.
 */
export const replaceWithUserId = { replaceOnChanges: ["options.mapUserIdToId"] };

/** The most clients of one request, and the provider sends one: https://auth0.com/docs/api/management/v2/connections/patch-clients */
const clientLimit = 50;

/** @throws pulumi.ResourceError where a connection serves more apps than one request can name */
export function limitClients(clientIds: readonly unknown[], resource: pulumi.Resource): void {
  if (clientIds.length <= clientLimit) return;
  throw new pulumi.ResourceError(`${clientIds.length} apps use one connection; allowed: ${clientLimit}`, resource);
}
