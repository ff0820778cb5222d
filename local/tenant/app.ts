import { type Context, Hono } from "hono";
import { authorizationCode } from "./authentication/code-grant.ts";
import { Codes } from "./authentication/codes.ts";
import { mountCors } from "./authentication/cors.ts";
import type { LoginParts } from "./authentication/flow.ts";
import { LoginLog } from "./authentication/login-log.ts";
import { mountAuthentication } from "./authentication/mount.ts";
import { refreshToken } from "./authentication/refresh-grant.ts";
import { Logins } from "./authentication/underway.ts";
import type { Providers } from "./authentication/upstream/providers.ts";
import { recordsSchema, tellRecords, toldRecords } from "./entities/dns-records.ts";
import { mails } from "./entities/mail.ts";
import { isOwnOrigin } from "./gate.ts";
import { type Fault, faultBody } from "./management/faults.ts";
import { isBody, type Json } from "./management/json.ts";
import { mountManagement, refuse, refuseUnknown } from "./management/router.ts";
import type { Route } from "./management/tables.ts";
import { validate } from "./management/validation.ts";
import type { RequestLog } from "./request-log.ts";
import { dashboardToken } from "./tokens/dashboard.ts";
import { clientCredentials, mountTokenEndpoint, type TokenParts } from "./tokens/endpoint.ts";

/** What the endpoints are made of. */
export interface Parts extends TokenParts {
  readonly routes: readonly Route[];
  readonly log: RequestLog;
  readonly providers: Providers;
  /** Makes it a brand-new tenant. */
  reset(): void;
}

/** All endpoints of the tenant: the Management API, the token endpoint, and `/.local` for whoever runs it. */
export function tenantApp(parts: Parts): Hono {
  const { tenant, routes, runner, log } = parts;
  const logins: LoginParts = { ...parts, logins: new Logins(), codes: new Codes(), played: new LoginLog() };
  const app = new Hono();
  app.use("*", async (context, next) => {
    const time = new Date().toISOString();
    await next();
    const { method, path } = context.req;
    if (path.startsWith("/.local/")) return;
    const query = context.req.query();
    log.add(
      { time, method, path: new URL(context.req.url).pathname, query, status: context.res.status },
      jsonOf(await context.req.text()),
    );
  });
  app.use("/.local/*", async (context, next) => {
    const origin = context.req.header("Origin");
    if (origin === undefined ? !isForeignPart(context) : isOwnOrigin(origin)) return next();
    return context.json(faultBody(foreignPage), 403);
  });
  mountManagement(app, routes, tenant, parts.signer);
  mountCors(app, tenant);
  mountTokenEndpoint(app, parts, {
    client_credentials: clientCredentials(parts),
    authorization_code: authorizationCode(logins),
    refresh_token: refreshToken(logins),
  });
  mountAuthentication(app, logins);
  app.post("/.local/reset", (context) => {
    parts.reset();
    logins.logins.clear();
    logins.codes.clear();
    return context.body(null, 204);
  });
  app.post("/.local/token", async (context) =>
    context.json(await dashboardToken(tenant, parts.signer, context.req.query("scope"))),
  );
  app.get("/.local/dns", (context) => context.json(toldRecords(tenant.objects)));
  app.put("/.local/dns", async (context) => {
    const told = jsonOf(await context.req.text());
    validate(told, recordsSchema, "body");
    tellRecords(tenant.objects, Array.isArray(told) ? told.filter(isBody) : []);
    return context.body(null, 204);
  });
  app.get("/.local/mail", (context) => context.json(mails(tenant.objects)));
  const logs = { "/.local/requests": log, "/.local/actions": runner.log, "/.local/logins": logins.played };
  for (const [path, kept] of Object.entries(logs)) {
    app.get(path, (context) => {
      const after = Number(context.req.query("after") ?? 0);
      if (!Number.isSafeInteger(after)) return context.json({ error: "after must be a whole number" }, 400);
      return context.body(kept.since(after), 200, { "Content-Type": "application/json" });
    });
  }
  app.notFound(refuseUnknown);
  app.onError((thrown, context) => refuse(context, thrown));
  return app;
}

/** A browser says by Origin which site's page sends a request: none but this machine's may reset a tenant. */
const foreignPage: Fault = { status: 403, message: "Pages of other origins may not use /.local" };

/**
 * Whether another site's page takes it for a picture, a frame or a script of its own, of which a browser says no Origin: it could read
 * nothing, but have a board played at each visit. A link there may lead here. https://www.w3.org/TR/fetch-metadata/
 */
function isForeignPart({ req }: Context): boolean {
  return req.header("Sec-Fetch-Site") === "cross-site" && req.header("Sec-Fetch-Dest") !== "document";
}

/** The JSON that a request carried, or null where it carried none: forms and broken bodies are not kept. */
function jsonOf(raw: string): Json {
  if (!/^\s*[{[]/.test(raw)) return null;
  try {
    return JSON.parse(raw);
  } catch {
    return null;
  }
}
