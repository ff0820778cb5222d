import type { Json } from "../../../../local/tenant/management/json.ts";
import { isBody, textAt } from "../../../../local/tenant/management/json.ts";
import { theme } from "../../../clients/sdk/theme.ts";
import type { TestTenant } from "./tenant.ts";
import { pem } from "./values.ts";

/** Collections whose items go by ids of another collection, or by names that are always there. */
const alias: { readonly [segment: string]: string } = {
  ...{ enabled_connections: "connections", members: "users", versions: "deploy", jobs: "verification-email" },
  ...{ "user-blocks": "users", auth0: "users" },
};
const names: { readonly [segment: string]: readonly string[] } = {
  triggers: ["credentials-exchange", "post-login", "nothing"],
  prompts: ["login", "reset-password", "nothing"],
  "custom-text": ["en", "xx"],
  "email-templates": ["verify_email", "reset_email", "nothing"],
  factors: ["sms", "otp", "nothing"],
  name: ["acme", "acme.example.com", "nothing"],
  screen: ["login", "reset-password-request", "nothing"],
};

/** The field that holds the id, where it is not `id`: what a grant is of, and an invitation for, is told as well. */
const idField: { readonly [segment: string]: string } = {
  ...{ "custom-domains": "custom_domain_id", clients: "client_id", users: "user_id", themes: "themeId" },
  tokens: "token_id",
};

/** What exists in the tenant at the moment, by the last fixed part of its path. */
export class Living {
  readonly #ids = new Map<string, string[]>();

  /** The text with each `living:…` mark replaced by an id; "nothing" where nothing of the kind is alive. */
  filled(text: string, pick: number, encode: (id: string) => string): string {
    return text.replaceAll(/living:([\w-]+)/g, (_, segment: string) => {
      const known = names[segment] ?? this.#ids.get(alias[segment] ?? segment) ?? [];
      return encode(known[pick % Math.max(known.length, 1)] ?? "nothing");
    });
  }

  /** Takes notice of what a successful answer made or removed; `as` names what stands for more than its collection. */
  notice(method: string, path: string, answer: Json, as?: string): void {
    const parts = path.split("?")[0]?.split("/").slice(3) ?? [];
    const last = decodeURIComponent(parts.at(-1) ?? "");
    if (method === "DELETE") for (const ids of this.#ids.values()) remove(ids, last);
    if (method !== "POST" || !isBody(answer)) return;
    const id = textAt(answer, idField[last] ?? "id");
    if (as !== undefined && id !== undefined) this.#ids.set(as, [id]);
    const ids = this.#ids.get(last) ?? [];
    // the youngest few are enough, and keep the marks from pointing at what is long gone
    if (id !== undefined) this.#ids.set(last, [...ids, id].slice(-8));
  }

  has(segment: string): boolean {
    return (this.#ids.get(segment)?.length ?? 0) > 0;
  }
}

function remove(ids: string[], id: string): void {
  const at = ids.indexOf(id);
  if (at >= 0) ids.splice(at, 1);
}

const twilio = { sid: "AC1", default_from: "+15550100", delivery_methods: ["text"] };
const certificateless = { options: { client_id: "x", issuer: "https://idp.example.com" } };

/** What there must be one of for most operations to have something to act on. */
const basics: readonly (readonly [path: string, body: Json, as?: string])[] = [
  ["/resource-servers", { identifier: "https://api.example.com", name: "API", scopes: [{ value: "read:it" }] }],
  [
    "/clients",
    {
      ...{ name: "App", app_type: "regular_web", organization_usage: "allow" },
      initiate_login_uri: "https://app.example.com/login",
    },
  ],
  ["/connections", { name: "sso", strategy: "oidc", ...certificateless }],
  ["/connections", { name: "people", strategy: "auth0" }],
  ["/connections", { name: "provisioned", strategy: "okta", ...certificateless }, "provisioned"],
  ["/organizations", { name: "acme", display_name: "Acme" }],
  ["/roles", { name: "owner" }],
  ["/users", { connection: "Username-Password-Authentication", email: "a@example.com", password: "Long-enough-1" }],
  [
    "/client-grants",
    {
      ...{ client_id: "living:clients", audience: "https://api.example.com", scope: ["read:it"] },
      organization_usage: "allow",
    },
  ],
  [
    "/actions/actions",
    {
      name: "a",
      supported_triggers: [{ id: "post-login", version: "v3" }],
      code: "exports.onExecutePostLogin = () => {};",
    },
  ],
  ["/actions/actions/living:actions/deploy", {}],
  ["/branding/themes", theme],
  ["/branding/phone/providers", { name: "twilio", credentials: { auth_token: "x" }, configuration: twilio }],
  ["/branding/phone/templates", { type: "otp_verify" }],
  ["/connections/living:provisioned/scim-configuration", {}],
  ["/connections/living:provisioned/scim-configuration/tokens", {}],
  ["/clients/living:clients/credentials", { credential_type: "public_key", pem }],
  ["/jobs/verification-email", { user_id: "living:users" }],
  ["/custom-domains", { domain: "login.example.com", type: "auth0_managed_certs" }],
  [
    "/log-streams",
    {
      name: "l",
      type: "http",
      sink: {
        httpEndpoint: "https://log.example.com",
        httpContentType: "application/json",
        httpContentFormat: "JSONLINES",
      },
    },
  ],
  ["/organizations/living:organizations/enabled_connections", { connection_id: "living:connections" }],
  ["/organizations/living:organizations/members", { members: ["living:users"] }],
  ["/organizations/living:organizations/members/living:users/roles", { roles: ["living:roles"] }],
  ["/organizations/living:organizations/client-grants", { grant_id: "living:client-grants" }],
  ["/organizations/living:organizations/discovery-domains", { domain: "acme.example.com", status: "verified" }],
  ["/organizations/living:organizations/clients", { clients: [{ client_id: "living:clients" }] }],
  [
    "/organizations/living:organizations/invitations",
    { client_id: "living:clients", inviter: { name: "Ann" }, invitee: { email: "b@example.com" } },
  ],
];

/** Makes what is missing of the basics; conflicts with what is still there do not matter. */
export async function replenish(living: Living, tenant: TestTenant): Promise<void> {
  for (const [path, body, as] of basics) {
    const segment = path.split("/").at(-1) ?? "";
    // links are made again each time: what they link may be younger than they are
    if (living.has(segment) && !path.includes("living:") && segment !== "connections") continue;
    const target = `/api/v2${living.filled(path, 0, encodeURIComponent)}`;
    const { status, json } = await tenant.send({
      method: "POST",
      target,
      headers: { Authorization: "Bearer any", "Content-Type": "application/json" },
      body: living.filled(JSON.stringify(body), 0, String),
    });
    if (status < 300) living.notice("POST", target, json, as);
  }
}
