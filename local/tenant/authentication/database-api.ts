import type { Context, Hono } from "hono";
import { textAt } from "../management/json.ts";
import type { Stored } from "../store.ts";
import type { TokenParts } from "../tokens/endpoint.ts";
import { type Parameters, parametersOf } from "../tokens/parameters.ts";
import { cameWith } from "./authorize.ts";
import { type NotRegistered, register } from "./registration.ts";
import { mailReset } from "./reset.ts";

const wrong = (context: Context, code: string, description: string, name = "BadRequestError") =>
  context.json({ name, code, description, statusCode: 400 }, 400);

/** Sign-up and password reset without a page: https://auth0.com/docs/api/authentication#signup */
export function mountDatabaseApi(app: Hono, parts: TokenParts): void {
  app.post("/dbconnections/signup", async (context) => {
    const given = await parametersOf(context);
    const place = placeOf(parts, given);
    if (typeof place === "string") return wrong(context, "invalid_signup", place);
    const { client, connection } = place;
    if (Object(connection.body.options).disable_signup === true)
      return wrong(context, "invalid_signup", "Invalid sign up");
    const email = given.email ?? "";
    const came = cameWith(context, {});
    const made = await register(parts, {
      client,
      connection,
      email,
      password: given.password ?? "",
      came,
      signal: context.req.raw.signal,
    });
    if ("code" in made) return notRegistered(context, made);
    const [, _id = ""] = made.id.split("|");
    return context.json({ _id, email_verified: false, email: textAt(made.body, "email") ?? "" });
  });
  app.post("/dbconnections/change_password", async (context) => {
    const given = await parametersOf(context);
    const place = placeOf(parts, given);
    if (typeof place === "string") return context.json({ error: place }, 400);
    if (!given.email) return context.json({ error: "email is required" }, 400);
    mailReset(parts.tenant, { connection: place.connection, email: given.email, client: place.client.id });
    return context.text("We've just sent you an email to reset your password.");
  });
}

/** The app and the database that a request names, the database enabled for the app; else what is wrong. */
function placeOf(
  { tenant: { objects } }: TokenParts,
  { client_id, connection }: Parameters,
): { client: Stored; connection: Stored } | string {
  const client = client_id ? objects.store.get("clients", client_id) : undefined;
  if (!client) return "client_id is required";
  const found = connection ? objects.store.owner("connections", "name", connection) : undefined;
  const enabled = found && objects.store.get("connection-clients", client.id, found.id);
  if (found?.body.strategy !== "auth0" || !enabled) return "connection is not enabled for the client";
  return { client, connection: found };
}

/** A person who is there already is not told apart: https://auth0.com/docs/authenticate/database-connections/signup#error-messages */
function notRegistered(context: Context, { code, says }: NotRegistered) {
  if (code === "invalid_password") return wrong(context, "invalid_password", says, "PasswordStrengthError");
  if (code === "signup_refused") return wrong(context, "extensibility_error", says, "Error");
  return wrong(context, "invalid_signup", "Invalid sign up");
}
