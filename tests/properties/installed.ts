import { createHash } from "node:crypto";
import { cpSync } from "node:fs";
import { families } from "../../local/tenant/entities/index.ts";
import { setPassword } from "../../local/tenant/entities/passwords.ts";
import type { Body } from "../../local/tenant/management/json.ts";
import { Objects } from "../../local/tenant/management/objects.ts";
import { Store } from "../../local/tenant/store.ts";
import type { GeneratedTenant } from "./generated.ts";
import type { Visit } from "./visits.ts";

export const AUDIENCE = "https://api.example.com";
export const CALLBACK = "https://app.example.com/callback";
export const PASSWORD = "Let-Me-In-1";

/** A deployed Action that decides by the organization's type and the app's policy, and what it needs of clients, organizations and connections. */
export interface Gate {
  readonly code: string;
  readonly clientMetadata: (admits: readonly ("customer" | "vendor")[]) => Body;
  readonly organizationMetadata: (type: string) => Body;
  readonly connectionMetadata: (slug: string, domains: readonly string[]) => Body;
}

/** The cookie of the browser of one visit. */
export const sessionKey = (place: number): string => `session-of-visit-${place}`;

/** Writes a generated tenant, and the sessions that its visits begin with, into a copy of a brand-new tenant's data file. */
export function install(
  brandNew: string,
  data: string,
  given: GeneratedTenant,
  visits: readonly Visit[],
  gate?: Gate,
): void {
  cpSync(brandNew, data);
  const { store } = Store.open(data);
  try {
    store.transaction(() => fill(new Objects(store, families), given, visits, gate));
  } finally {
    store.close();
  }
}

function fill(
  objects: Objects,
  { plain, types, admits, homes }: GeneratedTenant,
  visits: readonly Visit[],
  gate?: Gate,
): void {
  const { store } = objects;
  const now = new Date().toISOString();
  for (const old of store.select({ family: "connections" })) objects.remove(old);
  const settings = { ...objects.single("tenants/settings") };
  const directory = plain.connections.find(({ id }) => id === plain.settings.defaultDirectory);
  objects.replaceSingle("tenants/settings", {
    ...settings,
    ...(directory ? { default_directory: directory.name } : {}),
    allow_organization_name_in_authentication_api: plain.settings.organizationNames,
  });
  objects.replaceSingle("prompts", { ...objects.single("prompts"), identifier_first: plain.settings.identifierFirst });
  objects.seed("resource-servers", "000000000000000000000001", {
    id: "000000000000000000000001",
    name: "Service",
    identifier: AUDIENCE,
    scopes: [{ value: "read:it" }, { value: "write:it" }],
    signing_alg: "RS256",
    allow_offline_access: true,
    skip_consent_for_verifiable_first_party_clients: true,
    token_lifetime: 86_400,
  });
  for (const { id, usage, behaviour, discovery, firstParty } of plain.clients)
    objects.seed("clients", id, {
      client_id: id,
      name: id,
      client_secret: "secret",
      callbacks: [CALLBACK],
      grant_types: ["authorization_code", "refresh_token"],
      token_endpoint_auth_method: "client_secret_post",
      jwt_configuration: { alg: "RS256" },
      is_first_party: firstParty,
      organization_usage: usage,
      organization_require_behavior: behaviour,
      organization_discovery_methods: [...discovery],
      refresh_token: { rotation_type: "rotating", expiration_type: "non-expiring", leeway: 0 },
      ...(gate ? { client_metadata: gate.clientMetadata(admits[id] ?? []) } : {}),
    });
  for (const { id, name, kind, domains, button, signup, domainLevel } of plain.connections) {
    objects.seed("connections", id, {
      id,
      name,
      strategy: kind === "database" ? "auth0" : kind === "enterprise" ? "oidc" : "google-oauth2",
      options:
        kind === "database"
          ? { disable_signup: !signup }
          : { client_id: "x", issuer: `https://${name}.example`, domain_aliases: [...domains] },
      show_as_button: button,
      is_domain_connection: domainLevel,
      ...(gate && kind === "enterprise" ? { metadata: gate.connectionMetadata(name, domains) } : {}),
    });
  }
  for (const { id, connections } of plain.clients)
    for (const connection of connections) store.insert("connection-clients", connection, id, {}, []);
  for (const { id, name, thirdParty, connections, domains } of plain.organizations) {
    objects.seed("organizations", id, {
      id,
      name,
      display_name: name,
      third_party_client_access: thirdParty ? "allow" : "block",
      ...(gate ? { metadata: gate.organizationMetadata(types[id] ?? "") } : {}),
    });
    for (const link of connections)
      store.insert(
        "organization-connections",
        id,
        link.connection,
        {
          connection_id: link.connection,
          is_enabled: true,
          assign_membership_on_login: link.autoMembership,
          is_signup_enabled: link.signup,
          show_as_button: link.button,
        },
        [],
      );
    for (const domain of domains)
      store.insert(
        "discovery-domains",
        id,
        `ord_${domain}`,
        { domain, status: "verified", use_for_organization_discovery: true },
        [],
      );
  }
  fillPeople(objects, { plain, homes, now });
  for (const [place, { session }] of visits.entries()) {
    if (!session) continue;
    const began = new Date(Date.now() - session.age * 1000).toISOString();
    const id = `s${String(place).padStart(31, "0")}`;
    objects.seed("sessions", id, {
      id,
      user_id: session.user,
      created_at: began,
      updated_at: began,
      authenticated_at: began,
      authentication: { methods: [{ name: "pwd", timestamp: began }] },
      idle_expires_at: new Date(Date.now() + 86_400_000).toISOString(),
      expires_at: new Date(Date.now() + 86_400_000).toISOString(),
      clients: [],
      device: {},
      cookie: { mode: "persistent" },
      internal: {
        digest: createHash("sha256").update(sessionKey(place)).digest("base64url"),
        connection: homes[session.user] ?? "",
      },
    });
  }
}

function fillPeople(
  objects: Objects,
  { plain, homes, now }: Pick<GeneratedTenant, "plain" | "homes"> & { readonly now: string },
): void {
  const { store } = objects;
  for (const { id, email = "", blocked } of plain.users) {
    const home = plain.connections.find((one) => one.id === homes[id]);
    const [provider = "", ...own] = id.split("|");
    objects.seed("users", id, {
      user_id: id,
      email,
      email_verified: true,
      name: email,
      created_at: now,
      updated_at: now,
      ...(blocked ? { blocked } : {}),
      identities: [
        { provider, user_id: own.join("|"), connection: home?.name ?? "", isSocial: home?.kind === "social" },
      ],
    });
  }
  const [first, ...others] = plain.users.filter(({ id }) => id.startsWith("auth0|"));
  if (first) setPassword(objects, first.id, PASSWORD);
  // one digest for all: making one takes as long as checking one
  const body = store.get("passwords", first?.id ?? "")?.body ?? {};
  for (const { id } of others) store.insert("passwords", "", id, body, []);
  for (const { organization, user } of plain.memberships)
    store.insert("organization-members", organization, user, {}, [{ name: "target", value: user, unique: false }]);
  for (const { ticket, organization, client, email, connection, expired } of plain.invitations)
    store.insert(
      "organization-invitations",
      organization,
      `uinv_${ticket}`,
      {
        ticket_id: ticket,
        client_id: client,
        invitee: { email },
        inviter: { name: "Somebody" },
        expires_at: new Date(Date.now() + (expired ? -1 : 1) * 86_400_000).toISOString(),
        ...(connection === undefined ? {} : { connection_id: connection }),
      },
      [{ name: "ticket_id", value: ticket, unique: false }],
    );
}
