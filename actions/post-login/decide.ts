import { addressesOf } from "../../access/address.ts";
import { enterpriseRefusal, personalRefusal } from "../../access/address-rules.ts";
import { type AdmittedOrganization, admit } from "../../access/admit.ts";
import type { ClaimedDomains } from "../../access/claimed-domains.ts";
import { readDomains, readOwner } from "../../access/connection-domains.ts";
import { connectionKind } from "../../access/connection-kind.ts";
import { type FirstRoles, firstRole } from "../../access/first-role.ts";
import { hasLeft } from "../../access/membership.ts";
import { fieldsOf } from "../../access/metadata.ts";
import { type Organization, readOrganization } from "../../access/organization.ts";
import { type Policy, readPolicy } from "../../access/policy.ts";
import { organizationRequired, type Refusal, refusal, refusalText } from "../../access/refusal.ts";
import { stageOf } from "../../access/stage.ts";
import { isAmong, isBreakGlass } from "../../access/terms.ts";
import { type Grant, grantOf } from "./grant.ts";
import { type SecondFactor, secondFactor } from "./second-factor.ts";

/** What the operator sets once for the Action; it is written into the bundled text, where a preview shows it. */
export interface PostLoginSettings {
  /** An https URL that ends in `/`: begins every custom claim. */
  readonly claimNamespace: string;
  /** The funnel's stages, in order. */
  readonly stages: readonly string[];
  /** Names of the roles that people get at their first login. */
  readonly firstRoles: FirstRoles;
}

/** A login: what Auth0 hands over, read by the rules alone. */
export interface Login {
  readonly clientMetadata: unknown;
  readonly strategy: unknown;
  readonly connectionMetadata: unknown;
  readonly organization: unknown;
  readonly user: unknown;
  readonly roles: unknown;
  readonly methods: unknown;
  readonly protocol: unknown;
}

/** What an admitted login gets. */
export interface Admission {
  /** For the ID and the access token. */
  readonly claims: Readonly<Record<string, string>>;
  /** Lines for the log; nothing of a person is in them. */
  readonly notes: readonly string[];
  readonly secondFactor: Exclude<SecondFactor, "refuse">;
  /** The first role to assign, if there is one to assign. */
  readonly grant: Grant | undefined;
}

export type Decision = { readonly refusal: string } | Admission;

/**
 * Decides one login, the same on every protocol: the first refusal that applies (`<code>: <sentence>`), or what the
 * login gets. Whether the connection may vouch for the person comes before whether the organization may come in.
 */
export function decide(login: Login, settings: PostLoginSettings, claimed: ClaimedDomains): Decision {
  const metadata = fieldsOf(login.clientMetadata) ?? {};
  const policy = readPolicy(metadata);
  if (!policy) return refuse(refusal("no_policy"));

  const organization = readOrganization(login.organization);
  const named = breaksGlass(login, organization);
  const doubt = named ? undefined : connectionRefusal(login, organization, claimed);
  if (doubt) return refuse(doubt);

  const verdict = admit({ ...policy, app: metadata.app ?? null }, organization);
  if (!verdict.admitted) return refuse(verdict.refusal);
  const objection = verdict.organization && memberRefusal(login, verdict.organization);
  if (objection) return refuse(objection);

  const { enrolledFactors } = fieldsOf(login.user) ?? {};
  // a word that is not known asks too
  const everyone = named || verdict.organization?.metadata.mfa !== undefined;
  const factor = secondFactor(everyone ? "everyone" : policy.mfa, { ...login, enrolledFactors });
  if (factor === "refuse") return refuse(refusal("mfa_required"));

  return { ...effects(login, verdict.organization, policy, settings), secondFactor: factor };
}

/** Whether the connection may vouch for the person, by its own domains or by no domain that a company has claimed; and whether without the company. */
function connectionRefusal(
  { strategy, connectionMetadata, user }: Login,
  organization: Organization | undefined,
  claimed: ClaimedDomains,
): Refusal | undefined {
  const addresses = addressesOf(user);
  const kind = connectionKind(strategy);
  if (kind !== "enterprise") {
    // the people of a company's own database belong to it: none of them is an individual
    const owner = kind === "database" && !organization ? readOwner(connectionMetadata) : undefined;
    return personalRefusal(claimed, addresses) ?? (owner === undefined ? undefined : organizationRequired(owner));
  }
  const own = readDomains(connectionMetadata);
  if (!own) return refusal("domain_mismatch");
  return enterpriseRefusal(claimed, own, addresses) ?? (organization ? undefined : organizationRequired(own.slug));
}

/**
 * Whether this is the one account with a password that the organization named, for the day on which its own login is down: by a password
 * of the tenant's, in that organization alone, linked to no other address. A second factor is always asked of it.
 */
function breaksGlass({ strategy, user }: Login, organization: Organization | undefined): boolean {
  if (organization?.damaged !== false || connectionKind(strategy) !== "database") return false;
  return isBreakGlass(organization.metadata, fieldsOf(user)?.email) && addressesOf(user).others.length === 0;
}

/** What keeps a person out of an organization that may come in. A company's login vouches for its addresses. */
function memberRefusal({ strategy, user }: Login, { id }: AdmittedOrganization): Refusal | undefined {
  const { app_metadata, email_verified } = fieldsOf(user) ?? {};
  if (hasLeft(app_metadata, id)) return refusal("left");
  if (connectionKind(strategy) !== "enterprise" && email_verified !== true) return refusal("unverified_email");
  return undefined;
}

/**
 * The claims, the first role and the notes of an admitted login. Claims are namespaced: bare names such as `roles`
 * are dropped by Auth0 (https://auth0.com/docs/secure/tokens/json-web-tokens/create-custom-claims).
 */
function effects(
  { user, roles }: Login,
  organization: AdmittedOrganization | undefined,
  policy: Policy,
  { claimNamespace, stages, firstRoles }: PostLoginSettings,
): Omit<Admission, "secondFactor"> {
  const { app_metadata, user_id } = fieldsOf(user) ?? {};
  const stage = stageOf(stages, fieldsOf(app_metadata) ?? {}, organization?.metadata);
  const known = stage.known ? stage.stage : undefined;

  const claims: Record<string, string> = {};
  const notes: string[] = [];
  if (organization) claims[`${claimNamespace}org_type`] = organization.type;
  if (policy.stageClaim === "on" && known !== undefined) claims[`${claimNamespace}stage`] = known;
  if (policy.stageClaim === "on" && !stage.known && stage.found !== undefined) {
    notes.push(`stage is not one of ${stages.join(", ")}: no claim`);
  }

  const role = firstRole(firstRoles, organization?.type ?? "individual", known);
  const first = grantOf({ userId: user_id, appMetadata: app_metadata, roles }, role, organization?.id);
  const barred = typeof first === "object" && organization && !isAmong(organization.metadata.member_roles, role);
  const grant = barred ? `members of this company may not hold ${role}: no first role` : first;
  if (typeof grant === "string") notes.push(grant);
  return { claims, notes, grant: typeof grant === "string" ? undefined : grant };
}

function refuse(cause: Refusal): Decision {
  return { refusal: refusalText(cause) };
}
