import { z } from "zod";
import { writeClaimed } from "../../access/claimed-domains.ts";

const Resource = z.looseObject({
  urn: z.string(),
  id: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).optional(),
  outputs: z.record(z.string(), z.unknown()).optional(),
});
type Resource = z.infer<typeof Resource>;

/** A state as `pulumi stack export` prints it and `pulumi stack import` takes it. */
export const Exported = z.looseObject({ deployment: z.looseObject({ resources: z.array(Resource) }) });
export type Exported = z.infer<typeof Exported>;

/**
 * The state of many customers from that of one: what the engine wrote of the one is repeated under other names and ids, and what all of
 * them share is written as the program does.
 * @param domain of a customer
 */
export function repeated(
  state: Exported,
  one: string,
  slugs: readonly string[],
  domain: (slug: string) => string,
): Exported {
  const { resources } = state.deployment;
  const isOwn = ({ urn }: Resource) => (urn.split("::").at(-1) ?? "").startsWith(one);
  const template = resources.filter(isOwn);
  const ids = remoteIds(template);
  /** Any text about the one, as it is about another. */
  const about = (n: number, text: string): string => {
    const slug = slugs[n] ?? "";
    const named = text.replaceAll(one, slug);
    return slug === one ? named : ids.reduce((all, id) => all.replaceAll(id, otherId(id, n)), named);
  };
  const values = <Value>(value: Value): Value[] => {
    const text = JSON.stringify(value);
    return slugs.map((_, n) => JSON.parse(about(n, text)) as Value);
  };
  /** A map in which the one stands under its slug or its id. */
  const spread = (map: Record<string, unknown>) => Object.assign({}, ...values(map)) as Record<string, unknown>;

  const shared = resources
    .filter((resource) => !isOwn(resource))
    .map((resource) => {
      if (resource.urn.includes("actions:Gate")) return withDomains(resource, slugs.map(domain), spread);
      if (resource.urn.includes("pulumi:pulumi:Stack::")) return withOutputs(resource, spread);
      return resource;
    });
  return { ...state, deployment: { ...state.deployment, resources: [...shared, ...values(template).flat()] } };
}

/** The ids that Auth0 made up, longest first; some resources' are made of two of them. */
function remoteIds(resources: readonly Resource[]): string[] {
  const all = resources.flatMap(({ id }) => id?.split("::") ?? []);
  return [...new Set(all)].sort((a, b) => b.length - a.length);
}

function otherId(id: string, n: number): string {
  return `${id.slice(0, -6)}${String(n).padStart(6, "0")}`;
}

function withDomains(
  resource: Resource,
  domains: readonly string[],
  spread: (map: Record<string, unknown>) => Record<string, unknown>,
): Resource {
  const change = (values: Record<string, unknown> | undefined) => {
    const { claimedDomains, code, ...rest } = values ?? {};
    return {
      ...rest,
      ...(claimedDomains ? { claimedDomains: spread(claimedDomains as Record<string, unknown>) } : {}),
      ...(typeof code === "string"
        ? {
            code: code.replace(
              /^(const CLAIMED_DOMAINS = `\n)[^`]*/,
              (_, head: string) => head + writeClaimed(domains),
            ),
          }
        : {}),
    };
  };
  const { inputs, outputs } = resource;
  return { ...resource, ...(inputs && { inputs: change(inputs) }), ...(outputs && { outputs: change(outputs) }) };
}

function withOutputs(resource: Resource, spread: (map: Record<string, unknown>) => Record<string, unknown>): Resource {
  const outputs = { ...resource.outputs };
  const { companies, directory, applied } = outputs as Record<string, Record<string, unknown>>;
  if (!companies || !directory || !applied) return resource;
  return {
    ...resource,
    outputs: {
      ...outputs,
      companies: spread(companies),
      directory: { ...directory, organizations: spread(directory.organizations as Record<string, unknown>) },
      applied: { ...applied, companies: spread(applied.companies as Record<string, unknown>) },
    },
  };
}
