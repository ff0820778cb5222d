import type { Providers } from "../../../local/idp/description.ts";
import type { Company } from "../../../stacks/entries.ts";
import { type DeclaredConnection, declaredConnections, domainsOf } from "../../../stacks/entry-connections.ts";
import { secretStandIn } from "../../../stacks/stack-file.ts";
import { saml } from "../../e2e/strategies.entries.ts";

type Named = readonly [name: string, connection: DeclaredConnection];

/** The identity providers of all companies, in which are those who come to them: whoever has an address at a connection's domains. */
export function providersOf(companies: readonly Company[], addresses: readonly string[]): Providers {
  const connections = companies.flatMap(({ entry }) => Object.entries(declaredConnections(entry)));
  // Google is one provider, whatever company comes to it.
  const byIssuer = [...Map.groupBy(connections, ([, connection]) => issuerOf(connection))];
  const described = byIssuer.flatMap(([issuer, [first, ...others]]) => {
    if (issuer === undefined || !first) return [];
    const people = [first, ...others].flatMap((one) => peopleOf(one, addresses));
    return people.length === 0 ? [] : [providerOf(issuer, first, people)];
  });
  return Object.fromEntries(described.map((provider, n) => [`provider-${n}`, provider]));
}

const microsoft = (directory: string) => `https://login.microsoftonline.com/${directory}/v2.0`;

/** Undefined where the local tenant plays none: it plays no AD FS, and a database has no provider. */
function issuerOf(connection: DeclaredConnection): string | undefined {
  switch (connection.strategy) {
    case "oidc":
      return connection.issuer;
    case "okta":
      return `https://${connection.domain}`;
    case "waad":
      return microsoft(connection.tenantId);
    case "google-apps":
      return "https://accounts.google.com";
    case "samlp":
      return connection.signInUrl.replace(/\/sign-in$/, "");
    default:
      return undefined;
  }
}

function providerOf(issuer: string, [name, connection]: Named, people: readonly Person[]): Providers[string] {
  const shared = { name, issuer, people: [...people] };
  if (connection.strategy === "samlp") {
    const { entityId } = connection;
    return { ...shared, flavour: "samlp", connection: name, ...(entityId !== undefined && { entityId }), ...saml };
  }
  if (!("clientId" in connection)) throw new Error(`${name} has no provider of OpenID Connect`);
  const { strategy: flavour, clientId } = connection;
  const own = flavour === "waad" ? connection.tenantDomain : undefined;
  const also = own === undefined ? {} : { also: [microsoft(own)] };
  return { ...shared, flavour, clientId, clientSecret: secretStandIn, ...also };
}

type Person = ReturnType<typeof personOf>;

function peopleOf([, connection]: Named, addresses: readonly string[]): Person[] {
  const domains = new Set(domainsOf(connection));
  return addresses
    .filter((address) => domains.has(address.split("@")[1] ?? ""))
    .map((one) => personOf(connection, one));
}

/** What the provider says of somebody, also by the names that the connection asks for. */
function personOf(connection: DeclaredConnection, email: string) {
  const said = { email, name: "Ann Abel", user_id: email };
  const attributes = "attributes" in connection ? connection.attributes : {};
  const named = Object.entries({ ...attributes }).flatMap(([field, name]) =>
    name !== undefined && (field === "email" || field === "name" || field === "user_id")
      ? [[name, said[field]] as const]
      : [],
  );
  return { sub: email, name: said.name, email, claims: Object.fromEntries(named) };
}
