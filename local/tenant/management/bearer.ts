import type { Stored } from "../store.ts";
import type { Signer } from "../tokens/signer.ts";
import { type Fault, Refusal } from "./faults.ts";
import { type Body, textAt } from "./json.ts";
import type { Objects } from "./objects.ts";
import type { Scopes } from "./scopes.ts";
import type { Tenant } from "./tables.ts";

const missingToken: Fault = { status: 401, message: "Missing authentication" };
const badHeader: Fault = { status: 400, message: "Bad HTTP authentication header format", code: "Bearer" };
const invalid: Fault = { status: 401, message: "Invalid token" };
/** https://auth0.com/docs/api/management/v2/organizations/get-organizations (401) */
const badSignature: Fault = { status: 401, message: "Invalid signature received for JSON Web Token validation" };
/** https://github.com/auth0/laravel-auth0/issues/455 */
const expired: Fault = { status: 401, message: "Expired token received for JSON Web Token validation" };

/**
 * What the request's token may do. With the switch `SCOPES` off every bearer token may do everything; with it on, only what this
 * tenant itself signed for its Management API counts. Throws a Refusal.
 */
export async function bearerOf(header: string | undefined, tenant: Tenant, signer: Signer): Promise<Scopes> {
  if (header === undefined || header === "") throw new Refusal(missingToken);
  const [scheme, token, ...more] = header.split(" ");
  if (scheme?.toLowerCase() !== "bearer" || token === undefined || more.length > 0) throw new Refusal(badHeader);
  if (token === "") throw new Refusal(invalid);
  if (tenant.switches.SCOPES === "off") return "all";
  // an opaque token is not one of these: https://community.auth0.com/t/management-api-return-401-unauthorized/11660
  if (token.split(".").length !== 3) throw new Refusal(badHeader);
  const claims = await claimsOf(token, signer);
  if (claims.iss !== `https://${tenant.domain}/`) throw new Refusal(invalid);
  const audiences = [claims.aud].flat().filter((audience) => typeof audience === "string");
  // https://github.com/auth0/node-auth0/issues/787
  if (!audiences.includes(textAt(managementApi(tenant.objects).body, "identifier") ?? ""))
    throw new Refusal({ status: 401, message: `Bad audience: ${audiences.join(",")}` });
  return new Set((textAt(claims, "scope") ?? "").split(" ").filter((scope) => scope !== ""));
}

async function claimsOf(token: string, signer: Signer): Promise<Body> {
  const read = await signer.read(token);
  if (read === "expired") throw new Refusal(expired);
  if (read === "forged") throw new Refusal(badSignature);
  if (read === "unreadable") throw new Refusal(invalid);
  return read;
}

/** The tenant's system API: a brand-new tenant begins with it, and it cannot be deleted. */
export function managementApi({ store }: Objects): Stored {
  const [api] = store.select({ family: "resource-servers", limit: 1 });
  if (api?.body.is_system !== true) throw new Error("the tenant has no Management API");
  return api;
}
