import type { Context, Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Signer } from "../tokens/signer.ts";
import { bearerOf } from "./bearer.ts";
import { badBody, type Fault, faultBody, Refusal } from "./faults.ts";
import type { Schema } from "./fields.ts";
import { record } from "./fields.ts";
import { type Body, isDeeperThan, type Json, wellFormed } from "./json.ts";
import { demandFields, visible } from "./scoped-fields.ts";
import { demandScopes } from "./scopes.ts";
import type { Answer, Route, Tenant } from "./tables.ts";
import { validate } from "./validation.ts";

/** Levels of objects and lists in a body. Auth0's own limit has no source; more would run the validator out of stack. */
const depthLimit = 100;

const noRoute: Fault = { status: 404, message: "Not Found" };

/** Puts the routes under /api/v2: authentication, then validation, then the handler inside one transaction. */
export function mountManagement(app: Hono, routes: readonly Route[], tenant: Tenant, signer: Signer): void {
  const bearer = (context: Context) => bearerOf(context.req.header("Authorization"), tenant, signer);
  for (const route of inMatchingOrder(routes)) {
    app.on(route.method, `/api/v2${route.path}`, async (context) => {
      const scopes = await bearer(context);
      demandScopes(route, scopes);
      const query = queryOf(context, route.query ?? {});
      const body = route.fields ? await bodyOf(context, route.fields) : {};
      const params = context.req.param();
      demandFields(route, scopes, body);
      const call = { tenant, scopes, method: route.method, params, query, body };
      const token = context.req.header("Authorization")?.split(" ")[1] ?? "";
      const prepared = (await route.prepare?.(call, { signer, token })) ?? {};
      const answer = tenant.objects.store.transaction(() => route.handle({ ...call, prepared }));
      return respond(
        context,
        answer.body === undefined ? answer : { ...answer, body: visible(route, scopes, answer.body) },
      );
    });
  }
  app.all("/api/v2/*", async (context) => {
    await bearer(context);
    throw new Refusal(noRoute);
  });
}

/** The answer to whatever a handler threw. An unexpected error is reported on stderr, never to the client. */
export function refuse(context: Context, thrown: Error): Response {
  if (thrown instanceof Refusal) return answerFault(context, thrown.fault);
  process.stderr.write(`${context.req.method} ${context.req.path} failed: ${thrown.message}\n`);
  return answerFault(context, { status: 500, message: "An internal server error occurred" });
}

export function refuseUnknown(context: Context): Response {
  return answerFault(context, noRoute);
}

function answerFault(context: Context, fault: Fault): Response {
  return context.json(
    { ...faultBody(fault), ...(fault.status === 401 ? { attributes: { error: fault.message } } : {}) },
    fault.status,
  );
}

function respond(context: Context, { status, body }: Answer): Response {
  if (body === undefined) return context.body(null, status);
  return context.json(body, status as ContentfulStatusCode);
}

/** A fixed part goes before a parameter in its place: /organizations/name/:name before /organizations/:id. */
function inMatchingOrder(routes: readonly Route[]): Route[] {
  const rank = (route: Route): string => route.path.replaceAll(/:\w+/g, "\uffff");
  return [...routes].sort((one, other) => (rank(one) < rank(other) ? -1 : rank(one) > rank(other) ? 1 : 0));
}

/** Reads the query as the types its schema names: an integer that is not one stays text and is refused. */
function queryOf(context: Context, properties: { readonly [name: string]: Schema }): { [name: string]: string } {
  const given = context.req.query();
  const typed: Body = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, typedAs(properties[name], value)]),
  );
  validate(typed, record(properties), "query");
  return given;
}

function typedAs(schema: Schema | undefined, value: string): Json {
  if (schema?.type === "integer" && /^-?\d+$/.test(value)) return Number(value);
  if (schema?.type === "boolean" && (value === "true" || value === "false")) return value === "true";
  return value;
}

async function bodyOf(context: Context, fields: Schema): Promise<Body> {
  const raw = await context.req.text();
  if (raw !== "" && !/^application\/(?:[\w.+-]+\+)?json\b/i.test(context.req.header("Content-Type") ?? "")) {
    throw new Refusal({ status: 415, message: "Unsupported Media Type" });
  }
  const given = raw === "" ? null : parsed(raw);
  if (isDeeperThan(depthLimit, given)) {
    throw badBody(`Payload validation error: 'Objects and lists nested more than ${depthLimit} deep'.`);
  }
  // only an escape can bring half a character
  const body = /\\ud[89a-f]/i.test(raw) ? wellFormed(given) : given;
  validate(body, fields, "body");
  // a list at the top is handed on under the name `items`, a text under `text`
  if (typeof body === "string") return { text: body };
  return Array.isArray(body) ? { items: body } : typeof body === "object" && body !== null ? body : {};
}

function parsed(raw: string): Json {
  try {
    return JSON.parse(raw);
  } catch {
    throw new Refusal({ status: 400, message: "Invalid request payload JSON format" });
  }
}
