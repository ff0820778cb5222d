import type { Paging } from "./management.ts";

/** Where objects of one resource type are listed, and by what an object is the one that given inputs made. */
export interface Family {
  /** The list below `/api/v2/`; `{parent}` stands for the id of what it belongs to. */
  readonly list: string;
  /** Input of the resource → property of the listed object; all must be equal. */
  readonly identity: Readonly<Record<string, string>>;
  /** How the list is paged; by number where nothing is said. */
  readonly paging?: Paging;
  /** The property that addresses the object below the list. */
  readonly id: string;
  /** The input that holds the id of the object that the list belongs to. */
  readonly parent?: string;
  /**
   * The input that lists what the resource makes, one object for each element. The identity is the element's then, the
   * output of the same name knows each object's id, and an update makes objects as a create does.
   */
  readonly elements?: string;
}

/**
 * The types whose second create makes a second object or is refused as a conflict. Types that are not here set a
 * value or a whole list at once (settings, bindings, permissions, …): creating them again does no harm.
 */
export const FAMILIES: Readonly<Record<string, Family>> = {
  "auth0:index/action:Action": { list: "actions/actions", identity: { name: "name" }, id: "id" },
  "auth0:index/client:Client": { list: "clients", identity: { name: "name" }, id: "client_id" },
  "auth0:index/clientGrant:ClientGrant": {
    list: "client-grants",
    identity: { clientId: "client_id", audience: "audience" },
    id: "id",
  },
  "auth0:index/connection:Connection": { list: "connections", identity: { name: "name" }, id: "id" },
  "auth0:index/organization:Organization": { list: "organizations", identity: { name: "name" }, id: "id" },
  "auth0:index/organizationClientGrant:OrganizationClientGrant": {
    list: "organizations/{parent}/client-grants",
    parent: "organizationId",
    identity: { grantId: "id" },
    id: "id",
  },
  "auth0:index/organizationConnection:OrganizationConnection": {
    list: "organizations/{parent}/enabled_connections",
    parent: "organizationId",
    identity: { connectionId: "connection_id" },
    id: "connection_id",
  },
  "auth0:index/organizationDiscoveryDomain:OrganizationDiscoveryDomain": {
    list: "organizations/{parent}/discovery-domains",
    paging: "mark",
    parent: "organizationId",
    identity: { domain: "domain" },
    id: "id",
  },
  "auth0:index/organizationDiscoveryDomains:OrganizationDiscoveryDomains": {
    list: "organizations/{parent}/discovery-domains",
    paging: "mark",
    parent: "organizationId",
    elements: "discoveryDomains",
    identity: { domain: "domain" },
    id: "id",
  },
  "auth0:index/resourceServer:ResourceServer": {
    list: "resource-servers",
    identity: { identifier: "identifier" },
    id: "id",
  },
  "auth0:index/role:Role": { list: "roles", identity: { name: "name" }, id: "id" },
};
