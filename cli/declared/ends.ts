import type { ClaimedDomains } from "../../access/claimed-domains.ts";
import { decide, type PostLoginSettings } from "../../actions/post-login/decide.ts";
import { next } from "../../login/next.ts";
import { type PlainTenant, tenantOf } from "../../login/plain.ts";
import type { Admission, Known } from "../../login/request.ts";
import type { Decided } from "../../login/rules.ts";
import type { LoginSwitches } from "../../login/switches.ts";
import type { Tenant } from "../../login/tenant.ts";
import type { Declared } from "./declare.ts";
import { loginOf, type Visitor } from "./logins.ts";

/** A tenant as a program declares it, in which logins are worked out by the rules and the Action. */
export interface DeclaredWorld {
  readonly declared: readonly Declared[];
  readonly tenant: PlainTenant;
  readonly settings: PostLoginSettings;
  readonly claimed: ClaimedDomains;
  readonly answers: LoginSwitches;
}

/** The same, as the rules look things up in it. */
interface LookedUp extends DeclaredWorld {
  readonly lookups: Tenant;
}

/** Where a login ends; organizations by slug. */
export type End = (
  | { readonly kind: "in"; readonly organization?: string; readonly secondFactor: boolean }
  /** By the Action: a code and a sentence. */
  | { readonly kind: "refused"; readonly organization?: string; readonly code: string; readonly sentence: string }
  | { readonly kind: "error"; readonly error: string; readonly description: string }
  | { readonly kind: "no company found" }
  | { readonly kind: "no password" }
) & { readonly trace: readonly Decided[] };

/** All that one person can end at in one app, whatever they choose where they are given a choice. */
export function endsOf(world: DeclaredWorld, app: string, visitor: Visitor): readonly End[] {
  return endsIn({ ...world, lookups: tenantOf(world.tenant) }, app, visitor, {});
}

function endsIn(world: LookedUp, app: string, visitor: Visitor, known: Known): readonly End[] {
  const { step, trace } = next(world.lookups, { client: app }, known, world.answers);
  const go = (more: Known) => endsIn(world, app, visitor, { ...known, ...more });
  switch (step.kind) {
    case "name-organization":
      if (step.notFound) return [{ kind: "no company found", trace }];
      if (visitor.memberships.length === 0) return go({ named: visitor.email });
      return visitor.memberships.flatMap((slug) => go({ named: slug }));
    case "identify":
      return go({ identifier: visitor.email });
    case "password":
      if (`${visitor.connection}-id` !== step.connection) return [{ kind: "no password", trace }];
      return go({ identity: { user: visitor.id, connection: step.connection } });
    case "federate":
      return go({ identity: { user: visitor.id, connection: step.connection } });
    case "pick":
      return [
        ...step.organizations.flatMap((organization) => go({ picked: { organization } })),
        ...(step.personal ? go({ picked: "personal" }) : []),
      ];
    case "actions":
      return [{ ...byAction(world, app, visitor, step), trace }];
    case "error":
      return [{ kind: "error", error: step.error, description: step.description, trace }];
    default:
      throw new Error(`${app} cannot be asked for ${step.kind}`);
  }
}

function byAction(
  { declared, tenant, settings, claimed }: DeclaredWorld,
  app: string,
  visitor: Visitor,
  step: Admission,
) {
  const slug = step.organization?.replace(/-id$/, "");
  const at = slug === undefined ? {} : { organization: slug };
  const connection = tenant.connections.find(({ id }) => id === step.connection);
  const login = loginOf(declared, app, { ...visitor, verified: connection?.kind === "database" }, step);
  const decision = decide(login, settings, claimed);
  if (!("refusal" in decision)) return { kind: "in" as const, ...at, secondFactor: decision.secondFactor !== "none" };
  const [code = "", ...sentence] = decision.refusal.split(": ");
  return { kind: "refused" as const, ...at, code, sentence: sentence.join(": ") };
}
