import { clientLimits, type Metadata, withinLimits } from "./metadata.ts";
import { type OrganizationType, organizationTypes } from "./words.ts";

/** Whom one app admits. Written in the catalog, carried by the client's metadata, read by the Actions. */
export interface Policy {
  /** Types of organization that may come in; none means that only individuals do. */
  readonly orgTypes: readonly OrganizationType[];
  /** Organization metadata that must have exactly these values, for example `api_access: "on"`. */
  readonly orgRequires: Readonly<Record<string, string>>;
  /** Whether a person may come in without an organization. */
  readonly individuals: "allow" | "deny";
  /** Whether the app's tokens carry the funnel stage. */
  readonly stageClaim: "on" | "off";
  /** `password`: who did not come through a company's own login gives a second factor. */
  readonly mfa: "off" | "password";
}

/** Changes when an older Action could misread a newer policy; the Action then denies. */
const version = "2";

/** Auth0 removes a metadata key whose value is empty, so "none" is spelt out. */
const none = "none";

/** The policy as `client_metadata`: six keys of the ten that a client may have, each value at most 255 characters. */
export function writePolicy(policy: Policy): Record<string, string> {
  const requires = Object.entries(policy.orgRequires).map(([key, value]) => `${key}=${value}`);
  return {
    policy_version: version,
    org_types: list(policy.orgTypes),
    org_requires: list(requires),
    individuals: policy.individuals,
    stage_claim: policy.stageClaim,
    mfa: policy.mfa,
  };
}

/** The policy that a client carries, or undefined where any part of it is missing, unknown or damaged: then nobody may come in. */
export function readPolicy(metadata: Metadata): Policy | undefined {
  if (!withinLimits(metadata, clientLimits)) return undefined;
  const { policy_version, individuals, stage_claim, mfa } = metadata;
  if (policy_version !== version) return undefined;
  const orgTypes = readTypes(metadata.org_types);
  const orgRequires = readRequires(metadata.org_requires);
  if (!orgTypes || !orgRequires) return undefined;
  if (individuals !== "allow" && individuals !== "deny") return undefined;
  if (stage_claim !== "on" && stage_claim !== "off") return undefined;
  if (mfa !== "off" && mfa !== "password") return undefined;
  return { orgTypes, orgRequires, individuals, stageClaim: stage_claim, mfa };
}

function readTypes(value: unknown): Policy["orgTypes"] | undefined {
  const types = items(value)?.map((word) => organizationTypes.find((type) => type === word));
  if (!types?.every((type) => type !== undefined)) return undefined;
  return new Set(types).size === types.length ? types : undefined;
}

function readRequires(value: unknown): Policy["orgRequires"] | undefined {
  const pairs = items(value)?.map(pair);
  if (!pairs?.every((entry) => entry !== undefined)) return undefined;
  return new Set(pairs.map(([key]) => key)).size === pairs.length ? Object.fromEntries(pairs) : undefined;
}

function list(words: readonly string[]): string {
  return words.length === 0 ? none : [...words].sort().join(",");
}

function items(value: unknown): string[] | undefined {
  if (typeof value !== "string") return undefined;
  return value === none ? [] : value.split(",");
}

function pair(text: string): readonly [string, string] | undefined {
  const match = /^([a-z][a-z0-9_]*)=([^=,]+)$/.exec(text);
  return match?.[1] && match[2] ? [match[1], match[2]] : undefined;
}
