import { letsUse } from "./application-access.ts";
import { type Context, error } from "./organization.ts";
import type { Admission, Identity, LoginError, Step } from "./request.ts";
import type { Situation } from "./situation.ts";
import type { LoginSwitches } from "./switches.ts";
import type { Invitation, Organization, Tenant } from "./tenant.ts";

/** The picker's length: https://auth0.com/docs/manage-users/organizations/login-flows-for-organizations */
const mostPicked = 20;

/** After authentication: which organization, if any; whether the person belongs to it; and what the Actions say. */
export function settle(situation: Situation, context: Context, identity: Identity): Step {
  if (context.organization) return enter(situation, context.organization, identity);
  if (!context.open) return toActions(situation, identity);
  const { client, known, switches, trace } = situation;
  const joins = soleAutoMembership(situation, identity);
  const joined = joins ? [joins] : [];
  const listed = [...situation.tenant.membershipsOf(identity.user), ...joined].filter(
    (organization) => (switches.PICKER_APPLICATIONS === "all" && client.firstParty) || letsUse(organization, client),
  );
  const shown = switches.PICKER_LISTS === "usable" ? listed.filter((one) => has(one, identity)) : listed;
  const offered = shown.slice(0, mostPicked);
  const personal = client.usage === "allow";
  const [only] = shown;
  if (!only) {
    if (!personal) {
      trace.note("no-membership", "the person belongs to no organization, and the app takes members only");
      const words = "client requires organization membership, but user does not belong to any organization";
      return error("invalid_request", words);
    }
    trace.note("personal-account", "the person belongs to no organization");
    return toActions(situation, identity);
  }
  const { picked } = known;
  if (picked === "personal" && personal) {
    trace.note("picked", "the personal account");
    return toActions(situation, identity, joins ? { joins: joins.id } : {});
  }
  const chosen = offered.find(({ id }) => typeof picked === "object" && id === picked.organization);
  if (chosen) {
    trace.note("picked", chosen.name);
    return enter(situation, chosen, identity, joins);
  }
  if (shown.length === 1 && (!personal || switches.ONE_ORGANIZATION === "organization")) {
    trace.note("one-organization", `${only.name} is the only one`);
    return enter(situation, only, identity);
  }
  trace.note("several-organizations", `${shown.length}${personal ? " and a personal account" : ""} to choose from`);
  if (shown.length > mostPicked)
    trace.note("picker-length", `the first ${mostPicked} that the person joined are shown`);
  return { kind: "pick", organizations: offered.map(({ id }) => id), personal };
}

/** The one organization to which this connection gives membership at login; none where several do. */
function soleAutoMembership({ tenant, trace }: Situation, identity: Identity): Organization | undefined {
  const giving = tenant
    .organizationsWith(identity.connection)
    .filter(({ connections }) =>
      connections.some((link) => link.connection === identity.connection && link.autoMembership),
    );
  const [only] = giving;
  if (!only) return undefined;
  if (giving.length > 1) {
    trace.note("auto-membership-alone", `${giving.length} organizations give membership through it, so none does`);
    return undefined;
  }
  if (isMember(tenant, only, identity)) return undefined;
  trace.note("auto-membership-alone", `${only.name} is the only one that gives membership through it`);
  return only;
}

function has(organization: Organization, { connection }: Identity) {
  return organization.connections.find((link) => link.connection === connection);
}

function isMember(tenant: Situation["tenant"], organization: Organization, { user }: Identity): boolean {
  return tenant.membershipsOf(user).some(({ id }) => id === organization.id);
}

/** Into one organization: its connection, and membership. `joined` is one that the login made the person a member of, whichever they chose. */
function enter(situation: Situation, organization: Organization, identity: Identity, joined?: Organization): Step {
  const { tenant, request, known, trace } = situation;
  const link = has(organization, identity);
  if (!link) {
    trace.note("connection-of-organization", `${organization.name} does not have the connection`);
    return error("access_denied", "the connection is not enabled for the organization");
  }
  const into = { organization: organization.id };
  if (request.invitation !== undefined && !known.accepted)
    return invited(situation, organization, identity, request.invitation);
  if (isMember(tenant, organization, identity)) {
    trace.note("membership", `the person is a member of ${organization.name}`);
    return toActions(situation, identity, joined ? { ...into, joins: joined.id } : into);
  }
  if (link.autoMembership) {
    trace.note("auto-membership", `the connection makes its people members of ${organization.name}`);
    return toActions(situation, identity, { ...into, joins: organization.id });
  }
  trace.note("membership", `the person is not a member of ${organization.name}`);
  return error("access_denied", `user is not part of the ${organization.id} organization`);
}

/**
 * Of https://auth0.com/docs/manage-users/organizations/configure-organizations/invite-members. Who signs in as another, or through another
 * connection, is refused and has used the invitation up: https://support.auth0.com/center/s/article/auth0-organization-invitation-disappears-without-being-accepted
 * and https://community.auth0.com/t/prevent-users-from-accepting-an-organization-invite-when-the-current-session-is-incompatible/132837
 */
function invited(situation: Situation, organization: Organization, identity: Identity, ticket: string): Step {
  const { tenant, client, trace } = situation;
  const invitation = tenant.invitation(ticket);
  const fits =
    invitation !== undefined &&
    !invitation.expired &&
    invitation.organization === organization.id &&
    invitation.client === client.id;
  if (!fits) {
    trace.note("invitation", "it is unknown, used, expired or meant for something else");
    return error("invalid_request", "invitation not found or already used");
  }
  const another = stranger(tenant, invitation, identity);
  if (another !== undefined) {
    trace.note("invitation", `the account has another ${another} than the invitation, which is used up`);
    const refusal = "the specified account is not allowed to accept the current invitation";
    return { ...error("access_denied", refusal), spends: ticket };
  }
  trace.note("invitation", `makes the person a member of ${organization.name}`);
  return toActions(situation, identity, { organization: organization.id, joins: organization.id, invitation: ticket });
}

/** What an account has that the invitation is not meant for. */
function stranger(tenant: Tenant, { email, connection }: Invitation, identity: Identity): string | undefined {
  if (tenant.user(identity.user)?.email?.toLowerCase() !== email.toLowerCase()) return "address";
  if (connection !== undefined && connection !== identity.connection) return "connection";
  return undefined;
}

function toActions(situation: Situation, identity: Identity, where: Omit<Admission, keyof Identity> = {}): Step {
  const { known, trace, switches } = situation;
  const admission: Admission = { user: identity.user, connection: identity.connection, ...where };
  const barred = (when: LoginSwitches["APPLICATION_ACCESS"]) =>
    switches.APPLICATION_ACCESS === when ? withoutAccess(situation, where.organization) : undefined;
  const before = barred("before-actions");
  if (before) return before;
  if (!known.actions) return { kind: "actions", ...admission };
  const { denied } = known.actions;
  if (denied === undefined) return barred("after-actions") ?? { kind: "admitted", ...admission };
  trace.note("actions", "an Action denied access");
  return error("access_denied", denied);
}

/** The words are ours. */
function withoutAccess({ tenant, client, trace }: Situation, into: string | undefined): LoginError | undefined {
  const organization = into === undefined ? undefined : tenant.organization(into);
  if (!organization || letsUse(organization, client)) return undefined;
  trace.note("application-access", `${organization.name} does not let its members use the app`);
  return error("access_denied", "the application is not enabled for the organization");
}
