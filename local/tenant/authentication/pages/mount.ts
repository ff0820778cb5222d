import type { Context, Hono } from "hono";
import type { Step } from "../../../../login/request.ts";
import { textAt } from "../../management/json.ts";
import type { Query } from "../asked.ts";
import { turnOf } from "../authorize.ts";
import { agree, described, openConsent } from "../consent.ts";
import { accessOf, type LoginParts, nextStep, partiesOf, proceed, refused, type Turn } from "../flow.ts";
import { AppRefusal, PageRefusal } from "../refusals.ts";
import { answerChallenge, answerEnrollment, enrollmentOf } from "../second-factor.ts";
import { signIn } from "../sign-in.ts";
import { offersSignup, signUp } from "../sign-up.ts";
import { errorPage } from "./error.ts";
import { brandOf, type Page, page } from "./layout.ts";
import {
  identifierPage,
  organizationPage,
  passwordPage,
  pickerPage,
  type Shown,
  selectionPage,
  signupPage,
} from "./login.ts";
import { type PageKind, paths } from "./paths.ts";
import { challengePage, consentPage, enrollmentPage } from "./second-factor.ts";

/** How one page is shown, and what its form does. Undefined where the login is somewhere else by now. */
interface Screen {
  show(turn: Turn, step: Step, shown: Shown): Page | undefined;
  answer(turn: Turn, step: Step, form: Query): Promise<Response> | undefined;
}

/** Every page of a login. */
const screens: { readonly [kind in Exclude<PageKind, "reset">]: Screen } = {
  identify: {
    show: (_, step, shown) => (step.kind === "identify" ? identifierPage(step, shown) : undefined),
    answer: (turn, step, form) => (step.kind === "identify" ? identify(turn, step, form) : undefined),
  },
  password: {
    show: (_, step, shown) => (step.kind === "password" ? passwordPage(step, shown) : undefined),
    answer: (turn, step, form) => (step.kind === "password" ? password(turn, step, form) : undefined),
  },
  signup: {
    show: (_, step, shown) => (offersSignup(step) ? signupPage(shown) : undefined),
    answer: (turn, step, form) => (offersSignup(step) ? signUp(turn, step, form) : undefined),
  },
  "name-organization": {
    show: (_, step, shown) => (step.kind === "name-organization" ? organizationPage(step, shown) : undefined),
    answer: (turn, step, form) =>
      step.kind === "name-organization"
        ? know(turn, { named: form.action === "personal" ? "personal" : (form.organizationName ?? "").trim() })
        : undefined,
  },
  "select-organization": {
    show: (_, step, shown) => (step.kind === "select-organization" ? selectionPage(step, shown) : undefined),
    answer: (turn, step, form) =>
      step.kind === "select-organization" && step.organizations.includes(form.organization ?? "")
        ? know(turn, { selected: form.organization ?? "" })
        : undefined,
  },
  pick: {
    show: (_, step, shown) => (step.kind === "pick" ? pickerPage(step, shown) : undefined),
    answer: (turn, step, form) => {
      if (step.kind !== "pick") return undefined;
      if (form.action === "personal") return step.personal ? know(turn, { picked: "personal" }) : undefined;
      const { organization = "" } = form;
      return step.organizations.includes(organization) ? know(turn, { picked: { organization } }) : undefined;
    },
  },
  challenge: {
    show: ({ login }, _, shown) => (login.waiting?.enroll === false ? challengePage(shown) : undefined),
    answer: (turn, step, form) =>
      turn.login.waiting?.enroll === false ? answerChallenge(turn, step, form.code ?? "") : undefined,
  },
  enroll: {
    // who has a factor is asked for it: a stolen password must not add another
    show: (turn, step, shown) =>
      turn.login.waiting?.enroll ? enrollmentPage(shown, enrollmentOf(turn, step)) : undefined,
    answer: (turn, step, form) =>
      turn.login.waiting?.enroll ? answerEnrollment(turn, step, form.code ?? "") : undefined,
  },
  consent: {
    show: (turn, step, shown) => {
      if (step.kind !== "admitted") return undefined;
      const consent = consentOf(turn, step);
      return consentPage(shown, described(consent.access, openConsent(turn.parts.tenant.objects, consent)));
    },
    answer: (turn, step, form) => (step.kind === "admitted" ? consented(turn, step, form) : undefined),
  },
};

