import { type OrganizationType, organizationTypes } from "./words.ts";

/** Whom one app admits. Written in the catalog, carried by the client's metadata, read by the post-login Action. */
export interface Policy {
  /** Types of organization that may come in; none means that only individuals do. */
  readonly orgTypes: readonly OrganizationType[];
  /** Organization metadata that must have exactly these values, for example `api_access: "on"`. */
  readonly orgRequires: Readonly<Record<string, string>>;
  /** Whether a person may come in without an organization. */
  readonly individuals: "allow" | "deny";
  /** Whether the app's tokens carry the funnel stage. */
  readonly stageClaim: "on" | "off";
}

/** Changes when an older Action could misread a newer policy; the Action then denies. */
const version = "1";

/** Auth0 removes a metadata key whose value is empty, so "none" is spelt out. */
const none = "none";

/** The policy as `client_metadata`: five keys of the ten that a client may have, each value at most 255 characters. */
export function writePolicy(policy: Policy): Record<string, string> {
  const requires = Object.entries(policy.orgRequires).map(([key, value]) => `${key}=${value}`);
  return {
    policy_version: version,
    org_types: list(policy.orgTypes),
    org_requires: list(requires),
    individuals: policy.individuals,
    stage_claim: policy.stageClaim,
  };
}

/** The policy that a client carries, or undefined where any part of it is missing, unknown or damaged: then nobody may come in. */
export function readPolicy(metadata: Readonly<Record<string, unknown>>): Policy | undefined {
  const { policy_version, org_types, org_requires, individuals, stage_claim } = metadata;
  if (policy_version !== version) return undefined;
  const orgTypes = items(org_types)?.map((word) => organizationTypes.find((type) => type === word));
  const orgRequires = items(org_requires)?.map(pair);
  if (!orgTypes?.every((type) => type !== undefined)) return undefined;
  if (!orgRequires?.every((entry) => entry !== undefined)) return undefined;
  if (new Set(orgTypes).size !== orgTypes.length) return undefined;
  if (new Set(orgRequires.map(([key]) => key)).size !== orgRequires.length) return undefined;
  if (individuals !== "allow" && individuals !== "deny") return undefined;
  if (stage_claim !== "on" && stage_claim !== "off") return undefined;
  return { orgTypes, orgRequires: Object.fromEntries(orgRequires), individuals, stageClaim: stage_claim };
}

function list(words: readonly string[]): string {
  return words.length === 0 ? none : [...words].sort().join(",");
}

function items(value: unknown): string[] | undefined {
  if (typeof value !== "string" || value === "") return undefined;
  return value === none ? [] : value.split(",");
}

function pair(text: string): readonly [string, string] | undefined {
  const match = /^([a-z][a-z0-9_]*)=([^=,]+)$/.exec(text);
  return match?.[1] && match[2] ? [match[1], match[2]] : undefined;
}
