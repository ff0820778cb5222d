import type { Hono } from "hono";
import { mountAuthorize } from "./authorize.ts";
import { mountDatabaseApi } from "./database-api.ts";
import type { LoginParts } from "./flow.ts";
import { mountLogout } from "./logout.ts";
import { mountMetadata } from "./metadata.ts";
import { mountPages } from "./pages/mount.ts";
import { mountReset } from "./pages/reset.ts";
import { mountVerification } from "./pages/verification.ts";
import { mountRevocation } from "./revocation.ts";
import { mountCallback } from "./upstream/callback.ts";
import { mountSamlMetadata } from "./upstream/saml/metadata.ts";
import { mountUserinfo } from "./userinfo.ts";

/** The Authentication API and the login pages, but for the token endpoint: https://auth0.com/docs/api/authentication */
export function mountAuthentication(app: Hono, parts: LoginParts): void {
  mountMetadata(app, parts.tenant);
  mountAuthorize(app, parts);
  mountPages(app, parts);
  mountReset(app, parts);
  mountVerification(app, parts.tenant);
  mountCallback(app, parts);
  mountSamlMetadata(app, parts);
  mountUserinfo(app, parts);
  mountLogout(app, parts);
  mountRevocation(app, parts);
  mountDatabaseApi(app, parts);
}
