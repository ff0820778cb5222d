import type { Known, Step } from "../../login/request.ts";
import type { Wire } from "../unit/tenant/authentication/raw.ts";
import { authorizePath, pathOf, type Seen, Visitor } from "./browser.ts";
import { answerAt, type Model, requestOf } from "./model.ts";
import type { Visit } from "./visits.ts";

/** One visit as it was played, and where the rules and the tenant disagreed. */
export interface Played {
  readonly visitor: Visitor;
  /** What the browser saw last. */
  readonly seen: Seen;
  /** The last state of a page, where there was one. */
  readonly state: string | undefined;
  readonly disagreement: string | undefined;
}

/** Plays a visit to its end, and after each answer looks whether the rules say the same. */
export async function play(wire: Wire, model: Model, visit: Visit, place: number): Promise<Played> {
  const { homes, plain } = model.given;
  const request = requestOf(visit);
  const visitor = new Visitor(wire, visit, place);
  const { session } = visit;
  let known: Known = session
    ? { session: { user: session.user, connection: homes[session.user] ?? "", age: session.age } }
    : {};
  let seen = await visitor.open(authorizePath(visit));
  let state: string | undefined;
  const answered = new Set<string>();
  const end = (disagreement?: string): Played => ({ visitor, seen, state, disagreement });
  for (;;) {
    let step = model.next(request, known);
    if (step.kind === "actions") {
      model.settle(step);
      // what Actions say is theirs: the rules hear of it
      const actions = "told" in seen && seen.told === "access_denied" ? { denied: seen.says } : {};
      known = { ...known, actions, ...(step.invitation === undefined ? {} : { accepted: true as const }) };
      continue;
    }
    if (step.kind === "error") model.spend(step.spends);
    if ("page" in seen) state = seen.state;
    if (step.kind === "admitted" && "page" in seen && seen.page === "consent") {
      seen = await visitor.send(pathOf("consent"), { state: seen.state, action: "accept" });
    }
    const thirdParty = plain.clients.find(({ id }) => id === visit.client)?.firstParty === false;
    if (!agree(step, seen, thirdParty))
      return end(`the rules say ${JSON.stringify(step)}, the tenant ${JSON.stringify(seen)}`);
    if (!("page" in seen) || answered.has(step.kind)) return end();
    answered.add(step.kind);
    const answer = answerAt(model.given, visit, step, known);
    if (!answer) return end();
    const { page } = seen;
    const typed = { ...known, ...answer.known };
    // an address that was typed with the password may lead somewhere else
    const elsewhere = step.kind === "password" && leadsElsewhere(model, visit, step, typed);
    known = elsewhere ? withoutIdentity(typed) : typed;
    seen = await visitor.send(pathOf(page), { state: seen.state, ...answer.form });
    step = model.next(request, known);
  }
}

function leadsElsewhere(
  model: Model,
  visit: Visit,
  before: Extract<Step, { kind: "password" }>,
  typed: Known,
): boolean {
  const now = model.next(requestOf(visit), withoutIdentity(typed));
  return now.kind !== "password" || now.connection !== before.connection;
}

function withoutIdentity({ identity: _, ...known }: Known): Known {
  return known;
}

function agree(step: Step, seen: Seen, thirdParty: boolean): boolean {
  switch (step.kind) {
    case "error":
      return "told" in seen && seen.told === step.error && seen.says === step.description;
    case "federate":
      // none of the companies' providers is on this machine
      return "told" in seen && seen.told === "server_error" && /cannot be reached|not served here/.test(seen.says);
    case "admitted":
      return "code" in seen || (thirdParty && "told" in seen && seen.told === "consent_required");
    default:
      return "page" in seen && seen.page === step.kind;
  }
}