/** Serves the pages; each goes on where the login is, whatever page a person asks for. */
export function mountPages(app: Hono, parts: LoginParts): void {
  for (const [kind, screen] of Object.entries(screens)) {
    const path = paths[kind as keyof typeof screens];
    app.get(path, (context) =>
      atPage(parts, context, { key: context.req.query("state") }, (turn, step) => {
        const found = screen.show(turn, step, shownOf(turn));
        if (!found) return undefined;
        delete turn.login.complaint;
        return page(context, brandFor(turn, step), found);
      }),
    );
    app.post(path, async (context) => {
      const form = await formOf(context);
      return atPage(parts, context, { key: form.state, form }, (turn, step) => screen.answer(turn, step, form));
    });
  }
  app.get("/u/login", (context) => atPage(parts, context, { key: context.req.query("state") }, () => undefined));
}

export async function formOf({ req }: Context): Promise<Query> {
  return Object.fromEntries(new URLSearchParams(await req.text()));
}

/** Answers at a page of a login; without an answer of the page's own the login goes on. Whatever refuses it is told to whom it is for. */
export async function atPage(
  parts: LoginParts,
  context: Context,
  { key, form = {} }: { readonly key: string | undefined; readonly form?: Query },
  answer: (turn: Turn, step: Step) => Response | Promise<Response> | undefined,
): Promise<Response> {
  try {
    const turn = turnOf(parts, context, key, form);
    try {
      return await (answer(turn, nextStep(turn)) ?? proceed(turn));
    } catch (thrown) {
      if (!(thrown instanceof AppRefusal)) throw thrown;
      return await refused(turn, thrown);
    }
  } catch (thrown) {
    if (!(thrown instanceof PageRefusal)) throw thrown;
    return errorPage(context, parts.tenant, thrown);
  }
}

function know(turn: Turn, known: Partial<Turn["login"]["known"]>): Promise<Response> {
  turn.login.known = { ...turn.login.known, ...known };
  return proceed(turn);
}

function identify(turn: Turn, step: Extract<Step, { kind: "identify" }>, form: Query): Promise<Response> {
  if (form.connection !== undefined) return know(turn, { pressed: form.connection });
  const identifier = (form.username ?? "").trim();
  if (identifier === "") turn.login.complaint = "Enter your email address";
  else if (step.database === undefined) turn.login.complaint = "Nobody signs in here with that address";
  return identifier === "" ? proceed(turn) : know(turn, { identifier });
}

function password(turn: Turn, step: Extract<Step, { kind: "password" }>, form: Query): Promise<Response> {
  if (form.action !== "edit")
    return signIn(turn, step, { username: form.username ?? "", password: form.password ?? "" });
  const { pressed: _, ...rest } = turn.login.known;
  turn.login.known = { ...rest, identifier: "" };
  return proceed(turn);
}

function consentOf(turn: Turn, step: Extract<Step, { kind: "admitted" }>) {
  const { client } = partiesOf(turn, step);
  const { redirectUri } = turn.login.asked.replyTo;
  return { user: step.user, client, redirectUri, access: accessOf(turn, step) };
}

function consented(turn: Turn, step: Extract<Step, { kind: "admitted" }>, { action }: Query): Promise<Response> {
  if (action !== "accept") return refused(turn, new AppRefusal("access_denied", "User did not authorize the request"));
  const { objects } = turn.parts.tenant;
  objects.store.transaction(() => agree(objects, consentOf(turn, step)));
  turn.login.consented = true;
  return proceed(turn);
}

export function shownOf({ parts, key, login }: Turn): Shown {
  const { store } = parts.tenant.objects;
  const nameOf = (id: string): string => {
    const body = (store.get("organizations", id) ?? store.get("connections", id))?.body ?? {};
    return textAt(body, "display_name") ?? textAt(body, "name") ?? id;
  };
  const { organization } = login.asked.login;
  return {
    key,
    complaint: login.complaint,
    identifier: login.known.identifier,
    app: textAt(login.asked.client.body, "name") ?? "",
    organization: organization === undefined ? undefined : nameOf(organization),
    nameOf,
  };
}

/** An organization's login looks like the organization's. */
function brandFor({ parts }: Turn, step: Step) {
  const { objects } = parts.tenant;
  const id = "organization" in step ? step.organization : undefined;
  return brandOf(objects, id === undefined ? undefined : objects.store.get("organizations", id));
}
