import * as pulumi from "@pulumi/pulumi";
import type { Login } from "../../actions/post-login/decide.ts";
import type { PlainTenant } from "../../login/plain.ts";
import type { Admission } from "../../login/request.ts";
import type { Declared } from "./declare.ts";

/** Whoever signs in: the people of a stack, and somebody at each domain that a company claimed. */
export interface Visitor {
  readonly id: string;
  readonly email: string;
  readonly connection: string;
  /** Slugs. */
  readonly memberships: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** A login as the Action post-login reads it, by the resources that a program declared. */
export function loginOf(
  declared: readonly Declared[],
  app: string,
  { id, email, verified }: Pick<Visitor, "id" | "email"> & { readonly verified: boolean },
  { organization, connection }: Pick<Admission, "organization" | "connection">,
): Login {
  const { strategy, metadata } = inputsOf(declared, "Connection", connection.replace(/-id$/, ""));
  return {
    clientMetadata: inputsOf(declared, "Client", app).clientMetadata,
    strategy,
    connectionMetadata: metadata,
    organization: organization && {
      id: organization,
      metadata: inputsOf(declared, "Organization", organization.replace(/-id$/, "")).metadata,
    },
    user: { user_id: id, email, email_verified: verified, enrolledFactors: [] },
    roles: [],
    methods: [],
    protocol: "oidc-basic-profile",
  };
}

/** What a program declared, as the login rules read a tenant; ids are those of the recorded mocks. */
export function declaredTenant(declared: readonly Declared[], visitors: readonly Visitor[]): PlainTenant {
  const of = (type: string) => declared.filter((one) => one.type.endsWith(`:${type}`));
  const { defaultDirectory, allowOrganizationNameInAuthenticationApi } = of("Tenant")[0]?.inputs ?? {};
  const connections = of("Connection").map(({ name, inputs }) => connectionOf(name, inputs));
  return {
    settings: {
      defaultDirectory: `${defaultDirectory}-id`,
      organizationNames: allowOrganizationNameInAuthenticationApi === true,
      identifierFirst: of("Prompt")[0]?.inputs.identifierFirst === true,
    },
    clients: of("Client").map(({ name, inputs }) => ({
      id: name,
      usage: (inputs.organizationUsage ?? "deny") as "deny",
      behaviour: (inputs.organizationRequireBehavior ?? "no_prompt") as "no_prompt",
      discovery: textsIn(inputs.organizationDiscoveryMethods) as readonly "email"[],
      firstParty: inputs.isFirstParty === true,
      connections: of("ConnectionClients")
        .filter(({ inputs: { enabledClients } }) => textsIn(enabledClients).includes(`${name}-client`))
        .map(({ inputs: { connectionId } }) => String(connectionId)),
    })),
    connections,
    organizations: of("Organization").map(({ name }) => ({
      id: `${name}-id`,
      name,
      thirdParty: false,
      domains: of("OrganizationDiscoveryDomains")
        .filter(({ inputs }) => inputs.organizationId === `${name}-id`)
        .flatMap(({ inputs }) => (inputs.discoveryDomains as Fields[]).map(({ domain }) => String(domain))),
      connections: of("OrganizationConnection")
        .filter(({ inputs }) => inputs.organizationId === `${name}-id`)
        .map(({ inputs }) => ({
          connection: String(inputs.connectionId),
          autoMembership: inputs.assignMembershipOnLogin === true,
          signup: inputs.isSignupEnabled === true,
          button: inputs.showAsButton !== false,
        })),
    })),
    users: visitors.map(({ id, email }) => ({ id, email, blocked: false })),
    memberships: visitors.flatMap(({ id, memberships }) =>
      memberships.map((slug) => ({ organization: `${slug}-id`, user: id })),
    ),
    invitations: [],
  };
}

function connectionOf(name: string, inputs: Fields): PlainTenant["connections"][number] {
  const strategy = String(inputs.strategy);
  return {
    id: `${name}-id`,
    name,
    kind: strategy === "auth0" ? "database" : "enterprise",
    domains: textsIn(plain(inputs.options).domainAliases),
    button: inputs.showAsButton === true,
    signup: strategy === "auth0",
    domainLevel: false,
  };
}

/** The inputs of one declared resource, its secrets unwrapped. */
function inputsOf(declared: readonly Declared[], type: string, name: string): Fields {
  return plain(declared.find((one) => one.type.endsWith(`:${type}`) && one.name === name)?.inputs);
}

function plain(value: unknown): Fields {
  return (pulumi.runtime.isRpcSecret(value) ? pulumi.runtime.unwrapRpcSecret(value) : (value ?? {})) as Fields;
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
