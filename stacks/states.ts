/**
 * Where a company stands. `pilot`: its connection is there, but no address is routed to it and no domain is claimed, and nobody becomes
 * a member by a login: invited testers alone come in. `live`: its domains sign in through it and in no other way. `suspended`: neither its
 * members nor its machines get a token, nothing is deleted. `retired`: the same, and the entry may be removed in the next change.
 */
export const companyStates = ["pilot", "live", "suspended", "retired"] as const;
export type CompanyState = (typeof companyStates)[number];

/** Whether the company's people and machines may come in at all. */
export function isOpen(state: CompanyState): boolean {
  return state === "pilot" || state === "live";
}

/** Whether the company's domains are its own: routed to its connections, and nobody's to sign in at in another way. */
export function claims(state: CompanyState): boolean {
  return state !== "pilot";
}

/** From where a company may come to each state, in two `up`s one after the other. A company that is new may begin anywhere. */
const before: Readonly<Record<CompanyState, readonly CompanyState[]>> = {
  pilot: ["pilot", "suspended"],
  live: ["pilot", "live", "suspended", "retired"],
  suspended: ["pilot", "live", "suspended", "retired"],
  retired: ["pilot", "live", "suspended", "retired"],
};

/** Why a company may not go from one state to another at once, and which step comes first; undefined where it may. */
export function wrongStep(from: string, to: CompanyState): string | undefined {
  const allowed = before[to];
  if (!companyStates.some((state) => state === from) || allowed.some((state) => state === from)) return undefined;
  const first = allowed.filter((state) => state !== to);
  return `${to} straight after ${from} would open its domains to passwords while its people are signed in through it; allowed: ${to} after ${first.join(" or ")} in an earlier up`;
}
