import { directoryName } from "../../../stacks/catalog.ts";
import { declareTenant } from "../../../stacks/declare.ts";
import type { Settings } from "../../../stacks/load.ts";
import { connectedTenant, type Declared, declare } from "../../declared/declare.ts";
import type { FoundOrganization } from "./tenant.ts";

/** One resource of a file for `pulumi import --file`: https://www.pulumi.com/docs/iac/guides/migration/import/#bulk-import-operations */
type Importable = {
  readonly type: string;
  readonly name: string;
  readonly logicalName: string;
  readonly parent?: string;
} & ({ readonly component: true } | { readonly id: string });

/** The resources that a company's entry declares and the tenant has, with their ids, below the components that hold them. */
export async function importableOf(settings: Settings, slug: string, found: FoundOrganization): Promise<Importable[]> {
  const declared = await declare(() => declareTenant(settings, connectedTenant));
  const known = new Map<string, Importable>();
  for (const one of declared) {
    const own = isRootOf(one, slug) || (one.parent !== undefined && known.has(one.parent));
    const id = own ? idOf(one, slug, found) : undefined;
    if (own && (id !== undefined || !isProvided(one))) known.set(keyOf(one), importable(one, id));
  }
  const all = [...known.values()];
  // a component that nothing is below is made by the up
  return all.filter((one) => "id" in one || all.some(({ parent }) => parent === one.name));
}

const isProvided = ({ type }: Declared) => type.startsWith("auth0:");
const keyOf = ({ type, name }: Pick<Declared, "type" | "name">) => `${type}::${name}`;
const nameOf = (key: string) => key.replace(/^[^:]*:[^:]*:/, "").replace("::", " ");

function isRootOf({ type, name }: Declared, slug: string): boolean {
  if (type === "auth0-b2b:company:Company") return name === slug;
  return type === "auth0-b2b:company:GuestAccess" && name.startsWith(`${slug}/`);
}

function importable(one: Declared, id: string | undefined): Importable {
  const { type, name, parent } = one;
  return {
    type,
    name: nameOf(keyOf(one)), // told apart by the kind, since a company's resources bear its name
    logicalName: name,
    ...(parent === undefined ? {} : { parent: nameOf(parent) }),
    ...(id === undefined ? { component: true } : { id }),
  };
}

/** The ids by which the provider imports; undefined for what the tenant does not have: https://www.pulumi.com/registry/packages/auth0/ */
function idOf({ type, name }: Declared, slug: string, found: FoundOrganization): string | undefined {
  const connection = (named: string) => found.connections.find((one) => one.name === named)?.id;
  switch (type) {
    case "auth0:index/organization:Organization":
      return found.id;
    case "auth0:index/connection:Connection":
    case "auth0:index/connectionClients:ConnectionClients":
    case "auth0:index/connectionScimConfiguration:ConnectionScimConfiguration":
      return connection(name);
    case "auth0:index/organizationConnection:OrganizationConnection": {
      const guest = name.startsWith(`${slug}/`) ? name.slice(slug.length + 1) : name;
      const id = connection(name === `${slug}-directory` ? directoryName : guest);
      return id && `${found.id}::${id}`;
    }
    case "auth0:index/organizationDiscoveryDomains:OrganizationDiscoveryDomains":
      return found.discoveryDomains.length > 0 ? found.id : undefined;
    default:
      return undefined;
  }
}
