import type { Step } from "../../../login/request.ts";
import { identityAt } from "../entities/identities-of.ts";
import { isPassword } from "../entities/passwords.ts";
import { textAt } from "../management/json.ts";
import { nextStep, proceed, type Turn } from "./flow.ts";
import { identified } from "./identified.ts";

/** An address and a password for one database, as the person typed them. */
export async function signIn(
  turn: Turn,
  step: Extract<Step, { kind: "password" }>,
  given: { username: string; password: string },
) {
  const { login, parts } = turn;
  const { objects } = parts.tenant;
  const connection = objects.store.get("connections", step.connection);
  const username = given.username.trim();
  login.known = { ...login.known, identifier: username };
  // who typed another address may belong somewhere else
  const now = nextStep(turn);
  if (now.kind !== "password" || now.connection !== step.connection || !connection) return proceed(turn);
  const found = identityAt(objects, textAt(connection.body, "name") ?? "", username);
  if (!isPassword(objects, found?.identity, given.password) || !found) {
    login.complaint = "Wrong email or password";
    return proceed(turn);
  }
  return identified(turn, { user: found.account, connection: connection.id, method: "pwd" });
}
