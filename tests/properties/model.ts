import { next } from "../../login/next.ts";
import { tenantOf } from "../../login/plain.ts";
import type { Admission, Known, Request, Step } from "../../login/request.ts";
import type { GeneratedTenant } from "./generated.ts";
import { PASSWORD } from "./installed.ts";
import type { Visit } from "./visits.ts";

/** A generated tenant as the login rules see it, while people join organizations and use up invitations. */
export class Model {
  readonly given: GeneratedTenant;
  #memberships: GeneratedTenant["plain"]["memberships"];
  #invitations: GeneratedTenant["plain"]["invitations"];

  constructor(given: GeneratedTenant) {
    this.given = given;
    this.#memberships = given.plain.memberships;
    this.#invitations = given.plain.invitations;
  }

  next(request: Request, known: Known): Step {
    const { plain, switches } = this.given;
    const now = { ...plain, memberships: this.#memberships, invitations: this.#invitations };
    return next(tenantOf(now), request, known, switches).step;
  }

  /** What a login does before the Actions run. */
  settle({ user, joins, invitation }: Admission): void {
    this.spend(invitation);
    const known = this.#memberships.some((one) => one.organization === joins && one.user === user);
    if (joins !== undefined && !known) this.#memberships = [...this.#memberships, { organization: joins, user }];
  }

  /** An invitation that is there no more, accepted or not. */
  spend(invitation: string | undefined): void {
    this.#invitations = this.#invitations.filter(({ ticket }) => ticket !== invitation);
  }
}

export function requestOf(visit: Visit): Request {
  const { client, organization, connection, prompt, loginHint, maxAge, invitation } = visit;
  return {
    client,
    ...(organization ? { organization } : {}),
    ...(connection ? { connection } : {}),
    ...(prompt ? { prompt } : {}),
    ...(loginHint ? { loginHint } : {}),
    ...(maxAge === undefined ? {} : { maxAge }),
    ...(invitation ? { invitation } : {}),
  };
}

/** What a person does at a page: what the form holds, and what is known from then on. */
export interface Answer {
  readonly form: Readonly<Record<string, string>>;
  readonly known: Known;
}

/** The answer of a visit at a page; undefined where there is none. */
export function answerAt(
  { plain, homes }: GeneratedTenant,
  visit: Visit,
  step: Step,
  known: Known,
): Answer | undefined {
  const chosen = (all: readonly string[]) => all[visit.choice % all.length] ?? "";
  const email = plain.users.find(({ id }) => id === visit.as)?.email ?? "";
  switch (step.kind) {
    case "name-organization":
      return visit.named === "personal"
        ? { form: { action: "personal" }, known: { ...known, named: "personal" } }
        : { form: { organizationName: visit.named }, known: { ...known, named: visit.named } };
    case "select-organization": {
      const organization = chosen(step.organizations);
      return { form: { organization }, known: { ...known, selected: organization } };
    }
    case "identify": {
      const connection = chosen(step.buttons);
      if (visit.presses && connection !== "") return { form: { connection }, known: { ...known, pressed: connection } };
      return { form: { username: email }, known: { ...known, identifier: email } };
    }
    case "password": {
      const username = step.identifier ?? email;
      const account = plain.users.find((one) => one.email === username && homes[one.id] === step.connection);
      const password = visit.rightPassword ? PASSWORD : "Wrong-Word-1";
      const identity = account && visit.rightPassword ? { user: account.id, connection: step.connection } : undefined;
      const typed = { ...known, identifier: username };
      return {
        form: { username, password, action: "default" },
        known: identity ? { ...typed, identity } : typed,
      };
    }
    case "pick": {
      if (visit.personal && step.personal)
        return { form: { action: "personal" }, known: { ...known, picked: "personal" } };
      const organization = chosen(step.organizations);
      return { form: { organization }, known: { ...known, picked: { organization } } };
    }
    default:
      return undefined;
  }
}
