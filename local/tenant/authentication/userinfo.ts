import type { Context, Hono } from "hono";
import { textAt } from "../management/json.ts";
import type { TokenParts } from "../tokens/endpoint.ts";
import { profileClaims } from "./profile-claims.ts";

/** Who an access token is about: https://auth0.com/docs/api/authentication/user-profile/get-user-info. Claims that Actions set are not here. */
export function mountUserinfo(app: Hono, { tenant, signer }: TokenParts): void {
  app.on(["GET", "POST"], "/userinfo", async (context) => {
    const [, token] = /^Bearer +([\w.~+/=-]+)$/i.exec(context.req.header("Authorization") ?? "") ?? [];
    if (token === undefined) return unauthorized(context);
    const read = (await signer.readOpaque(token)) ?? (await signer.read(token));
    if (typeof read === "string") return unauthorized(context);
    const scopes = (textAt(read, "scope") ?? "").split(" ");
    const audiences = Array.isArray(read.aud) ? read.aud : [read.aud];
    const user = tenant.objects.store.get("users", textAt(read, "sub") ?? "");
    if (!audiences.includes(`https://${tenant.domain}/userinfo`) || !scopes.includes("openid") || !user)
      return unauthorized(context);
    return context.json({ sub: user.id, ...profileClaims(user.body, scopes) }, 200, { "Cache-Control": "no-store" });
  });
}

function unauthorized(context: Context) {
  return context.text("Unauthorized", 401, { "WWW-Authenticate": 'Bearer realm="Users", error="invalid_token"' });
}
