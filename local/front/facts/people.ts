import { usernameOf } from "../../idp/claims.ts";
import type { Provider, Person as ProviderPerson, Providers } from "../../idp/description.ts";
import { strategyNamed } from "../../tenant/authentication/upstream/strategies.ts";
import { emailOfIdentity, idOfIdentity } from "../../tenant/entities/identities-of.ts";
import { bodiesAt, bodyAt, textAt, textsAt } from "../../tenant/management/json.ts";
import type { Store, Stored } from "../../tenant/store.ts";

/** Somebody who may sign in. */
export interface Person {
  /** Tells people apart, also after the next start. */
  readonly key: string;
  readonly name: string;
  readonly email: string | undefined;
  /** What the person types where the address is asked for: it leads to where they are known. */
  readonly types: string;
  /** The name of the identity provider that knows them; undefined of whoever has a password. */
  readonly provider?: string;
  /** What they answer there when they are asked who they are. */
  readonly login?: string;
  /** The id of the account that their password opens. */
  readonly user?: string;
  /** The id of the identity whose password it is: the account's own, or one that was linked to it. */
  readonly identity?: string;
  /** Slugs of their organizations. */
  readonly organizations: readonly string[];
  /** Their own, then those in an organization, as `owner (dune-crafts)`. */
  readonly roles: readonly string[];
  readonly stage: string | undefined;
  /** The name of the connection that they are known in. */
  readonly connection: string | undefined;
  /** Whether the tenant has an account of theirs: who comes by single sign-on has one from the first login on. */
  readonly account: boolean;
}

/** The people of the tenant's directories, then those of the companies' providers. */
export function peopleOf(store: Store, providers: Providers): Person[] {
  const connections = store.select({ family: "connections" });
  const users = store.select({ family: "users" });
  const own = users.flatMap((user) => ofDirectory(store, user));
  const theirs = Object.entries(providers).flatMap(([slug, provider]) => {
    const connection = connectionTo(connections, provider);
    return provider.people.map((person) => ofProvider(store, { slug, provider, person, connection, users }));
  });
  return [...own, ...theirs];
}

function ofDirectory(store: Store, user: Stored): Person[] {
  const identity = bodiesAt(user.body, "identities").find(({ provider }) => provider === "auth0");
  if (!identity) return [];
  const own = idOfIdentity(identity);
  const email = emailOfIdentity(user.body, own);
  if (email === undefined) return [];
  const connection = textAt(identity, "connection") ?? "";
  return [
    {
      key: user.id,
      user: user.id,
      identity: own,
      name: textAt(user.body, "name") ?? email,
      email,
      types: email,
      ...belongings(store, user),
      connection,
      account: true,
    },
  ];
}

interface AtProvider {
  readonly slug: string;
  readonly provider: Provider;
  readonly person: ProviderPerson;
  readonly connection: Stored | undefined;
  readonly users: readonly Stored[];
}

function ofProvider(store: Store, { slug, provider, person, connection, users }: AtProvider): Person {
  const name = connection && textAt(connection.body, "name");
  const user = users.find(({ body }) =>
    bodiesAt(body, "identities").some(
      (one) => one.connection === name && String(one.user_id).split("|").at(-1) === person.sub,
    ),
  );
  const domains = connection ? textsAt(bodyAt(connection.body, "options"), "domain_aliases") : [];
  const login = usernameOf(person);
  return {
    key: `${slug}/${person.sub}`,
    name: person.name,
    email: person.email,
    types: typed(person, login, domains),
    provider: provider.name,
    login,
    ...(user ? belongings(store, user) : { organizations: [], roles: [], stage: undefined }),
    connection: name,
    account: user !== undefined,
  };
}

/** The own address where that leads to the own provider, else one that does. */
function typed({ email }: ProviderPerson, login: string, [first, ...others]: readonly string[]): string {
  const domain = email?.split("@")[1]?.toLowerCase();
  const leads = domain !== undefined && [first, ...others].some((one) => one?.toLowerCase() === domain);
  return leads || first === undefined ? (email ?? login) : `${login.split("@")[0]}@${first}`;
}

/** The connection that speaks to this provider. */
function connectionTo(connections: readonly Stored[], provider: Provider): Stored | undefined {
  const bare = (issuer: string | undefined) => issuer?.replace(/\/$/, "");
  return connections.find(({ body }) => {
    if ("connection" in provider) return textAt(body, "name") === provider.connection;
    const issuer = strategyNamed(textAt(body, "strategy") ?? "")?.issuer(bodyAt(body, "options"));
    return issuer !== undefined && bare(issuer) === bare(provider.issuer);
  });
}

function belongings(store: Store, { id, body }: Stored): Pick<Person, "organizations" | "roles" | "stage"> {
  const role = (role: string) => textAt(store.get("roles", role)?.body ?? {}, "name") ?? role;
  const own = store.select({ family: "user-roles", scope: id }).map((link) => role(link.id));
  const joined = store.everywhere("organization-members", id).map(({ scope }) => {
    const slug = textAt(store.get("organizations", scope)?.body ?? {}, "name") ?? scope;
    const there = store.select({ family: "organization-member-roles", scope: `${scope}\n${id}` });
    return { slug, roles: there.map((link) => `${role(link.id)} (${slug})`) };
  });
  return {
    organizations: joined.map(({ slug }) => slug),
    roles: [...own, ...joined.flatMap(({ roles }) => roles)],
    stage: textAt(bodyAt(body, "app_metadata"), "stage"),
  };
}
