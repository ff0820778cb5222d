import { letsUse } from "./application-access.ts";
import type { LoginError, Step } from "./request.ts";
import type { Situation } from "./situation.ts";
import type { Organization } from "./tenant.ts";

/** Before authentication: the organization is settled, or it is settled that there is none yet. */
export interface Context {
  /** The organization whose prompt the person sees. */
  readonly organization?: Organization;
  /** One may still be found after authentication, from the person's memberships. */
  readonly open?: true;
}

export function error(code: string, description: string): LoginError {
  return { kind: "error", error: code, description };
}

/** https://auth0.com/docs/manage-users/organizations/configure-organizations/define-organization-behavior */
export function organizationContext(situation: Situation): Context | Step {
  const { client, request, trace } = situation;
  if (request.invitation !== undefined && request.organization === undefined)
    return error("invalid_request", "parameter organization is required with an invitation");
  if (request.organization !== undefined) return requested(situation, request.organization);
  if (client.usage === "deny") {
    trace.note("individual-login", "the app takes individuals only");
    return {};
  }
  if (client.behaviour === "pre_login_prompt") return prompted(situation);
  if (client.behaviour === "post_login_prompt") {
    trace.note("credentials-first", "who it is comes first; the organization, if any, follows from memberships");
    return { open: true };
  }
  if (client.usage === "require") {
    trace.note("organization-required", "the app takes members only, and the request names no organization");
    return error("invalid_request", "parameter organization is required for this client");
  }
  trace.note("individual-login", "without the parameter organization this app signs in a personal account");
  return {};
}

function requested({ tenant, client, trace }: Situation, asked: string): Context | LoginError {
  if (client.usage === "deny") {
    trace.note("organization-not-allowed", "the app takes individuals only");
    return error("invalid_request", "parameter organization is not allowed for this client");
  }
  const byId = tenant.organization(asked);
  if (!byId && !asked.startsWith("org_") && !tenant.settings.organizationNames) {
    trace.note("organization-by-name", "the tenant does not take names");
    return error("invalid_request", "authorization request parameter organization must be an organization id");
  }
  const organization = byId ?? (tenant.settings.organizationNames ? tenant.organizationNamed(asked) : undefined);
  if (!organization) {
    trace.note("organization-unknown", `there is no organization ${asked}`);
    return error("invalid_request", "parameter organization is invalid");
  }
  trace.note("organization-requested", organization.name);
  return admitted(organization, { client, trace });
}

/** Third-party apps come in only where the organization lets them. */
function admitted(
  organization: Organization,
  { client, trace }: Pick<Situation, "client" | "trace">,
): Context | LoginError {
  if (client.firstParty || letsUse(organization, client)) return { organization };
  trace.note("third-party-apps", `${organization.name} lets no third-party app in`);
  return error("access_denied", "third-party applications are not allowed for this organization");
}

/** The organization is asked for before the credentials, by name or by an address of a verified domain. */
function prompted(situation: Situation): Context | Step {
  const { client, known, trace } = situation;
  const personal = client.usage === "allow";
  const ask = { kind: "name-organization", by: client.discovery, personal } as const;
  if (known.named === undefined) {
    trace.note("organization-prompt", "the app asks for the organization first");
    return ask;
  }
  if (known.named === "personal") {
    if (!personal) return ask;
    trace.note("personal-account", "the person goes on without an organization");
    return {};
  }
  const found = matching(situation, known.named);
  const [only] = found;
  if (!only) {
    trace.note("domain-discovery", `no organization goes by ${known.named}`);
    return { ...ask, notFound: known.named };
  }
  if (found.length === 1) {
    trace.note("domain-discovery", `${known.named} leads to ${only.name}`);
    return admitted(only, situation);
  }
  const selected = found.find(({ id }) => id === known.selected);
  if (selected) return admitted(selected, situation);
  trace.note("domain-shared", `${found.length} organizations share it`);
  return { kind: "select-organization", organizations: found.map(({ id }) => id) };
}

function matching({ tenant, client }: Situation, named: string): readonly Organization[] {
  const domain = domainOf(named);
  if (domain !== undefined) return client.discovery.includes("email") ? tenant.organizationsOf(domain) : [];
  const byName = client.discovery.includes("organization_name") ? tenant.organizationNamed(named) : undefined;
  return byName ? [byName] : [];
}

/** The part behind the last `@`, lower-case; undefined without one. */
export function domainOf(address: string): string | undefined {
  const at = address.lastIndexOf("@");
  return at < 1 || at === address.length - 1 ? undefined : address.slice(at + 1).toLowerCase();
}
