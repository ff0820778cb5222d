import { Hono, type MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { type Directory, type GuardOptions, guard } from "../kit/index.ts";

/**
 * The API behind the example apps: who asks is what the token says, judged by the kit's guard, and of whom the answer is too.
 * @param origins of the apps in the browser that may read its answers
 */
export function api(directory: Directory, origins: readonly string[]): Hono {
  const keys = createRemoteJWKSet(new URL(".well-known/jwks.json", directory.issuer));
  const verify = async (token: string) => (await jwtVerify(token, keys, { algorithms: ["RS256"] })).payload;
  const guarded = (options: Pick<GuardOptions, "api" | "admits">, permission: string): MiddlewareHandler => {
    const check = guard({ directory, verify, ...options });
    return async (context) => {
      const [, token = ""] = /^Bearer (\S+)$/.exec(context.req.header("Authorization") ?? "") ?? [];
      const answer = await check(token, permission);
      if (answer.allowed) return context.json({ of: directory.organizations[answer.organization ?? ""]?.slug ?? null });
      const { status, error, reason } = answer;
      return context.json({ error, reason }, status, { "WWW-Authenticate": `Bearer error="${error}"` });
    };
  };
  const customers = { orgTypes: ["customer"], orgRequires: {}, individuals: "allow" } as const;
  const withApiAccess = { orgTypes: ["customer"], orgRequires: { api_access: "on" }, individuals: "deny" } as const;
  const vendors = { orgTypes: ["vendor"], orgRequires: {}, individuals: "deny" } as const;
  const app = new Hono();
  app.use(cors({ origin: [...origins], allowHeaders: ["Authorization"], allowMethods: ["GET"] }));
  app.get("/bookings", guarded({ api: "service", admits: customers }, "read:bookings"));
  app.get("/api-keys", guarded({ api: "service", admits: withApiAccess }, "read:api-keys"));
  app.get("/offers", guarded({ api: "vendor", admits: vendors }, "read:offers"));
  return app;
}
