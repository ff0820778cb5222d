import { admitted, entitle, refused, type Verdict } from "./admit.ts";
import type { Metadata } from "./metadata.ts";
import { inGoodStanding, type Organization } from "./organization.ts";
import { type Policy, readPolicy, writePolicy } from "./policy.ts";
import { type Refusal, refusal } from "./refusal.ts";

/** What a company's own client may do: nothing without its company, and nothing where that has no API access. */
const companyPolicy: Policy = {
  orgTypes: ["customer"],
  orgRequires: { api_access: "on" },
  individuals: "deny",
  stageClaim: "off",
  mfa: "off",
};

/** `client_metadata` of an operator's own client: the gate for machines lets it pass, so that a mistake can be repaired. */
export const operatorMetadata = { machine: "operator" } as const;

/** `client_metadata` of a company's own client: eight keys. The id may still be unknown when it is written. */
export function writeMachinePolicy<Id>(organizationId: Id): Record<string, string | Id> {
  return { machine: "company", ...writePolicy(companyPolicy), org_id: organizationId };
}

/** A machine's request for a token. */
export interface MachineVisit {
  readonly clientMetadata: Metadata;
  /** The API that the token is for. */
  readonly audience: unknown;
  readonly organization: Organization | undefined;
}

/** Any host: a tenant's own and its custom domains. https://auth0.com/docs/secure/tokens/access-tokens/management-api-access-tokens */
const managementApi = /^https:\/\/[a-z0-9.:-]+\/api\/v2\/$/i;

/** Where a person would be sent to their company, a machine has to ask differently. */
const organizationMissing: Refusal = {
  code: "org_required",
  sentence: "Please ask for the token with your company's organization.",
};

/**
 * Whether a machine gets its token. The Management API and the operator's own clients come first and need nothing:
 * a damaged gate must not lock out its own repair. They are admitted without an organization.
 */
export function admitMachine({ clientMetadata, audience, organization }: MachineVisit): Verdict {
  if (typeof audience === "string" && managementApi.test(audience)) return admitted(undefined);
  if (clientMetadata.machine === operatorMetadata.machine) return admitted(undefined);
  const own = readMachine(clientMetadata);
  if (!own) return refused(refusal("no_policy"));
  if (!organization) return refused(organizationMissing);
  if (!inGoodStanding(organization)) return refused(refusal("suspended"));
  if (organization.id !== own.organizationId) return refused(refusal("not_entitled"));
  return entitle(own.policy, organization);
}

function readMachine(metadata: Metadata): { policy: Policy; organizationId: string } | undefined {
  const { machine, org_id: organizationId } = metadata;
  const policy = readPolicy(metadata);
  if (machine !== "company" || !policy) return undefined;
  return typeof organizationId === "string" && organizationId !== "" ? { policy, organizationId } : undefined;
}
