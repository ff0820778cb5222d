import type { Context, Hono, Next } from "hono";
import { cors } from "hono/cors";
import { textsAt } from "../management/json.ts";
import type { Tenant } from "../management/tables.ts";
import type { Stored } from "../store.ts";
import { parametersOf } from "../tokens/parameters.ts";
import { isAllowed } from "./redirects.ts";

/** Where an app in the browser sends requests to from its own site, with its client id in them. */
const ofOneClient = ["/oauth/token", "/oauth/revoke", "/dbconnections/*"];

/** The same without a client id. */
const ofAnyClient = ["/userinfo", "/.well-known/openid-configuration", "/.well-known/jwks.json"];

/**
 * Lets pages of an app's own site read what the tenant answers: https://auth0.com/docs/get-started/applications/set-up-cors. No answer
 * comes with leave to send cookies along. Nobody knows before a request whose it will be: https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
export function mountCors(app: Hono, tenant: Tenant): void {
  const ofAny = (origin: string) => clientsOf(tenant).some((client) => isAppsOrigin(client, origin));
  for (const path of ofOneClient) {
    app.use(
      path,
      allowing(async (origin, context) => {
        if (context.req.method === "OPTIONS") return ofAny(origin);
        const client = await clientOf(tenant, context);
        return client !== undefined && isAppsOrigin(client, origin);
      }),
    );
    app.use(path, (context, next) => guarded(tenant, context, next));
  }
  for (const path of ofAnyClient)
    app.use(
      path,
      allowing(async (origin) => ofAny(origin)),
    );
}

function allowing(isAllowedHere: (origin: string, context: Context) => Promise<boolean>) {
  return cors({
    allowMethods: ["GET", "POST"],
    origin: async (origin, context) => (origin !== "" && (await isAllowedHere(origin, context)) ? origin : undefined),
  });
}

/** A page of another site gets nothing done in a client's name: a code that it got hold of stays as good as it was. */
async function guarded(tenant: Tenant, context: Context, next: Next): Promise<Response | undefined> {
  const origin = context.req.header("Origin");
  if (origin !== undefined && origin !== `https://${tenant.domain}`) {
    const client = await clientOf(tenant, context);
    if (client && !isAppsOrigin(client, origin))
      return context.json({ error: "access_denied", error_description: "Unauthorized" }, 401);
  }
  await next();
  return undefined;
}

async function clientOf({ objects }: Tenant, context: Context): Promise<Stored | undefined> {
  const { client_id = "" } = await parametersOf(context);
  return objects.store.get("clients", client_id);
}

function clientsOf({ objects }: Tenant): readonly Stored[] {
  return objects.store.select({ family: "clients" });
}

/**
 * The origins of all callbacks, and what is allowed beside; paths and queries do not count. `web_origins` are for messages between pages:
 * https://auth0.com/docs/get-started/applications/application-settings
 */
function isAppsOrigin({ body }: Stored, origin: string): boolean {
  const written = [...textsAt(body, "callbacks"), ...textsAt(body, "allowed_origins")];
  const origins = written.flatMap((one) => /^https?:\/\/[^/?#]+/i.exec(one) ?? []);
  return isAllowed(origin, origins);
}
