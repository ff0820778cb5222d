import { type Body, bodyAt, omit, textAt } from "../management/json.ts";
import type { Stored } from "../store.ts";
import type { Query } from "./asked.ts";

/** Kept from Actions since September 2025: https://auth0.com/docs/troubleshoot/product-lifecycle/deprecations-and-migrations */
const withheld = ["auth_session", "authn_response", "client_secret", "client_assertion", "refresh_token"];

/** The HTTP request that made Actions run. */
export interface Came {
  readonly method: "GET" | "POST";
  readonly query: Query;
  readonly body: Query;
  readonly userAgent: string | undefined;
  readonly language: string | undefined;
}

// What the events of several triggers have alike: https://auth0.com/docs/actions/reference/post-login/post-login-event-object

export function clientPart({ id, body }: Stored): Body {
  return { client_id: id, name: textAt(body, "name") ?? "", metadata: bodyAt(body, "client_metadata") };
}

export function connectionPart({ id, body }: Stored): Body {
  const [name = "", strategy = ""] = [textAt(body, "name"), textAt(body, "strategy")];
  return { id, name, strategy, metadata: bodyAt(body, "metadata") };
}

export function organizationPart({ id, body }: Stored): Body {
  const name = textAt(body, "name") ?? "";
  return { id, name, display_name: textAt(body, "display_name") ?? name, metadata: bodyAt(body, "metadata") };
}

/** @param domain the tenant's, with its port: what Actions reach it by */
export function requestPart(came: Came, domain: string): Body {
  return {
    body: withoutSecrets(came.body),
    geoip: {},
    hostname: domain,
    ip: "127.0.0.1",
    method: came.method,
    query: withoutSecrets(came.query),
    ...(came.language === undefined ? {} : { language: came.language }),
    ...(came.userAgent === undefined ? {} : { user_agent: came.userAgent }),
  };
}

export function tenantPart(domain: string): Body {
  return { id: domain.split(":")[0] ?? "" };
}

function withoutSecrets(given: Query): Body {
  return omit({ ...given }, withheld);
}
