import { proofOf } from "../domain-proof.ts";
import { at, type Claimed } from "../entries.ts";
import type { Environment } from "../environments.ts";
import type { Fault } from "../faults.ts";
import type { Previous } from "../history.ts";
import { plain } from "../schema/strict.ts";
import { type CompanyState, companyStates, wrongStep } from "../states.ts";
/** What the state of an entry allows, by itself and after the state that the last `up` declared. */
export function checkStates(
  { domainProof }: Environment,
  claimNamespace: unknown,
  previous: Previous,
  entries: readonly Claimed[],
): Fault[] {
  return entries.flatMap((entry) => {
    const state = stateOf(entry);
    if (state === undefined) return []; // the schema says so
    const proofs = domainProof && state === "live" && typeof claimNamespace === "string";
    return [
      ...stepFault(previous, entry, state),
      ...peopleFault(entry, state),
      ...(proofs ? unproven(claimNamespace, entry) : []),
    ];
  });
}

function stateOf({ claims: { state } }: Claimed): CompanyState | undefined {
  return companyStates.find((known) => known === state);
}

function stepFault(previous: Previous, entry: Claimed, to: CompanyState): Fault[] {
  const from = Object.hasOwn(previous, entry.slug) ? previous[entry.slug]?.state : undefined;
  const wrong = from === undefined ? undefined : wrongStep(from, to);
  return wrong === undefined ? [] : [at(entry, ["state"], wrong)];
}

function peopleFault(entry: Claimed, state: CompanyState): Fault[] {
  if (entry.claims.people === undefined || state === "retired") return [];
  return [at(entry, ["people"], `nobody is deleted while the state is ${state}; allowed: with state: retired`)];
}

/** A live company's domains are those whose owner said so: https://auth0.com/docs/manage-users/organizations/configure-organizations/create-org-domains */
function unproven(claimNamespace: string, entry: Claimed): Fault[] {
  const { slug, claims } = entry;
  return Object.entries(claims.connections).flatMap(([name, { domains, proven }]) =>
    domains.flatMap((domain) => {
      if (typeof domain !== "string") return [];
      const { host, value } = proofOf({ claimNamespace, slug, domain });
      const found = Object.hasOwn(proven, domain) ? proven[domain] : undefined;
      if (found?.value === value) return [];
      const what = found === undefined ? "not proven" : "proven for something else";
      const command = `npm run customer prove ${plain(slug)}`;
      const message = `domain ${plain(domain)} is ${what}; allowed: state pilot until the TXT record ${host} says ${value} and "${command}" has written that here`;
      return [at(entry, ["connections", name, "proven"], message)];
    }),
  );
}
