import type { Step } from "../../../login/request.ts";
import type { Query } from "./asked.ts";
import type { Turn } from "./flow.ts";
import { identified } from "./identified.ts";
import { pageOf } from "./pages/paths.ts";
import { register } from "./registration.ts";

/** A page of a login on which a person may make an account. */
export type SignupStep = Extract<Step, { kind: "identify" | "password" }>;

export function offersSignup(step: Step): step is SignupStep {
  return (step.kind === "identify" || step.kind === "password") && step.signup;
}

/**
 * Makes an account and goes on as that person. Where the address would be routed makes no difference: routing is no guard
 * (https://auth0.com/docs/authenticate/login/auth0-universal-login/identifier-first), the Actions of pre-user-registration are.
 */
export async function signUp(turn: Turn, step: SignupStep, form: Query): Promise<Response> {
  const { login, parts, context, came } = turn;
  const { objects } = parts.tenant;
  const email = (form.email ?? "").trim();
  const id = step.kind === "password" ? step.connection : step.database;
  const connection = id === undefined ? undefined : objects.store.get("connections", id);
  const client = objects.store.get("clients", login.asked.client.id);
  if (!connection || !client) return again(turn, "This address cannot sign up here");
  const organization =
    step.organization === undefined ? undefined : objects.store.get("organizations", step.organization);
  const made = await register(parts, {
    connection,
    client,
    organization,
    email,
    password: form.password ?? "",
    came,
    signal: context.req.raw.signal,
  });
  if ("code" in made) return again(turn, made.says);
  // only now: a refused address must not lead on to where it would be routed, past what is told on the page
  login.known = { ...login.known, identifier: email };
  return identified(turn, { user: made, connection: connection.id, method: "pwd" });
}

function again({ login, context, key }: Turn, complaint: string): Response {
  login.complaint = complaint;
  return context.redirect(pageOf("signup", key), 302);
}
