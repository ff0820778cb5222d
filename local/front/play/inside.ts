import type { Transport } from "../../player/browser.ts";
import { overTls } from "../../player/over-tls.ts";
import type { OpenTenant } from "../../tenant/open.ts";

/** Takes requests for the tenant's own address straight to a tenant in this process; all others go to the identity providers. */
export function inside({ app, tenant, providers }: OpenTenant): Transport {
  const outside = overTls(providers.ca);
  return async (url, { method, headers, body }) => {
    if (url.host !== tenant.domain) return outside(url, { method, headers, body });
    const answer = await app.request(url.href, { method, headers, ...(method === "POST" ? { body } : {}) });
    return {
      status: answer.status,
      location: answer.headers.get("location") ?? undefined,
      cookies: answer.headers.getSetCookie(),
      html: await answer.text(),
    };
  };
}
